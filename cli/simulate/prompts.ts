import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../../db/store.ts";

const FALLBACK = [
  "An ancient Egyptian temple with hieroglyphs",
  "A white cat sleeping on a red sofa",
  "A lighthouse in a storm at night",
  "A steam train crossing a stone bridge",
  "A small wooden boat on a misty lake",
];

const schema = z.array(z.string().trim().min(1)).min(1);

/** The demo prompts of this installation, or a short built-in list where they are missing. */
export function loadPrompts(file = join(projectRoot(), "fixtures/prompts/demo.json")): readonly string[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return FALLBACK;
    throw error;
  }
  return schema.parse(JSON.parse(text));
}
