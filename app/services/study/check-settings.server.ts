import type { z } from "zod";
import { RequestError } from "../../domain/errors.ts";
import { settingsProblems } from "../../domain/settings-problems.ts";
import { type StudySettings, studySettingsSchema } from "../../domain/study-settings.ts";
import { cleanText } from "../../domain/text.ts";
import type { ServiceContext } from "../context.ts";

/**
 * Settings that this server can run. Throws INVALID_INPUT with a message per field, keyed by its path such as
 * "arms.0.label".
 */
export function checkSettings(ctx: ServiceContext, input: unknown): StudySettings {
  const parsed = studySettingsSchema.safeParse(input, { error: explain });
  if (!parsed.success) {
    const fields: Record<string, string> = {};
    for (const issue of parsed.error.issues) fields[issue.path.join(".")] ??= issue.message;
    throw invalid(fields);
  }
  const settings = {
    ...parsed.data,
    welcomeText: cleanText(parsed.data.welcomeText),
    arms: parsed.data.arms.map((arm) => ({ ...arm, label: cleanText(arm.label) })),
  };
  const wrong = unknownAgents(ctx, settings);
  for (const { path, message } of settingsProblems(settings)) wrong[path.join(".")] ??= message;
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
  return settings;
}

/** Agents and models that the settings name and this server does not have. */
function unknownAgents(ctx: ServiceContext, settings: StudySettings): Record<string, string> {
  const fields: Record<string, string> = {};
  settings.arms.forEach(({ agent }, index) => {
    const direct = agent.selector === null;
    const parts = [
      ["generator", "generator", direct ? ctx.directSlates : ctx.generators, agent.generator] as const,
      ["selector", "selector", ctx.selectors, agent.selector] as const,
      ["t2iModel", "text-to-image model", ctx.t2iModels, agent.t2iModel] as const,
    ];
    for (const [part, name, registry, id] of parts) {
      if (id === null || registry.has(id)) continue;
      const known = [...registry.keys()].join(", ");
      fields[`arms.${index}.agent.${part}`] =
        direct && ctx.generators.has(id)
          ? `“${id}” cannot write the columns itself. Choose a selector${known && `, or ${known}`}.`
          : `This server has no ${name} “${id}”. It has: ${known || "none"}.`;
    }
  });
  return fields;
}

function invalid(fields: Record<string, string>): RequestError {
  const n = Object.keys(fields).length;
  return new RequestError(
    "INVALID_INPUT",
    n === 1 ? "One setting needs your attention." : `${n} settings need your attention.`,
    fields,
  );
}

/** Says in plain words what Zod found, where the schema has no message of its own. */
function explain(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "too_small":
      return issue.origin === "string" ? "Fill this in." : `Use ${issue.minimum} or more.`;
    case "too_big":
      if (isMoney(issue)) return `Use ${Number(issue.maximum) / 100} or less.`;
      return issue.origin === "string"
        ? `Use at most ${issue.maximum} characters.`
        : `Use ${issue.maximum} or less.`;
    case "invalid_type":
      if (isMoney(issue)) return "Type an amount, such as 4.50.";
      if (String(issue.path?.at(-1)).endsWith("AtMs"))
        return "Give a date and a time, such as 2026-11-24T14:05.";
      return issue.expected === "number" || issue.expected === "int"
        ? "Type a whole number."
        : "Fill this in.";
    case "unrecognized_keys":
      return `There is no setting named ${issue.keys.join(", ")}.`;
    default:
      return "This value is not possible here.";
  }
}

/** Amounts are typed in units and stored in cents. */
function isMoney(issue: z.core.$ZodRawIssue): boolean {
  return String(issue.path?.at(-1)).endsWith("Cents");
}
