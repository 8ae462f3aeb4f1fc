import { z } from "zod";

const emailSchema = z.email().max(254);

/** The address in the form in which accounts keep it, or null when it is none. */
export function normaliseEmail(input: string): string | null {
  const parsed = emailSchema.safeParse(input.trim().toLowerCase());
  return parsed.success ? parsed.data : null;
}
