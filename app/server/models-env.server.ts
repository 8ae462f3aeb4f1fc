import { z } from "zod";
import { StartupError } from "../../db/errors.ts";
import { STRUCTURED_OUTPUTS } from "../agents/openai-compatible/index.ts";
import { type PrivateHosts, parsePrivateHosts } from "../outbound/address.ts";
import { IMAGE_FORMATS } from "../t2i/openai-images/index.ts";
import { withSecretFiles } from "./secret-files.ts";

/**
 * Remote models are configured by variables MODEL_<NAME>_<SETTING>; MODEL_<NAME>_KIND names the protocol. <NAME> in
 * lower case, with hyphens, is the id by which arms name the model. docs/real-models.md has them all.
 */

const optionalText = z.string().optional();
const number = (what: string, min: number, max: number) =>
  z.coerce.number(`must be ${what}.`).min(min, `must be ${what}.`).max(max, `must be ${what}.`);
const whole = (what: string, min: number, max: number) =>
  z.coerce
    .number(`must be ${what}.`)
    .int(`must be ${what}.`)
    .min(min, `must be ${what}.`)
    .max(max, `must be ${what}.`);
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `must be ${values.slice(0, -1).join(", ")} or ${values.at(-1)}.`);

const address = z
  .url({ protocol: /^https?$/, error: "must be an address such as https://models.example.org/v1." })
  .refine((url) => new URL(url).username === "", "must not hold a password: set KEY instead.")
  .refine((url) => !/[?#]/.test(url), "must be an address without ? and #.")
  .transform((url) => new URL(url));
/** What may stand in a header. */
const key = z.string().regex(/^[\x21-\x7e]+$/, "has characters that cannot be part of a key.");
const price = number("a price such as 0.04", 0, 1_000_000).optional();
const list = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean));

const common = (defaults: { concurrency: number; timeoutSeconds: number }) => ({
  CONCURRENCY: whole("a whole number, 1…256", 1, 256).default(defaults.concurrency),
  REQUESTS_PER_MINUTE: whole("a whole number, 1…100000", 1, 100_000).optional(),
  TIMEOUT_SECONDS: number("a number of seconds, 1…900", 1, 900).default(defaults.timeoutSeconds),
  PRICE_PER_CALL: price,
});
const language = {
  ...common({ concurrency: 4, timeoutSeconds: 60 }),
  MODEL: z.string(),
  TOP_P: number("a number above 0, at most 1", 0.01, 1).default(0.95),
  TEMPERATURE: number("a number, 0…2", 0, 2).optional(),
  MAX_OUTPUT_TOKENS: whole("a whole number, 256…1000000", 256, 1_000_000).default(16_384),
  PRICE_PER_MILLION_INPUT_TOKENS: price,
  PRICE_PER_MILLION_OUTPUT_TOKENS: price,
};
const images = (max: number) => whole("a whole number, 0…100", 0, 100).default(max);
const t2i = { SIZE_PX: whole("a whole number of pixels, 256…2048", 256, 2048).optional() };
const GOOGLE = new URL("https://generativelanguage.googleapis.com");

const KINDS = {
  gemini: z.strictObject({
    ...language,
    KEY: key,
    URL: address.default(GOOGLE),
    IMAGES: images(20),
    THINKING_BUDGET: whole("a whole number of tokens, or -1", -1, 1_000_000).optional(),
  }),
  "openai-compatible": z.strictObject({
    ...language,
    KEY: key.optional(),
    URL: address,
    IMAGES: images(0),
    STRUCTURED_OUTPUT: oneOf(STRUCTURED_OUTPUTS).default("json_schema"),
  }),
  "http-value": z.strictObject({
    ...common({ concurrency: 8, timeoutSeconds: 10 }),
    KEY: key.optional(),
    URL: address,
    MODEL: optionalText,
    BATCH_SIZE: whole("a whole number, 1…1000", 1, 1000).optional(),
    FALLBACK: oneOf(["none", "random", "attribute-value"]).default("none"),
  }),
  "openai-images": z.strictObject({
    ...common({ concurrency: 4, timeoutSeconds: 120 }),
    ...t2i,
    KEY: key.optional(),
    URL: address,
    MODEL: optionalText,
    STEPS: whole("a whole number, 1…500", 1, 500).optional(),
    GUIDANCE: number("a number, 0…100", 0, 100).optional(),
    NEGATIVE_PROMPT: optionalText,
    SEND_SEED: oneOf(["0", "1"]).default("1"),
    RESPONSE_FORMAT: oneOf(IMAGE_FORMATS).default("b64_json"),
    IMAGE_HOSTS: list.default([]),
    PRICE_PER_MILLION_INPUT_TOKENS: price,
    PRICE_PER_MILLION_OUTPUT_TOKENS: price,
  }),
  sdwebui: z.strictObject({
    ...common({ concurrency: 1, timeoutSeconds: 120 }),
    ...t2i,
    KEY: key.refine((text) => text.includes(":"), "must be user:password, as in --api-auth.").optional(),
    URL: address,
    MODEL: optionalText,
    STEPS: whole("a whole number, 1…500", 1, 500).default(30),
    GUIDANCE: number("a number, 0…100", 0, 100).default(7),
    SAMPLER: optionalText,
    SCHEDULER: optionalText,
    NEGATIVE_PROMPT: z.string().default(""),
  }),
  "gemini-image": z.strictObject({
    ...common({ concurrency: 4, timeoutSeconds: 120 }),
    KEY: key,
    URL: address.default(GOOGLE),
    MODEL: z.string(),
    PRICE_PER_MILLION_INPUT_TOKENS: price,
    PRICE_PER_MILLION_OUTPUT_TOKENS: price,
  }),
} as const;

export type ModelKind = keyof typeof KINDS;
export const MODEL_KINDS = Object.keys(KINDS) as ModelKind[];

/** One configured service; `settings` are named like the variables. */
export type ModelConfig = {
  [K in ModelKind]: { kind: K; id: string; variables: string; settings: z.infer<(typeof KINDS)[K]> };
}[ModelKind];

export interface ModelsConfig {
  models: ModelConfig[];
  privateHosts: PrivateHosts;
}

/** Ids of what is built in, and the word that the settings page uses for "no selector". */
const TAKEN = new Set(["lexicon", "random", "attribute-value", "sketch", "swatch", "direct-slate"]);
/** Without the name: "URL", "KEY" … */
export const MODEL_SETTINGS: readonly string[] = [
  ...new Set(MODEL_KINDS.flatMap((kind) => Object.keys(KINDS[kind].shape))),
  "KEY_FILE",
];

/** Reads the configured models. Throws {@link StartupError} with one line that names the variable which is wrong. */
export function readModels(environment: NodeJS.ProcessEnv): ModelsConfig {
  const names = Object.keys(environment)
    .filter((variable) => environment[variable])
    .flatMap((variable) => /^MODEL_(.+)_KIND$/.exec(variable)?.[1] ?? [])
    .sort();
  const source = withSecretFiles(
    environment,
    names.map((name) => `MODEL_${name}_KEY`),
  );
  const byName = new Map(names.map((name) => [name, {} as Record<string, string>]));
  for (const [variable, value] of Object.entries(source)) {
    if (value && variable.startsWith("MODEL_")) sortIn(variable, value, byName);
  }
  return {
    models: [...byName].map(([name, given]) => readModel(name, given)),
    privateHosts: readPrivateHosts(source.OUTBOUND_PRIVATE_HOSTS ?? ""),
  };
}

/** Gives MODEL_A_B_URL to the model A_B, or else to A, whose setting B_URL is then refused. */
function sortIn(variable: string, value: string, byName: Map<string, Record<string, string>>): void {
  const rest = variable.slice("MODEL_".length);
  const name = [...byName.keys()]
    .filter((one) => rest.startsWith(`${one}_`))
    .sort((a, b) => b.length - a.length)[0];
  const settings = name === undefined ? undefined : byName.get(name);
  if (name !== undefined && settings) {
    settings[rest.slice(name.length + 1)] = value;
    return;
  }
  const known = MODEL_SETTINGS.find((setting) => rest.endsWith(`_${setting}`));
  // Other programs have variables that begin like ours.
  if (!known) return;
  const missing = `MODEL_${rest.slice(0, -known.length - 1)}_KIND`;
  throw new StartupError(
    `${variable} is set, but ${missing} is not. Set it to one of ${MODEL_KINDS.join(", ")}.`,
  );
}

function readModel(name: string, given: Record<string, string>): ModelConfig {
  const variables = `MODEL_${name}`;
  const fail = (setting: string, problem: string) => new StartupError(`${variables}_${setting} ${problem}`);
  const { KIND, KEY_FILE: _, ...settings } = given;
  const id = name.toLowerCase().replaceAll("_", "-");
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || id.length > 40) {
    throw fail("KIND", "must have a name of capitals, digits and single underscores, at most 40.");
  }
  if (TAKEN.has(id)) throw fail("KIND", `uses the name of the embedded “${id}”. Choose another name.`);
  const kind = MODEL_KINDS.find((one) => one === KIND);
  if (!kind) throw fail("KIND", `must be one of ${MODEL_KINDS.join(", ")}.`);
  const parsed = KINDS[kind].safeParse(settings);
  if (parsed.success) return { kind, id, variables, settings: parsed.data } as ModelConfig;
  const [issue] = parsed.error.issues;
  if (issue?.code === "unrecognized_keys") {
    const known = ["KIND", ...Object.keys(KINDS[kind].shape)].join(", ");
    throw fail(issue.keys[0] ?? "", `is no setting of ${kind}. It has: ${known}.`);
  }
  const setting = String(issue?.path[0] ?? "KIND");
  throw fail(setting, setting in settings ? (issue?.message ?? "is not valid.") : "is missing.");
}

function readPrivateHosts(text: string): PrivateHosts {
  try {
    return parsePrivateHosts(text.split(/[\s,]+/).filter(Boolean));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new StartupError(
      "OUTBOUND_PRIVATE_HOSTS must list hosts, addresses or networks such as gpu.lan, 10.0.0.5 or 10.0.0.0/8.",
    );
  }
}
