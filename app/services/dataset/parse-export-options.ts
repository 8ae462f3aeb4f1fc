import type { z } from "zod";
import { RequestError } from "../../domain/errors.ts";
import {
  type ExportOptions,
  type ExportOptionsInput,
  exportOptionsSchema,
} from "../../domain/export-options.ts";

/** The options with what was left out. Throws INVALID_INPUT with what to mend by field (`formats`, `info.title`, …). */
export function parseExportOptions(given: ExportOptionsInput): ExportOptions {
  const parsed = exportOptionsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[fieldOf(issue)] ??= explain(issue);
  throw new RequestError("INVALID_INPUT", Object.values(fields)[0] ?? "Check the options.", fields);
}

function fieldOf({ path }: z.core.$ZodIssue): string {
  // Of a list, the list itself is marked.
  return path.filter((part) => typeof part === "string").join(".");
}

const MESSAGES: Record<string, string> = {
  profile: "Choose whom the export is made for.",
  formats: "Choose at least one format.",
  tables: "Choose at least one table.",
  "splits.testUnseen": "A share is a number from 0 to 1.",
  "splits.testSeen": "A share is a number from 0 to 1.",
};

function explain(issue: z.core.$ZodIssue): string {
  return MESSAGES[fieldOf(issue)] ?? issue.message;
}
