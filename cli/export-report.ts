import type { ExportEstimate } from "../app/domain/export-estimate.ts";
import type { Bundle } from "../exporters/index.ts";
import { formatBytes, formatCount, formatTable } from "./format.ts";

/** What an export would hold. */
export function printEstimate({
  trajectories,
  complete,
  partial,
  raters,
  excluded,
  tables,
  images,
  bytes,
}: ExportEstimate) {
  const rows = tables.map(({ table, rows: n, formats, bytes: size }) => [
    table,
    `${formatCount(n)} rows`,
    formats.join(", "),
    `~ ${formatBytes(size)}`,
  ]);
  if (images.files > 0)
    rows.push([
      "original images",
      `${formatCount(images.files)} files`,
      "",
      `~ ${formatBytes(images.bytes)}`,
    ]);
  if (rows.length > 0) console.log(formatTable(rows, ["left", "right", "left", "right"]));
  console.log(
    `\n${formatCount(trajectories)} trajectories (${formatCount(complete)} complete, ${formatCount(partial)} partial) of ${formatCount(raters)} raters, about ${formatBytes(bytes)}; nothing was written`,
  );
  printLeftOut(excluded);
}

const REASONS: Record<keyof Bundle["excluded"], string> = {
  withdrawn: "withdrawn",
  rejected: "rejected",
  noConsent: "without consent",
  outOfScope: "whose consent does not cover it",
  abandoned: "abandoned",
  source: "from another source",
  filtered: "left out by a filter",
};

/** What was written, and what was left out. */
export function printBundle({ files, counts, excluded }: Bundle, outDir: string): void {
  const rows = files.map((file) => [
    file.name,
    file.rows === null ? "" : `${formatCount(file.rows)} rows`,
    formatBytes(file.byteSize),
  ]);
  console.log(formatTable(rows, ["left", "right", "right"]));
  console.log(
    `\n${formatCount(counts.trajectories)} trajectories (${formatCount(counts.complete)} complete, ${formatCount(counts.abandoned)} abandoned) in ${outDir}`,
  );
  printLeftOut(excluded);
}

function printLeftOut(excluded: Partial<Record<string, number>>): void {
  const left = Object.entries(REASONS).filter(([reason]) => (excluded[reason] ?? 0) > 0);
  if (left.length === 0) return;
  const texts = left.map(([reason, text]) => `${formatCount(excluded[reason] ?? 0)} ${text}`);
  console.log(`left out: ${texts.join(", ")}`);
}
