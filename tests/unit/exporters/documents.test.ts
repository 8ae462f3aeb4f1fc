/** The documents of a bundle against what their readers demand: published schemas where there are any. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { beforeAll, describe, expect, it } from "vitest";
import { type BundleOptions, writeBundle } from "../../../exporters/index.ts";
import { dictionaryText } from "../../../exporters/metadata/dictionary.ts";
import { LICENCE_IDS } from "../../../exporters/metadata/licences.ts";
import { allTables } from "../../../exporters/tables/index.ts";
import { isFlat } from "../../../exporters/tables/table.ts";
import { makeTempDir } from "../../support/temp.ts";
import { arraySource, completeTrajectory, HOSTILE_TEXTS } from "./sample.ts";

type Json = Record<string, unknown>;
const root = join(import.meta.dirname, "../../..");

async function makeBundle(overrides: Partial<BundleOptions> = {}, name?: string): Promise<string> {
  const outDir = join(makeTempDir("documents"), "out");
  const trajectories = HOSTILE_TEXTS.map((text, i) => {
    const trajectory = completeTrajectory(`trj_${i}`);
    trajectory.initialPrompt = text;
    if (i % 4 === 1) Object.assign(trajectory, { status: "expired", completedAtMs: null, turns: [] });
    return trajectory;
  });
  await writeBundle(arraySource(trajectories, name), {
    studyId: "std_1",
    profile: "internal",
    include: "all",
    images: null,
    releaseKey: new Uint8Array(32).fill(1),
    splits: { key: "k", testUnseen: 0.1, testSeen: 0.1 },
    info: { licence: "CC-BY-4.0" },
    startedBeforeMs: Number.MAX_SAFE_INTEGER,
    builtAtMs: Date.UTC(2026, 5, 1),
    softwareVersion: "0.0.0",
    outDir,
    ...overrides,
  });
  return outDir;
}

let bundle = "";
beforeAll(async () => {
  bundle = await makeBundle();
});
const read = (name: string, folder = bundle) => readFileSync(join(folder, name), "utf8");
const json = (name: string, folder = bundle) => JSON.parse(read(name, folder)) as Json;
const manifestFiles = () => json("manifest.json").files as { name: string; bytes: number; sha256: string }[];

describe("trajectories.schema.json", () => {
  it("is a strict JSON Schema 2020-12 that every line obeys, and no line with a missing or a new key", () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
      json("trajectories.schema.json"),
    );
    const lines = read("trajectories.jsonl").trimEnd().split("\n");
    expect(lines).toHaveLength(HOSTILE_TEXTS.length);
    for (const line of lines) expect(validate(JSON.parse(line)), JSON.stringify(validate.errors)).toBe(true);
    const [first] = lines.map((line) => JSON.parse(line) as Json);
    const { split: _, ...without } = first as Json;
    expect(validate(without)).toBe(false);
    expect(validate({ ...first, extra: 1 })).toBe(false);
    expect(validate({ ...first, initial_prompt: null })).toBe(false);
    expect(validate({ ...first, status: "unknown" })).toBe(false);
  });
});

describe("datapackage.json", () => {
  it("obeys the published profile of Data Package 2.0", () => {
    const ajv = new Ajv({ strict: false, logger: false, allErrors: true });
    formats.default(ajv);
    const published = JSON.parse(
      readFileSync(join(root, "fixtures/schemas/datapackage-2.0.json"), "utf8"),
    ) as Json;
    const validate = ajv.compile(published);
    expect(validate(json("datapackage.json")), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...json("datapackage.json"), resources: [] })).toBe(false);
  });

  it("names every table with its size, hash, columns and keys, and keys that exist", () => {
    const resources = json("datapackage.json").resources as {
      name: string;
      path: string;
      bytes: number;
      hash: string;
      schema?: {
        fields: { name: string }[];
        primaryKey: string[];
        foreignKeys?: { fields: string[]; reference: { resource: string; fields: string[] } }[];
      };
    }[];
    for (const { path, bytes, hash } of resources) {
      const file = manifestFiles().find((one) => one.name === path);
      expect([bytes, hash]).toEqual([file?.bytes, `sha256:${file?.sha256}`]);
    }
    const csv = resources.filter((r) => r.schema);
    expect(csv.map((r) => r.path)).toEqual(
      manifestFiles()
        .map((f) => f.name)
        .filter((n) => n.endsWith(".csv")),
    );
    for (const { path, schema } of csv) {
      const header = read(path).split("\r\n")[0]?.split(",");
      expect(schema?.fields.map((f) => f.name)).toEqual(header);
      for (const key of schema?.primaryKey ?? []) expect(header).toContain(key);
      for (const { fields, reference } of schema?.foreignKeys ?? []) {
        expect(header).toContain(fields[0]);
        const other = csv.find((r) => r.name === reference.resource);
        expect(other?.schema?.fields.map((f) => f.name)).toContain(reference.fields[0]);
      }
    }
  });
});

describe("croissant.json", () => {
  it("has every property that Croissant 1.1 requires", () => {
    const document = json("croissant.json");
    const requiredKeys = [
      "@context",
      "@type",
      "description",
      "license",
      "name",
      "url",
      "creator",
      "datePublished",
    ];
    for (const key of requiredKeys) expect(document[key], key).toBeTruthy();
    expect(document["@type"]).toBe("sc:Dataset");
    expect(document.conformsTo).toBe("http://mlcommons.org/croissant/1.1");
    expect((document["@context"] as Json)["@vocab"]).toBe("https://schema.org/");
  });

  it("describes every Parquet file with its hash, and a field for every column", () => {
    const document = json("croissant.json") as {
      distribution: { "@id": string; sha256: string; contentUrl: string; encodingFormat: string }[];
      recordSet: { "@id": string; field: Field[] }[];
    };
    const parquet = manifestFiles().filter((file) => file.name.endsWith(".parquet"));
    expect(document.distribution.map((d) => [d["@id"], d.sha256])).toEqual(
      parquet.map((f) => [f.name, f.sha256]),
    );
    interface Field {
      "@id": string;
      subField?: Field[];
      dataType?: string;
      source?: { fileObject: { "@id": string } };
      references?: { field: { "@id": string } };
    }
    const all = (fields: Field[]): Field[] => fields.flatMap((f) => [f, ...all(f.subField ?? [])]);
    const fields = all(document.recordSet.flatMap((set) => set.field));
    const ids = fields.map((f) => f["@id"]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { table } of allTables().filter(({ formats: f }) => f.includes("parquet")))
      for (const column of table.columns) expect(ids).toContain(`${table.name}/${column.name}`);
    for (const field of fields) {
      if (!field.subField) expect(field.dataType, field["@id"]).toMatch(/^(sc|cr):/);
      if (field.source) expect(parquet.map((f) => f.name)).toContain(field.source.fileObject["@id"]);
      if (field.references) expect(ids).toContain(field.references.field["@id"]);
    }
  });
});

describe("dataset-metadata.json", () => {
  const kaggle = (folder = bundle) =>
    json("dataset-metadata.json", folder) as {
      id: string;
      title: string;
      subtitle: string;
      licenses: { name: string }[];
      resources: { path: string; schema?: { fields: { name: string; type: string }[] } }[];
    };

  it("passes the checks of Kaggle: lengths, one licence, every resource there, all columns in order", () => {
    const { id, title, subtitle, licenses, resources } = kaggle();
    expect(id.split("/")[1]).toMatch(/^[a-z0-9-]{6,50}$/);
    expect(title.length).toBeGreaterThanOrEqual(6);
    expect(title.length).toBeLessThanOrEqual(50);
    expect(subtitle.length).toBeGreaterThanOrEqual(20);
    expect(subtitle.length).toBeLessThanOrEqual(80);
    expect(licenses).toEqual([{ name: "CC-BY-4.0" }]);
    expect(new Set(resources.map((r) => r.path)).size).toBe(resources.length);
    for (const { path, schema } of resources) {
      expect(existsSync(join(bundle, path)), path).toBe(true);
      if (schema) expect(schema.fields.map((f) => f.name)).toEqual(read(path).split("\r\n")[0]?.split(","));
    }
  });

  it.each(["A", "  ", "漢字漢字漢字", "x".repeat(80), "Ünïcödé – “Study” №1 🐈"])(
    "has a title and a slug that fit for the study %j",
    async (name) => {
      const { id, title } = kaggle(await makeBundle({ tables: ["raters"] }, name));
      expect(id.split("/")[1]).toMatch(/^[a-z0-9][a-z0-9-]{4,48}[a-z0-9]$/);
      expect([...title].length).toBeGreaterThanOrEqual(6);
      expect([...title].length).toBeLessThanOrEqual(50);
    },
  );

  it.each([
    [{ title: "x" }, "title"],
    [{ slug: "UPPER" }, "slug"],
    [{ subtitle: "short" }, "subtitle"],
    [{ version: "1" }, "version"],
    [{ url: "javascript:alert(1)" }, "address"],
    [{ owner: "a/b" }, "owner"],
    [{ creators: [] }, "creator"],
  ])("refuses %j before anything is written", async (info, word) => {
    await expect(makeBundle({ info })).rejects.toThrow(word);
  });

  it.each(LICENCE_IDS)("knows the licence %s in every document", async (licence) => {
    const folder = await makeBundle({ tables: ["raters"], info: { licence } });
    expect(kaggle(folder).licenses).toHaveLength(1);
    expect(read("LICENSE", folder)).toContain(licence === "other" ? "No licence" : licence);
    expect(read("README.md", folder)).toMatch(new RegExp(`^license: ${licence.toLowerCase()}$`, "m"));
  });
});

describe("README.md", () => {
  it("lists Parquet only in its configs, trajectories first and by default", () => {
    const [, front = ""] = read("README.md").split("---\n");
    const files = [...front.matchAll(/data_files: (.+)/g)].map((m) => m[1]);
    expect(files).toEqual(
      manifestFiles()
        .map((f) => f.name)
        .filter((n) => n.endsWith(".parquet")),
    );
    expect(front).toMatch(
      /config_name: trajectories\n {2}data_files: trajectories\.parquet\n {2}default: true/,
    );
    expect(front.match(/default: true/g)).toHaveLength(1);
  });

  it("warns of what pandas does to texts, and that raters never saw the prompts", () => {
    expect(read("README.md")).toContain('keep_default_na=False, na_values=[""]');
    expect(read("README.md")).toContain("Raters never saw the prompts");
  });

  it("of a bundle without Parquet has no configs", async () => {
    const folder = await makeBundle({ formats: ["csv", "jsonl"] });
    expect(read("README.md", folder)).not.toContain("configs:");
    expect(json("croissant.json", folder).distribution).toEqual([]);
  });
});

describe("a bundle of some tables and formats", () => {
  it("holds just these, and no document points to another", async () => {
    const folder = await makeBundle({ tables: ["preferences", "columns"], formats: ["parquet"] });
    const files = (json("manifest.json", folder).files as { name: string }[]).map((f) => f.name);
    expect(files.filter((name) => /\.(csv|jsonl|parquet)$/.test(name))).toEqual([
      "columns.parquet",
      "preferences.parquet",
    ]);
    expect(existsSync(join(folder, "trajectories.schema.json"))).toBe(false);
    for (const name of ["README.md", "croissant.json", "datapackage.json", "dataset-metadata.json"])
      expect(read(name, folder), name).not.toMatch(/turns\.(csv|parquet)|trajectories\.jsonl/);
  });
});

describe("the data dictionary", () => {
  it("in docs/ is current: run npm run data-dictionary after changing a table", () => {
    expect(readFileSync(join(root, "docs/data-dictionary.md"), "utf8")).toBe(dictionaryText(allTables()));
  });

  it("describes every column in words", () => {
    for (const { table, formats: written } of allTables()) {
      expect(table.description.length, table.name).toBeGreaterThan(20);
      for (const column of table.columns)
        expect(column.description, `${table.name}.${column.name}`).toMatch(/\.$/);
      expect(written.includes("csv") && !isFlat(table)).toBe(false);
    }
  });
});
