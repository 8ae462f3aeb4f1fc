import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { MODEL_KINDS, MODEL_SETTINGS, readModels } from "../../../app/server/models-env.server.ts";
import { createProviders } from "../../../app/server/providers.server.ts";

const page = readFileSync("docs/real-models.md", "utf8");

/** Assignments of each shell block, with a key where the page leaves a gap. */
const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)]
  .map(([, text]) =>
    Object.fromEntries(
      [...(text as string).matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name, value]) => [
        name as string,
        value === "..." ? "key-0123456789" : (value as string),
      ]),
    ),
  )
  .filter((variables) => Object.keys(variables).length > 0);

describe("the page on real models", () => {
  test("has a configuration to copy for every kind", () => {
    const kinds = blocks.flatMap((block) => readModels(block).models.map((model) => model.kind));
    expect(new Set(kinds)).toEqual(new Set(MODEL_KINDS));
  });

  test.each(blocks.map((block) => [Object.keys(block)[0], block] as const))(
    "what starts with %s is accepted as it stands",
    (_, block) => {
      const config = readModels(block);
      const names = Object.keys(block).filter((name) => /^MODEL_.*_KIND$/.test(name));
      expect(config.models).toHaveLength(names.length);
      expect(createProviders(config).infos.size).toBe(names.length);
    },
  );

  test("explains every setting, and none that does not exist", () => {
    const table = page.slice(page.indexOf("## All settings"), page.indexOf("## Where calls may go"));
    const explained = [...table.matchAll(/^\| (`_[^|]*) \|/gm)].flatMap(([, cell]) =>
      [...(cell as string).matchAll(/`_([A-Z_]+)`/g)].map(([, name]) => name as string),
    );
    expect(explained.sort()).toEqual([...MODEL_SETTINGS, "KIND"].sort());
  });
});
