import type { BundleFile } from "../bundle/counts.ts";
import { SCHEMA_VERSION } from "../records.ts";
import type { TableFormat } from "../tables/index.ts";
import type { MetadataContext } from "./context.ts";
import { tableSection } from "./dictionary.ts";
import { LICENCES } from "./licences.ts";

/** README.md: a dataset card that Hugging Face reads and people too. */
export function cardText(context: MetadataContext): string {
  return [
    ...frontMatter(context),
    `# ${context.info.title}`,
    "",
    context.info.description,
    "",
    ...contents(context),
    ...reading(context),
    ...caveats(context),
    "## Columns",
    "",
    ...context.tables.flatMap(({ table, files }) => tableSection(table, Object.keys(files), "###")),
  ].join("\n");
}

const SIZES: [below: number, category: string][] = [
  [1e3, "n<1K"],
  [1e4, "1K<n<10K"],
  [1e5, "10K<n<100K"],
  [1e6, "100K<n<1M"],
  [Number.POSITIVE_INFINITY, "1M<n<10M"],
];

/** `configs` lists Parquet only: configs of several formats, or none at all, make readers load something else. */
function frontMatter({ info, counts, tables }: MetadataContext): string[] {
  const size = SIZES.find(([below]) => counts.trajectories < below)?.[1];
  const parquet = tables.flatMap(({ table, files }) =>
    files.parquet ? [{ table, file: files.parquet }] : [],
  );
  const fallback = parquet.find(({ table }) => table.name === "trajectories") ?? parquet[0];
  return [
    "---",
    `pretty_name: ${JSON.stringify(info.title)}`,
    `license: ${LICENCES[info.licence].huggingFace}`,
    "language:",
    "- en",
    "size_categories:",
    `- ${JSON.stringify(size)}`,
    "task_categories:",
    "- text-to-image",
    "- reinforcement-learning",
    "tags:",
    ...info.keywords.map((keyword) => `- ${JSON.stringify(keyword)}`),
    "- croissant",
    ...(parquet.length > 0 ? ["configs:"] : []),
    ...parquet.flatMap(({ table, file }) => [
      `- config_name: ${table.name}`,
      `  data_files: ${file.name}`,
      ...(table === fallback?.table ? ["  default: true"] : []),
    ]),
    "---",
    "",
  ];
}

function contents({ counts, tables, images, shards, splits }: MetadataContext): string[] {
  const files = tables.flatMap(({ table, files: written }) =>
    Object.values(written).map(
      (file: BundleFile) => `| \`${file.name}\` | ${file.rows} | ${table.description} |`,
    ),
  );
  return [
    `Layout \`${SCHEMA_VERSION}\`: ${counts.trajectories} trajectories of ${counts.raters} raters, ${counts.complete} of them complete; ${counts.turns} turns, ${counts.columns} columns, ${counts.images} images, ${counts.inTurnPairs} pairs within and ${counts.crossTurnPairs} across turns.`,
    "",
    ...(splits
      ? [
          `Splits (column \`split\`): ${counts.splits.train} train, ${counts.splits.test_seen} test_seen (other trajectories of raters in train), ${counts.splits.test_unseen} test_unseen (raters of whom nothing is in the other two).`,
          "",
        ]
      : []),
    "| file | rows | holds |",
    "|---|---|---|",
    ...files,
    ...shards.map(({ name }) => `| \`${name}\` | | Original images, WebDataset layout. |`),
    "",
    images === null
      ? "Images are not part of this release; `images` tells their hashes, sizes, models and seeds."
      : `${images.files} original images are included${shards.length > 0 ? ", in tar archives named in `images.shard`" : ", one file each"}.`,
    "",
  ];
}

function reading({ tables, shards }: MetadataContext): string[] {
  const has = (name: string, format: TableFormat) =>
    tables.some(({ table, files }) => table.name === name && files[format] !== undefined);
  const lines = ["## Reading it", "", "```python"];
  if (has("trajectories", "parquet"))
    lines.push(
      "from datasets import load_dataset",
      'trajectories = load_dataset("path/to/this/folder", "trajectories", split="train")',
      "",
    );
  if (has("preferences", "parquet"))
    lines.push("import polars as pl", 'pairs = pl.read_parquet("preferences.parquet")', "");
  if (has("turns", "csv"))
    lines.push(
      "import pandas as pd",
      '# Without these arguments pandas takes texts such as "NA" and "None" for missing values.',
      'turns = pd.read_csv("turns.csv", keep_default_na=False, na_values=[""])',
      "",
    );
  if (has("trajectories", "jsonl"))
    lines.push(
      "import json",
      'nested = [json.loads(line) for line in open("trajectories.jsonl", encoding="utf-8")]',
      "",
    );
  if (shards.length > 0)
    lines.push("import webdataset as wds", `images = wds.WebDataset("${shards[0]?.name}").decode("pil")`, "");
  return [
    ...lines.slice(0, -1),
    "```",
    "",
    'In CSV nothing between two commas is null and `""` is the empty text; readers that cannot tell them apart make both missing. Parquet and JSONL keep them apart.',
    "",
  ];
}

function caveats({ profile, withheld }: MetadataContext): string[] {
  const lines = [
    "- **Raters never saw the prompts** of the columns. They judged images, and each column by its best image; a preference between two prompts is a preference between what one image model made of them.",
    "- Satisfaction is about the original intent of the rater, not about image quality alone.",
    "- There are no preferences between single images: nobody was asked for any.",
    "- `arm_probability` and `candidates.propensity` are the probabilities with which things were drawn; weight by them when arms or policies are compared.",
    "- Abandoned trajectories end where their rater left; filter on `status`.",
  ];
  if (profile !== "internal") lines.push("- Times are coarse: days, and milliseconds since the start.");
  if (withheld.freeText > 0)
    lines.push(
      `- ${withheld.freeText} trajectories come without texts, because their raters did not agree to have them given out.`,
    );
  return ["## Caveats", "", ...lines, ""];
}
