/**
 * The turns of a page of trajectories with everything in them. A bundle of a large study reads millions of rows here, so
 * rows come as arrays from statements that are prepared once, and are put together without sorting what is in order.
 */
import { eq } from "drizzle-orm";
import type { VsPrevious } from "../../app/domain/evaluation.ts";
import type { TurnStatus } from "../../app/domain/turn.ts";
import type { SourceColumn, SourceImage, SourceTurn } from "../../exporters/source.ts";
import type { ReadStore } from "../snapshot.ts";
import { idList, isOneOfIds, prepareRows } from "./prepared-rows.ts";

/** A turn is part of the data once its whole slate was rendered. */
const RENDERED: readonly TurnStatus[] = ["ready", "chosen"];

/** Turns by trajectory id, each list in order of the turns. */
export type ReadTurns = (
  trajectoryIds: readonly string[],
  withCandidates: boolean,
) => Promise<Map<string, SourceTurn[]>>;

/** Prepares the statements; the text of each is made once. */
export function createReadTurns(store: ReadStore): ReadTurns {
  const { turns, columns, images, candidates } = statements(store);
  return async (trajectoryIds, withCandidates) => {
    if (trajectoryIds.length === 0) return new Map();
    // Turns first: everything of a rendered turn was committed before its status said so.
    const byTrajectory = new Map<string, SourceTurn[]>();
    const byTurn = new Map<string, SourceTurn>();
    for (const row of await turns(trajectoryIds)) addTurn(byTrajectory, byTurn, row);
    const byColumn = new Map<string, SourceColumn>();
    for (const row of await columns(trajectoryIds)) addColumn(byTurn, byColumn, row);
    for (const row of await images(trajectoryIds)) addImage(byColumn, row);
    if (withCandidates) for (const row of await candidates([...byTurn.keys()])) addCandidate(byTurn, row);
    return byTrajectory;
  };
}

/** The statements, as functions of the ids that they look for. */
function statements(store: ReadStore) {
  const {
    turns,
    slates,
    choices,
    turnEvaluations,
    columns,
    columnSatisfactions,
    images,
    objects,
    candidates,
  } = store.t;
  const prepare = <Row extends unknown[]>(query: { toSQL(): { sql: string; params: unknown[] } }) => {
    const rows = prepareRows<Row>(store, query);
    return (ids: readonly string[]) => rows(idList(store, ids));
  };

  return {
    turns: prepare<TurnRow>(
      store.read
        .select({
          id: turns.id,
          trajectoryId: turns.trajectoryId,
          turnIndex: turns.turnIndex,
          // Told apart here: an index on the status would be the wrong way in.
          status: turns.status,
          agentVersion: slates.agentVersion,
          t2iModel: slates.t2iModel,
          shownAtMs: slates.shownAtMs,
          columnId: choices.columnId,
          critique: choices.critique,
          critiqueSentToAgent: choices.critiqueSentToAgent,
          chosenAtMs: choices.chosenAtMs,
          activeMs: choices.activeMs,
          idleMs: choices.idleMs,
          waitingMs: choices.waitingMs,
          evaluatedTurnId: turnEvaluations.turnId,
          confirmedColumnId: turnEvaluations.confirmedColumnId,
          rationale: turnEvaluations.rationale,
          vsPrevious: turnEvaluations.vsPrevious,
          turnSatisfaction: turnEvaluations.turnSatisfaction,
        })
        .from(turns)
        .innerJoin(slates, eq(slates.turnId, turns.id))
        .leftJoin(choices, eq(choices.turnId, turns.id))
        .leftJoin(turnEvaluations, eq(turnEvaluations.turnId, turns.id))
        .where(isOneOfIds(store, turns.trajectoryId)),
    ),
    columns: prepare<ColumnRow>(
      store.read
        .select({
          id: columns.id,
          turnId: columns.turnId,
          columnIndex: columns.columnIndex,
          displayPosition: columns.displayPosition,
          prompt: columns.prompt,
          category: columns.category,
          satisfaction: columnSatisfactions.satisfaction,
        })
        .from(columns)
        .leftJoin(columnSatisfactions, eq(columnSatisfactions.columnId, columns.id))
        .where(isOneOfIds(store, columns.trajectoryId)),
    ),
    images: prepare<ImageRow>(
      store.read
        .select({
          id: images.id,
          columnId: images.columnId,
          imageIndex: images.imageIndex,
          displayRow: images.displayRow,
          seed: images.seed,
          model: images.model,
          sha256: objects.sha256,
          byteSize: objects.byteSize,
          mimeType: objects.mimeType,
          widthPx: objects.widthPx,
          heightPx: objects.heightPx,
        })
        .from(images)
        // An image has an original once it is ready, and not before.
        .innerJoin(objects, eq(objects.sha256, images.sha256))
        .where(isOneOfIds(store, images.trajectoryId)),
    ),
    candidates: prepare<CandidateRow>(
      store.read
        .select({
          turnId: candidates.turnId,
          candidateIndex: candidates.candidateIndex,
          prompt: candidates.prompt,
          category: candidates.category,
          inSlate: candidates.inSlate,
          selectorScore: candidates.selectorScore,
          propensity: candidates.propensity,
        })
        .from(candidates)
        .where(isOneOfIds(store, candidates.turnId)),
    ),
  };
}

type TurnRow = [
  id: string,
  trajectoryId: string,
  turnIndex: number,
  status: TurnStatus,
  agentVersion: string,
  t2iModel: string,
  shownAtMs: number | null,
  columnId: string | null,
  critique: string,
  critiqueSentToAgent: string,
  chosenAtMs: number,
  activeMs: number | null,
  idleMs: number | null,
  waitingMs: number | null,
  evaluatedTurnId: string | null,
  confirmedColumnId: string | null,
  rationale: string,
  vsPrevious: VsPrevious | null,
  turnSatisfaction: number | null,
];

function addTurn(
  byTrajectory: Map<string, SourceTurn[]>,
  byTurn: Map<string, SourceTurn>,
  row: TurnRow,
): void {
  if (!RENDERED.includes(row[3])) return;
  const turn: SourceTurn = {
    id: row[0],
    turnIndex: row[2],
    agentVersion: row[4],
    t2iModel: row[5],
    shownAtMs: row[6],
    choice:
      row[7] === null
        ? null
        : {
            columnId: row[7],
            critique: row[8],
            critiqueSentToAgent: row[9],
            chosenAtMs: row[10],
            activeMs: row[11],
            idleMs: row[12],
            waitingMs: row[13],
          },
    evaluation:
      row[14] === null
        ? null
        : { confirmedColumnId: row[15], rationale: row[16], vsPrevious: row[17], turnSatisfaction: row[18] },
    columns: [],
    candidates: [],
  };
  byTurn.set(turn.id, turn);
  const list = byTrajectory.get(row[1]);
  if (list) insertInOrder(list, turn, turnOrder);
  else byTrajectory.set(row[1], [turn]);
}

type ColumnRow = [
  id: string,
  turnId: string,
  columnIndex: number,
  displayPosition: number,
  prompt: string,
  category: string,
  satisfaction: number | null,
];

function addColumn(
  byTurn: Map<string, SourceTurn>,
  byColumn: Map<string, SourceColumn>,
  row: ColumnRow,
): void {
  const turn = byTurn.get(row[1]);
  // Of a turn that is still being rendered.
  if (!turn) return;
  const column: SourceColumn = {
    id: row[0],
    columnIndex: row[2],
    displayPosition: row[3],
    prompt: row[4],
    category: row[5],
    satisfaction: row[6],
    images: [],
  };
  byColumn.set(column.id, column);
  insertInOrder(turn.columns, column, columnOrder);
}

type ImageRow = [
  id: string,
  columnId: string,
  imageIndex: number,
  displayRow: number,
  seed: number,
  model: string,
  sha256: string,
  byteSize: number,
  mimeType: string,
  widthPx: number,
  heightPx: number,
];

function addImage(byColumn: Map<string, SourceColumn>, row: ImageRow): void {
  const column = byColumn.get(row[1]);
  if (!column) return;
  const image: SourceImage = {
    id: row[0],
    imageIndex: row[2],
    displayRow: row[3],
    seed: row[4],
    model: row[5],
    sha256: row[6],
    byteSize: row[7],
    mimeType: row[8],
    widthPx: row[9],
    heightPx: row[10],
  };
  insertInOrder(column.images, image, imageOrder);
}

type CandidateRow = [
  turnId: string,
  candidateIndex: number,
  prompt: string,
  category: string,
  /** 0 or 1 on SQLite. */
  inSlate: boolean | number,
  selectorScore: number | null,
  propensity: number | null,
];

function addCandidate(byTurn: Map<string, SourceTurn>, row: CandidateRow): void {
  const candidate = {
    candidateIndex: row[1],
    prompt: row[2],
    category: row[3],
    inSlate: row[4] === true || row[4] === 1,
    selectorScore: row[5],
    propensity: row[6],
  };
  const turn = byTurn.get(row[0]);
  if (turn) insertInOrder(turn.candidates, candidate, candidateOrder);
}

const turnOrder = (turn: SourceTurn) => turn.turnIndex;
const columnOrder = (column: SourceColumn) => column.columnIndex;
const imageOrder = (image: SourceImage) => image.imageIndex;
const candidateOrder = (candidate: { candidateIndex: number }) => candidate.candidateIndex;

/** Rows come in order of insertion as a rule, which is the order of their index; when not, they are put right. */
function insertInOrder<Item>(list: Item[], item: Item, order: (item: Item) => number): void {
  let at = list.length;
  while (at > 0 && order(list[at - 1] as Item) > order(item)) at -= 1;
  if (at === list.length) list.push(item);
  else list.splice(at, 0, item);
}
