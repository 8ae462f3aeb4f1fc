import { z } from "zod";
import { PAGE_ROWS_MAX } from "../../../../services/dataset/keyset.ts";

/** Parts that several endpoints share. A schema with an id is one component of the OpenAPI document. */

export const instant = z.number().int().meta({ description: "UTC milliseconds." });

export const pageQuery = z.strictObject({
  cursor: z
    .string()
    .max(200)
    .optional()
    .meta({ description: "`nextCursor` of the page before; left out for the first page." }),
  limit: z.coerce
    .number("Use a number.")
    .int()
    .min(1, "Use 1 or more.")
    .max(PAGE_ROWS_MAX, `Use at most ${PAGE_ROWS_MAX}.`)
    .default(50)
    .meta({ description: "Rows of a page." }),
});

/** One page of rows, e.g. `pageOf("StudyPage", study)`. */
export function pageOf<Row extends z.ZodType>(id: string, row: Row) {
  return z
    .object({
      data: z.array(row),
      nextCursor: z.string().nullable().meta({ description: "Null on the last page." }),
    })
    .meta({ id });
}
