/** Writes trajectories of a bundle as the rows that they once were. */
import { inArray } from "drizzle-orm";
import { chunk, type Tx } from "../../../db/store.ts";
import { type SourceTrajectory, type SourceTurn, storedId } from "../../../exporters/index.ts";
import { RequestError } from "../../domain/errors.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import type { ServiceContext } from "../context.ts";
import { importedArm } from "./imported-arm.ts";

type Tables = ServiceContext["store"]["t"];
type Rows = { [T in keyof Tables]?: Tables[T]["$inferInsert"][] };

/** In the order in which they refer to each other. */
const ORDER = [
  "raters",
  "studyRaters",
  "consents",
  "raterProfiles",
  "arms",
  "assignments",
  "trajectories",
  "turns",
  "slates",
  "candidates",
  "columns",
  "images",
  "choices",
  "turnEvaluations",
  "columnSatisfactions",
] as const satisfies (keyof Tables)[];

export class ImportRows {
  readonly #ctx: ServiceContext;
  readonly #tx: Tx;
  readonly #studyId: string;
  /** By pseudonym: the ids under which they are stored. */
  readonly #raters = new Map<string, string>();
  readonly #arms = new Map<string, string>();
  readonly #versions = new Set<number>();
  #position = 0;
  imagesPerColumn = 0;

  constructor(ctx: ServiceContext, tx: Tx, studyId: string) {
    this.#ctx = ctx;
    this.#tx = tx;
    this.#studyId = studyId;
  }

  get raters(): number {
    return this.#raters.size;
  }
  get arms(): number {
    return this.#arms.size;
  }
  get lastVersion(): number {
    return Math.max(1, ...this.#versions);
  }

  async write(trajectories: readonly SourceTrajectory[]): Promise<void> {
    const rows: Rows = {};
    for (const trajectory of trajectories) {
      this.#add(rows, trajectory);
      this.#position += 1;
    }
    await this.#writeObjects(trajectories);
    for (const table of ORDER)
      for (const part of chunk<object>(rows[table] ?? []))
        await this.#tx.insert(this.#ctx.store.t[table]).values(part as never);
  }

  /** The versions that trajectories name, each with the same settings: a bundle does not tell them apart. */
  async writeVersions(settings: StudySettings): Promise<void> {
    const publishedAtMs = this.#ctx.now();
    const rows = [...this.#versions.add(this.lastVersion)].map((version) => ({
      studyId: this.#studyId,
      version,
      settings,
      publishedAtMs,
    }));
    for (const part of chunk(rows)) await this.#tx.insert(this.#ctx.store.t.studyVersions).values(part);
  }

  #id(pseudonym: string): string {
    return storedId(this.#studyId, this.#position, pseudonym);
  }

  #add(rows: Rows, trajectory: SourceTrajectory): void {
    const { startedAtMs, completedAtMs, studyVersion, source } = trajectory;
    const studyId = this.#studyId;
    const id = this.#id(trajectory.id);
    const raterId = this.#rater(rows, trajectory);
    const assignmentId = this.#ctx.newId("asg");
    this.#versions.add(studyVersion);
    push(rows, "assignments", {
      id: assignmentId,
      studyId,
      studyVersion,
      raterId,
      status: trajectory.status,
      leaseExpiresAtMs: startedAtMs,
      completionCode: "",
      startedAtMs,
      submittedAtMs: completedAtMs,
      updatedAtMs: completedAtMs ?? startedAtMs,
    });
    push(rows, "trajectories", {
      id,
      assignmentId,
      studyId,
      studyVersion,
      raterId,
      source,
      phase: phaseOf(trajectory),
      armId: trajectory.armId === null ? null : this.#arm(rows, trajectory.armId, studyVersion),
      armProbability: trajectory.armProbability,
      initialPrompt: trajectory.initialPrompt,
      promptSubmittedAtMs: trajectory.armId === null ? null : startedAtMs,
      userType: trajectory.userType,
      importedSplit: trajectory.split ?? "",
      startedAtMs,
      completedAtMs,
    });
    for (const turn of trajectory.turns) this.#addTurn(rows, id, turn, startedAtMs);
  }

  #rater(rows: Rows, { raterId, rater, source, startedAtMs }: SourceTrajectory): string {
    const known = this.#raters.get(raterId);
    if (known) return known;
    const id = this.#id(raterId);
    this.#raters.set(raterId, id);
    push(rows, "raters", { id, pool: rater.pool, locale: rater.locale, source, createdAtMs: startedAtMs });
    push(rows, "studyRaters", { studyId: this.#studyId, raterId: id, addedAtMs: startedAtMs });
    if (rater.consent)
      push(rows, "consents", {
        id: this.#ctx.newId("cns"),
        raterId: id,
        studyId: this.#studyId,
        consentVersion: rater.consent.version,
        scopes: [...rater.consent.scopes],
        givenAtMs: startedAtMs,
      });
    if (Object.keys(rater.demographics).length > 0)
      push(rows, "raterProfiles", {
        raterId: id,
        answers: { ...rater.demographics },
        updatedAtMs: startedAtMs,
      });
    return id;
  }

  #arm(rows: Rows, pseudonym: string, studyVersion: number): string {
    const known = this.#arms.get(pseudonym);
    if (known) return known;
    const id = this.#id(pseudonym);
    this.#arms.set(pseudonym, id);
    const arm = importedArm(this.#arms.size);
    push(rows, "arms", { id, studyId: this.#studyId, studyVersion, ...arm });
    return id;
  }

  #addTurn(rows: Rows, trajectoryId: string, turn: SourceTurn, startedAtMs: number): void {
    const turnId = this.#id(turn.id);
    const owner = { turnId, trajectoryId };
    const { choice, evaluation } = turn;
    const atMs = turn.shownAtMs ?? startedAtMs;
    push(rows, "turns", {
      id: turnId,
      trajectoryId,
      turnIndex: turn.turnIndex,
      status: choice ? "chosen" : "ready",
      wordLimit: 0,
      seed: 0,
      requestedAtMs: atMs,
      readyAtMs: atMs,
    });
    push(rows, "slates", {
      turnId,
      agentVersion: turn.agentVersion,
      t2iModel: turn.t2iModel,
      displayOrder: {
        columns: orderOf(turn.columns, (column) => column.displayPosition),
        rows: turn.columns.map((column) => orderOf(column.images, (image) => image.displayRow)),
      },
      proposedAtMs: atMs,
      shownAtMs: turn.shownAtMs,
    });
    for (const candidate of turn.candidates) push(rows, "candidates", { turnId, ...candidate });
    const inSlate = turn.candidates.filter((candidate) => candidate.inSlate);
    for (const { images, satisfaction, id, ...column } of turn.columns) {
      const columnId = this.#id(id);
      push(rows, "columns", {
        ...owner,
        ...column,
        id: columnId,
        // Which candidate became which column is not told; the order is the likeliest.
        candidateIndex: inSlate[column.columnIndex]?.candidateIndex ?? column.columnIndex,
      });
      if (satisfaction !== null)
        push(rows, "columnSatisfactions", { ...owner, columnId, satisfaction, updatedAtMs: atMs });
      this.imagesPerColumn = Math.max(this.imagesPerColumn, images.length);
      for (const { id, imageIndex, displayRow, seed, model, sha256 } of images)
        push(rows, "images", {
          ...owner,
          id: this.#id(id),
          columnId,
          imageIndex,
          displayRow,
          seed,
          status: "ready",
          model,
          sha256,
          displaySha256: sha256,
          readyAtMs: atMs,
        });
    }
    if (choice) push(rows, "choices", { ...owner, ...choice, columnId: this.#id(choice.columnId) });
    if (evaluation) {
      const { confirmedColumnId: confirmed, ...answers } = evaluation;
      push(rows, "turnEvaluations", {
        ...owner,
        ...answers,
        confirmedColumnId: confirmed === null ? null : this.#id(confirmed),
        updatedAtMs: atMs,
      });
    }
  }

  /** One row per hash for all studies: bytes that are known already must be described alike. */
  async #writeObjects(trajectories: readonly SourceTrajectory[]): Promise<void> {
    const { objects } = this.#ctx.store.t;
    const createdAtMs = this.#ctx.now();
    const bySha256 = new Map(
      trajectories
        .flatMap((t) => t.turns.flatMap((turn) => turn.columns.flatMap((column) => column.images)))
        .map(({ sha256, byteSize, mimeType, widthPx, heightPx }) => [
          sha256,
          { sha256, byteSize, mimeType, widthPx, heightPx, createdAtMs },
        ]),
    );
    for (const part of chunk([...bySha256.values()])) {
      await this.#tx.insert(objects).values(part).onConflictDoNothing();
      const hashes = part.map((row) => row.sha256);
      for (const known of await this.#tx.select().from(objects).where(inArray(objects.sha256, hashes))) {
        const row = bySha256.get(known.sha256);
        const same = (["byteSize", "mimeType", "widthPx", "heightPx"] as const).every(
          (k) => row?.[k] === known[k],
        );
        if (!same)
          throw new RequestError(
            "BAD_REQUEST",
            `images.csv describes the image ${known.sha256} otherwise than this installation knows it. Nothing was imported.`,
          );
      }
    }
  }
}

function push<T extends keyof Rows>(rows: Rows, table: T, row: Tables[T]["$inferInsert"]): void {
  const list = (rows[table] ?? []) as object[];
  list.push(row);
  rows[table] = list as Rows[T];
}

function orderOf<Item>(items: readonly Item[], positionOf: (item: Item) => number): number[] {
  const out = Array<number>(items.length).fill(0);
  for (const [index, item] of items.entries()) out[positionOf(item)] = index;
  return out;
}

function phaseOf({ status, armId, completedAtMs }: SourceTrajectory) {
  if (status === "submitted" || completedAtMs !== null) return "done";
  return armId === null ? "prompt" : "interaction";
}
