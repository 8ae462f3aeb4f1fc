/** One pass over a study's trajectories writes every file of the bundle. */
import { join } from "node:path";
import { type ExportFilters, NO_FILTERS } from "../../app/domain/export-options.ts";
import { ExportError } from "../errors.ts";
import { assertComplete } from "../invariants.ts";
import { turnwiseLayout } from "../layout.ts";
import type { MetadataContext } from "../metadata/context.ts";
import { type DatasetInfo, datasetInfo } from "../metadata/dataset-info.ts";
import { documentsOf } from "../metadata/documents.ts";
import { exclusionOf, partsOf } from "../privacy/consent.ts";
import { redactTexts, withhold } from "../privacy/redact.ts";
import type { RecordedDecision } from "../privacy/screen-texts.ts";
import { createPseudonyms, keepIds, type Pseudonyms } from "../pseudonyms.ts";
import { readTrajectoryPages } from "../read-trajectories.ts";
import { type RaterRecord, type TrajectoryRecord, toRecord } from "../records.ts";
import type { DatasetSource, SourceStudy, SourceTrajectory } from "../source.ts";
import { createSplits, type SplitOf } from "../splits.ts";
import { allTables, DEFAULT_COLUMN_COUNT, ratersTable, type TableSpec } from "../tables/index.ts";
import { copyImages } from "./copy-images.ts";
import { type BundleCounts, type BundleFile, type Exclusions, Tally, type Withheld } from "./counts.ts";
import { writeFolder } from "./folder.ts";
import { HashedFile } from "./hashed-file.ts";
import { ImageShards } from "./image-shards.ts";
import { checksumLine, manifestText } from "./manifest.ts";
import type { BundleOptions } from "./options.ts";
import { asImported, importedIds } from "./reexport.ts";
import { TableFiles } from "./table-file.ts";

export interface Bundle {
  files: BundleFile[];
  counts: BundleCounts;
  excluded: Exclusions;
  withheld: Withheld;
}

/**
 * Writes the bundle of one study. All or nothing: the folder gets its name when everything in it is complete.
 * The same rows, key and options give the same bytes.
 */
export async function writeBundle(source: DatasetSource, given: BundleOptions): Promise<Bundle> {
  const study = await source.getStudy(given.studyId);
  const options = study.imported ? asImported(given, study.imported) : given;
  const info = datasetInfo(options.info ?? {}, study, options.profile);
  return writeFolder(options.outDir, (folder) =>
    new BundleWriter(source, options, { study, info, folder }).run(),
  );
}

interface Target {
  study: SourceStudy;
  info: DatasetInfo;
  folder: string;
}

interface RaterTally {
  rater: RaterRecord;
  trajectories: number;
}

class BundleWriter {
  readonly #source: DatasetSource;
  readonly #options: BundleOptions;
  readonly #target: Target;
  readonly #ids: Pseudonyms;
  readonly #splitOf: SplitOf | null;
  readonly #shards: ImageShards | null;
  readonly #tally = new Tally();
  /** By database id, in order of first appearance: the only thing that grows, with the raters. */
  readonly #raters = new Map<string, RaterTally>();
  #tables: TableFiles[] = [];
  #sums: HashedFile | null = null;

  constructor(source: DatasetSource, options: BundleOptions, target: Target) {
    this.#source = source;
    this.#options = options;
    this.#target = target;
    const { imported } = target.study;
    if (imported) this.#ids = importedIds(imported.studyId);
    else this.#ids = options.releaseKey === null ? keepIds : createPseudonyms(options.releaseKey);
    if (imported) this.#tally.takeOver(imported);
    this.#splitOf = options.splits && createSplits(options.splits);
    const { images } = options;
    this.#shards =
      images?.layout === "shards" ? new ImageShards(images.objects, target.folder, images.shardBytes) : null;
  }

  async run(): Promise<Bundle> {
    try {
      const specs = this.#tableSpecs();
      for (const spec of specs) this.#tables.push(await TableFiles.open(this.#target.folder, spec));
      this.#sums = await HashedFile.create(join(this.#target.folder, "SHA256SUMS"));
      await this.#writeTrajectories(specs.some(({ table }) => table.name === "candidates"));
      this.#assertPublishable();
      return await this.#finish(this.#sums);
    } catch (error) {
      const open = [this.#sums, this.#shards, ...this.#tables];
      await Promise.all(open.map((file) => file?.abandon()));
      throw error;
    }
  }

  #tableSpecs(): TableSpec[] {
    const { formats, tables, layout = turnwiseLayout } = this.#options;
    const wanted = allTables(this.#target.study.columnCount || DEFAULT_COLUMN_COUNT)
      .filter(({ table }) => !tables || (tables as readonly string[]).includes(table.name))
      .map((spec) => ({
        ...spec,
        formats: spec.formats.filter((format) => !formats || formats.includes(format)),
      }));
    return layout.map(wanted.filter((spec) => spec.formats.length > 0));
  }

  async #writeTrajectories(withCandidates: boolean): Promise<void> {
    const { studyId, startedBeforeMs, signal, onProgress, decisions } = this.#options;
    const query = { studyId, startedBeforeMs, withCandidates };
    const statuses = await this.#source.countTrajectories(query);
    const total = Object.values(statuses).reduce((sum, n) => sum + n, 0);
    let done = 0;
    for await (const page of readTrajectoryPages(this.#source, query, { signal })) {
      const ids = page.map((trajectory) => trajectory.id);
      const decided = await (decisions?.(ids) ?? this.#source.findDecisions?.(ids, startedBeforeMs));
      for (const trajectory of page) {
        const reason = exclusionOf(trajectory, { ...this.#options, source: this.#options.source ?? null });
        if (reason === null) await this.#writeTrajectory(trajectory, decided ?? new Map());
        else this.#tally.excluded[reason] += 1;
      }
      done += page.length;
      onProgress?.({ done, total: Math.max(done, total) });
    }
  }

  async #writeTrajectory(
    trajectory: SourceTrajectory,
    decided: ReadonlyMap<string, RecordedDecision>,
  ): Promise<void> {
    const record = this.#toRecord(trajectory, decided);
    this.#shards?.plan(record);
    for (const table of this.#tables) table.write(record);
    for (const table of this.#tables) await table.drain();
    await this.#writeImages(record);
  }

  /** The published form of an admitted trajectory; counts it. What an import brought was prepared when it first left. */
  #toRecord(trajectory: SourceTrajectory, decided: ReadonlyMap<string, RecordedDecision>): TrajectoryRecord {
    const { profile } = this.#options;
    const seen = this.#raters.get(trajectory.raterId);
    const isImported = this.#target.study.imported != null;
    const split = trajectory.split ?? this.#splitOf?.(trajectory, seen === undefined) ?? "";
    const record = toRecord(trajectory, profile, this.#ids, split);
    if (!isImported) assertComplete(trajectory, record);
    const parts = { ...partsOf(trajectory) };
    if (!isImported && profile !== "internal" && trajectory.source === "human" && parts.freeText) {
      const { counts, withholdTexts } = redactTexts(trajectory, record, decided);
      this.#tally.addScreening(counts);
      if (withholdTexts) parts.freeText = false;
    }
    withhold(record, parts);
    this.#tally.add(trajectory, record, parts);
    if (seen) seen.trajectories += 1;
    else this.#raters.set(trajectory.raterId, { rater: record.rater, trajectories: 1 });
    return record;
  }

  async #writeImages(record: TrajectoryRecord): Promise<void> {
    const { images, signal } = this.#options;
    if (!images) return;
    if (this.#shards) {
      for (const image of await this.#shards.add(record, signal)) this.#tally.addImageFile(image.byteSize);
      return;
    }
    for (const image of await copyImages(images.objects, record, this.#target.folder, signal)) {
      this.#tally.addImageFile(image.byteSize);
      await this.#sums?.write(checksumLine({ name: image.fileName, sha256: image.sha256 }));
    }
  }

  #assertPublishable(): void {
    if (this.#target.study.imported) return;
    const { profile } = this.#options;
    const { counts, excluded, withheld } = this.#tally;
    if (profile !== "internal" && counts.trajectories === 0 && excluded.noConsent + excluded.outOfScope > 0) {
      throw new ExportError(
        `Nobody agreed to have their data in a ${profile} release, so there is nothing to give out.`,
      );
    }
    const { undecided } = withheld.screening;
    if (profile === "public" && undecided > 0) {
      throw new ExportError(
        `${undecided === 1 ? "1 text" : `${undecided} texts`} may hold personal data and nobody has decided about ${undecided === 1 ? "it" : "them"}. Review the flagged texts before a public release.`,
      );
    }
  }

  async #finish(sums: HashedFile): Promise<Bundle> {
    const { raters: _, ...counts } = this.#tally.counts;
    const bundleCounts: BundleCounts = { ...counts, raters: this.#raters.size };
    const ratersFile = this.#tables.find(({ table }) => table.name === ratersTable.name);
    if (ratersFile) for (const row of this.#raters.values()) ratersFile.writeRow(row);
    const written = [];
    for (const table of this.#tables) written.push(await table.close());
    const shards = (await this.#shards?.close()) ?? [];
    const context: MetadataContext = {
      ...this.#options,
      source: this.#options.source ?? null,
      filters: this.#publishedFilters(),
      info: this.#target.info,
      layout: (this.#options.layout ?? turnwiseLayout).name,
      studyId: this.#ids("study", this.#options.studyId),
      codeRevision: this.#options.codeRevision ?? "",
      sizes: this.#target.study,
      tables: written,
      shards,
      images: this.#options.images && this.#tally.imageFiles,
      counts: bundleCounts,
      excluded: this.#tally.excluded,
      withheld: this.#tally.withheld,
    };
    const files: BundleFile[] = [...written.flatMap((table) => Object.values(table.files)), ...shards];
    for (const { name, text } of documentsOf(context)) files.push(await this.#writeText(name, text));
    files.push(await this.#writeText("manifest.json", manifestText(context, files)));
    for (const file of files) await sums.write(checksumLine(file));
    files.push({ name: "SHA256SUMS", rows: null, ...(await sums.close()) });
    return {
      files,
      counts: bundleCounts,
      excluded: this.#tally.excluded,
      withheld: this.#tally.withheld,
    };
  }

  #publishedFilters(): ExportFilters {
    const { imported } = this.#target.study;
    if (imported) return imported.filters;
    const filters = { ...NO_FILTERS, ...this.#options.filters };
    const armIds = filters.armIds?.map((id) => this.#ids("arm", id)).sort() ?? null;
    return { ...filters, armIds };
  }

  async #writeText(name: string, text: string): Promise<BundleFile> {
    const file = await HashedFile.create(join(this.#target.folder, name));
    await file.write(text);
    return { name, rows: null, ...(await file.close()) };
  }
}
