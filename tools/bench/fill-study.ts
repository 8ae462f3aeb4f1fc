/**
 * Fills a database with a study of many complete trajectories, by raw inserts: hundreds of thousands of rows in seconds.
 * The rows are the same on both databases, and the same for the same number.
 */
import Database from "better-sqlite3";
import pg from "pg";
import { defaultStudySettings, type StudySettings } from "../../app/domain/study-settings.ts";

export const FILLED_STUDY_ID = "std_filled";
/** Every trajectory started before this. */
export const FILLED_BEFORE_MS = Date.UTC(2027, 0, 1);
const STARTED_AT_MS = Date.UTC(2026, 0, 1);
const TRAJECTORIES_PER_RATER = 25;
const BATCH_TRAJECTORIES = 100;
/** Rows of one trajectory without its candidates: what JSONL export and the dump of its tables cover. */
export const ROWS_PER_TRAJECTORY = 2 + 4 * 5 + 2 * 20 + 2 * 80;
export const CANDIDATES_PER_TRAJECTORY = 125;

type Value = string | number | null;
type TableRows = { columns: readonly string[]; rows: Value[][] };
type Batch = Map<string, TableRows>;

export interface FillOptions {
  /** Without candidates, images and ratings of columns: a fifth of the rows, for what reads lists. Default: false. */
  listsOnly?: boolean;
  /** Statuses, sources and unfinished work mixed as in a study that goes on. Default: all complete and simulated. */
  varied?: boolean;
}

/** Fills a migrated SQLite database. */
export function fillSqlite(file: string, trajectories: number, options: FillOptions = {}): void {
  const db = new Database(file);
  try {
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = OFF");
    db.pragma("foreign_keys = OFF");
    for (const batch of batches(trajectories, options)) {
      db.transaction(() => {
        for (const [table, { columns, rows }] of batch) {
          const insert = db.prepare(
            `insert into ${table} (${columns.join(", ")}) values (${columns.map(() => "?").join(", ")})`,
          );
          for (const row of rows) insert.run(row);
        }
      })();
    }
    db.exec("analyze");
    db.pragma("wal_checkpoint(truncate)");
  } finally {
    db.close();
  }
}

/** Fills a migrated PostgreSQL database. */
export async function fillPostgres(
  url: string,
  trajectories: number,
  options: FillOptions = {},
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const typeOf = await columnTypes(client);
    for (const batch of batches(trajectories, options)) {
      await client.query("begin");
      for (const [table, { columns, rows }] of batch) {
        const types = columns.map((column) => typeOf.get(`${table}.${column}`) ?? "text");
        const unnest = types.map((type, i) => `$${i + 1}::${type === "jsonb" ? "text" : type}[]`).join(", ");
        const cells = columns.map((name, i) => (types[i] === "jsonb" ? `${name}::jsonb` : name)).join(", ");
        await client.query({
          text: `insert into ${table} (${columns.join(", ")}) select ${cells} from unnest(${unnest}) as t(${columns.join(", ")})`,
          values: columns.map((_, i) => rows.map((row) => (types[i] === "bool" ? row[i] === 1 : row[i]))),
        });
      }
      await client.query("commit");
    }
    await client.query("analyze");
  } finally {
    await client.end();
  }
}

async function columnTypes(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    "select table_name || '.' || column_name as name, udt_name as type from information_schema.columns where table_schema = 'public'",
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}

function* batches(trajectories: number, options: FillOptions): Generator<Batch> {
  yield studyRows();
  for (let from = 0; from < trajectories; from += BATCH_TRAJECTORIES) {
    const batch: Batch = new Map();
    for (let i = from; i < Math.min(from + BATCH_TRAJECTORIES, trajectories); i++)
      addTrajectory(batch, i, options);
    yield batch;
  }
}

function add(batch: Batch, table: string, row: Record<string, Value>): void {
  const known = batch.get(table);
  if (known) known.rows.push(Object.values(row));
  else batch.set(table, { columns: Object.keys(row), rows: [Object.values(row)] });
}

function studyRows(): Batch {
  const batch: Batch = new Map();
  const settings: StudySettings = defaultStudySettings();
  const json = JSON.stringify(settings);
  add(batch, "studies", {
    id: FILLED_STUDY_ID,
    name: "Filled study",
    status: "open",
    current_version: 1,
    draft_settings: json,
    created_at_ms: STARTED_AT_MS,
    updated_at_ms: STARTED_AT_MS,
  });
  add(batch, "study_versions", {
    study_id: FILLED_STUDY_ID,
    version: 1,
    settings: json,
    published_at_ms: STARTED_AT_MS,
  });
  for (const [i, arm] of settings.arms.entries()) {
    add(batch, "arms", {
      id: `arm_filled_${i}`,
      study_id: FILLED_STUDY_ID,
      study_version: 1,
      arm_key: arm.key,
      label: arm.label,
      weight: arm.weight,
      agent: JSON.stringify(arm.agent),
    });
  }
  return batch;
}

/** Numbers that look random and are the same every time. */
function randomOf(seed: number): (below: number) => number {
  // sfc32, which does not run into the sequence of another seed.
  let a = seed | 0;
  let b = 0x9e3779b9 | 0;
  let c = 0x243f6a88 | 0;
  let counter = 1;
  const next = () => {
    const out = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + out;
    return out >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  return (below) => next() % below;
}

const WORDS =
  "white cat red sofa evening light tower river stone glass mountain quiet harbour golden mist wide brush soft detailed market lantern paper forest winter blue horse bridge under over old small bright ancient".split(
    " ",
  );
const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Mostly handed in; a status in each group of ten trajectories of a study that goes on. */
const MIXED_STATUSES = [
  "submitted",
  "approved",
  "approved",
  "submitted",
  "expired",
  "approved",
  "rejected",
  "returned",
  "submitted",
  "withdrawn",
] as const;
/** A rater has one task under way at most, and not everybody has one. */
const isUnderWay = (index: number) =>
  index % TRAJECTORIES_PER_RATER === TRAJECTORIES_PER_RATER - 1 &&
  Math.floor(index / TRAJECTORIES_PER_RATER) % 8 === 0;

function addTrajectory(batch: Batch, index: number, options: FillOptions): void {
  const random = randomOf(index + 1);
  const id = (prefix: string) => {
    let out = `${prefix}_`;
    for (let i = 0; i < 21; i++) out += LETTERS[random(62)];
    return out;
  };
  const words = (n: number) => {
    let out = WORDS[random(WORDS.length)] as string;
    for (let i = 1; i < n; i++) out += ` ${WORDS[random(WORDS.length)]}`;
    return out;
  };
  const raterId = `rtr_filled_${Math.floor(index / TRAJECTORIES_PER_RATER)}`;
  const startedAtMs = STARTED_AT_MS + index * 61_000;
  const mixed = isUnderWay(index) ? "active" : (MIXED_STATUSES[index % 10] as string);
  const status = options.varied ? mixed : "submitted";
  const handedIn = ["submitted", "approved", "rejected"].includes(status);
  const source = options.varied && Math.floor(index / TRAJECTORIES_PER_RATER) % 3 > 0 ? "human" : "simulated";
  const horizon = handedIn ? 5 : index % 5;
  const tookMs = options.varied ? 300_000 + random(1_500_000) : 600_000;
  if (index % TRAJECTORIES_PER_RATER === 0)
    add(batch, "raters", { id: raterId, source, created_at_ms: STARTED_AT_MS });
  const trajectoryId = id("trj");
  const assignmentId = id("asg");
  const prompt = words(8);
  add(batch, "assignments", {
    id: assignmentId,
    study_id: FILLED_STUDY_ID,
    study_version: 1,
    rater_id: raterId,
    status,
    lease_expires_at_ms: startedAtMs,
    completion_code: "BENCH",
    started_at_ms: startedAtMs,
    submitted_at_ms: handedIn ? startedAtMs + tookMs : null,
    updated_at_ms: startedAtMs + tookMs,
  });
  add(batch, "trajectories", {
    id: trajectoryId,
    assignment_id: assignmentId,
    study_id: FILLED_STUDY_ID,
    study_version: 1,
    rater_id: raterId,
    source,
    phase: handedIn ? "done" : "interaction",
    arm_id: `arm_filled_${index % 2}`,
    arm_probability: 0.5,
    initial_prompt: prompt,
    prompt_submitted_at_ms: startedAtMs + 20_000,
    user_type: source === "simulated" ? index % 4 : null,
    started_at_ms: startedAtMs,
    completed_at_ms: handedIn ? startedAtMs + tookMs : null,
  });
  const { listsOnly = false } = options;
  for (let turnIndex = 0; turnIndex < horizon; turnIndex++)
    addTurn(batch, { trajectoryId, turnIndex, prompt, startedAtMs, listsOnly, random, id, words });
}

interface TurnPlan {
  trajectoryId: string;
  turnIndex: number;
  prompt: string;
  startedAtMs: number;
  listsOnly: boolean;
  random(below: number): number;
  id(prefix: string): string;
  words(n: number): string;
}

function addTurn(batch: Batch, plan: TurnPlan): void {
  const { trajectoryId, turnIndex, random, words } = plan;
  const turnId = plan.id("trn");
  const atMs = plan.startedAtMs + 30_000 + turnIndex * 60_000;
  const owner = { turn_id: turnId, trajectory_id: trajectoryId };
  add(batch, "turns", {
    id: turnId,
    trajectory_id: trajectoryId,
    turn_index: turnIndex,
    status: "chosen",
    word_limit: 20 + turnIndex * 10,
    seed: random(2 ** 31),
    requested_at_ms: atMs,
    ready_at_ms: atMs + 5000,
  });
  add(batch, "slates", {
    turn_id: turnId,
    agent_version: "lexicon/1+random/1",
    t2i_model: "sketch/1",
    display_order: '{"columns":[0,1,2,3],"rows":[[0,1,2,3],[0,1,2,3],[0,1,2,3],[0,1,2,3]]}',
    proposed_at_ms: atMs,
    shown_at_ms: atMs + 6000,
  });
  for (let k = 0; k < (plan.listsOnly ? 0 : 25); k++) {
    add(batch, "candidates", {
      turn_id: turnId,
      candidate_index: k,
      prompt: `${plan.prompt}, ${words(14)}`,
      category: `category ${k % 5}`,
      in_slate: k < 4 ? 1 : 0,
      selector_score: random(1000) / 1000,
      propensity: 0.16,
    });
  }
  const columnIds = [0, 1, 2, 3].map((columnIndex) => addColumn(batch, plan, owner, columnIndex, atMs));
  const chosen = columnIds[random(4)] as string;
  add(batch, "choices", {
    ...owner,
    column_id: chosen,
    critique: turnIndex % 2 === 0 ? words(4) : "",
    critique_sent_to_agent: turnIndex % 2 === 0 ? words(4) : "",
    chosen_at_ms: atMs + 25_000,
    active_ms: 15_000 + random(5000),
    idle_ms: random(2000),
    waiting_ms: 5000,
  });
  add(batch, "turn_evaluations", {
    ...owner,
    confirmed_column_id: chosen,
    rationale: words(12),
    vs_previous: turnIndex === 0 ? null : (["better", "same", "worse"][random(3)] as string),
    turn_satisfaction: 1 + random(5),
    updated_at_ms: atMs + 40_000,
  });
}

function addColumn(
  batch: Batch,
  plan: TurnPlan,
  owner: { turn_id: string; trajectory_id: string },
  columnIndex: number,
  atMs: number,
): string {
  const { random, words } = plan;
  const columnId = plan.id("col");
  add(batch, "columns", {
    id: columnId,
    ...owner,
    column_index: columnIndex,
    display_position: (columnIndex + plan.turnIndex) % 4,
    candidate_index: columnIndex,
    prompt: `${plan.prompt}, ${words(14)}`,
    category: `category ${columnIndex}`,
  });
  if (plan.listsOnly) return columnId;
  add(batch, "column_satisfactions", {
    column_id: columnId,
    ...owner,
    satisfaction: 1 + random(5),
    updated_at_ms: atMs + 40_000,
  });
  for (let imageIndex = 0; imageIndex < 4; imageIndex++) {
    let sha256 = "";
    for (let i = 0; i < 8; i++)
      sha256 += random(2 ** 32)
        .toString(16)
        .padStart(8, "0");
    add(batch, "objects", {
      sha256,
      byte_size: 40_000 + random(100_000),
      mime_type: "image/png",
      width_px: 512,
      height_px: 512,
      created_at_ms: atMs,
    });
    add(batch, "images", {
      id: plan.id("img"),
      column_id: columnId,
      ...owner,
      image_index: imageIndex,
      display_row: 3 - imageIndex,
      seed: random(2 ** 31),
      status: "ready",
      model: "sketch/1",
      sha256,
      display_sha256: sha256,
      ready_at_ms: atMs + 4000,
    });
  }
  return columnId;
}
