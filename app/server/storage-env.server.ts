import { join } from "node:path";
import { z } from "zod";
import { StartupError } from "../../db/errors.ts";
import type { S3Config, StorageConfig } from "../storage/config.ts";

const empty = (value: unknown) => (value === "" ? undefined : value);
const text = z.preprocess(empty, z.string().optional());
const address = (name: string) =>
  z.preprocess(
    empty,
    z
      .url({ protocol: /^https?$/, error: `${name} must be an address such as https://s3.example.org.` })
      .refine((url) => new URL(url).pathname === "/", `${name} must be an address without a path.`)
      .transform((url) => new URL(url).origin)
      .optional(),
  );
const flag = (name: string) => z.preprocess(empty, z.enum(["0", "1"], `${name} must be 0 or 1.`).optional());

const PRESIGNED = "S3_PRESIGNED must be 0, or how many seconds a link is valid: 60…604800.";

/** Variables of the object store, for the schema of the environment. */
export const storageVariables = {
  OBJECT_STORE: z.preprocess(empty, z.enum(["local", "s3"], "OBJECT_STORE must be local or s3.").optional()),
  S3_BUCKET: z.preprocess(
    empty,
    z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        "S3_BUCKET must be the name of a bucket: 3…63 of a-z, 0-9, . and -.",
      )
      .optional(),
  ),
  S3_REGION: z.preprocess(
    empty,
    z
      .string()
      .regex(/^[a-z0-9-]+$/, "S3_REGION must be the name of a region, such as eu-central-1.")
      .default("us-east-1"),
  ),
  S3_ENDPOINT: address("S3_ENDPOINT"),
  S3_PUBLIC_ENDPOINT: address("S3_PUBLIC_ENDPOINT"),
  S3_ACCESS_KEY_ID: text,
  S3_SECRET_ACCESS_KEY: text,
  S3_SESSION_TOKEN: text,
  S3_PREFIX: z.preprocess(
    empty,
    z
      .string()
      .regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*\/?$/, "S3_PREFIX must be a path such as turnwise/images.")
      .default(""),
  ),
  S3_FORCE_PATH_STYLE: flag("S3_FORCE_PATH_STYLE"),
  S3_PRESIGNED: z.preprocess(
    empty,
    z.coerce
      .number(PRESIGNED)
      .int(PRESIGNED)
      .max(604_800, PRESIGNED)
      .refine((seconds) => seconds === 0 || seconds >= 60, PRESIGNED)
      .default(0),
  ),
};

const variables = z.object(storageVariables);
export type StorageVariables = z.infer<typeof variables>;

/** Throws {@link StartupError} naming the variable that is missing or does not go with another. */
export function readStorageConfig(
  e: StorageVariables,
  { dataDir, baseUrl }: { dataDir: string; baseUrl: string },
): StorageConfig {
  const s3 = e.S3_BUCKET === undefined ? null : readS3(e, e.S3_BUCKET, baseUrl);
  if (e.OBJECT_STORE === "s3" && !s3) throw new StartupError("OBJECT_STORE=s3 needs S3_BUCKET.");
  return {
    // Whoever names a bucket means to use it.
    kind: e.OBJECT_STORE ?? (s3 ? "s3" : "local"),
    local: { folder: join(dataDir, "objects") },
    s3,
  };
}

/** The S3 settings alone, from variables of these names; null when no bucket is named. Throws {@link StartupError}. */
export function readS3Config(source: Record<string, string | undefined>): S3Config | null {
  const parsed = variables.safeParse(source);
  if (!parsed.success) throw new StartupError(parsed.error.issues[0]?.message ?? "S3_BUCKET is not valid.");
  return parsed.data.S3_BUCKET === undefined ? null : readS3(parsed.data, parsed.data.S3_BUCKET, "");
}

function readS3(e: StorageVariables, bucket: string, baseUrl: string): S3Config {
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = e;
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    const missing = accessKeyId === undefined ? "S3_ACCESS_KEY_ID" : "S3_SECRET_ACCESS_KEY";
    throw new StartupError(
      `${missing} is missing: set both halves of the key, or neither to use the machine's role.`,
    );
  }
  const shown = e.S3_PUBLIC_ENDPOINT ?? e.S3_ENDPOINT;
  if (e.S3_PRESIGNED > 0 && baseUrl.startsWith("https:") && shown?.startsWith("http:")) {
    throw new StartupError(
      "S3_PRESIGNED needs an address with https that browsers can reach: set S3_PUBLIC_ENDPOINT. Pages with https show no images over http.",
    );
  }
  return {
    bucket,
    region: e.S3_REGION,
    endpoint: e.S3_ENDPOINT ?? null,
    publicEndpoint: e.S3_PUBLIC_ENDPOINT ?? null,
    credentials:
      accessKeyId !== undefined && secretAccessKey !== undefined
        ? {
            accessKeyId,
            secretAccessKey,
            ...(e.S3_SESSION_TOKEN !== undefined && { sessionToken: e.S3_SESSION_TOKEN }),
          }
        : null,
    prefix: e.S3_PREFIX && `${e.S3_PREFIX.replace(/\/$/, "")}/`,
    // Names of buckets are host names at AWS only, unless the operator says so.
    forcePathStyle:
      e.S3_FORCE_PATH_STYLE === undefined ? e.S3_ENDPOINT !== undefined : e.S3_FORCE_PATH_STYLE === "1",
    presignedSeconds: e.S3_PRESIGNED,
  };
}
