/**
 * `npm run bench [P1 P2 …]`: measures, prints a table, and writes docs/measurements.md when everything was measured.
 * Ratios compare two sides within one run, interleaved, so that a slow machine slows both.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ratio, ROUNDS } from "./measure.ts";
import { benchSubmitUseCase } from "./p01-submit-use-case.ts";
import { benchHttpSubmit } from "./p02-http-submit.ts";
import {
  benchCsvExport,
  benchJsonlExport,
  benchParquetExport,
  type ExportRatio,
  NO_SQLITE,
} from "./p04-exports.ts";
import { benchPersistLocal, benchPersistS3, EDGE_PX, type ImagePersist } from "./p09-image-persist.ts";
import {
  AGENT_MS,
  benchTurnTimeLocal,
  benchTurnTimeS3,
  IMAGE_MS,
  IMAGES_AT_ONCE,
  type TurnTime,
} from "./p10-turn-time.ts";
import { benchClientBytes } from "./p12-client-bytes.ts";
import { benchConcurrentRaters } from "./p14-concurrent-raters.ts";
import { benchBrowser, benchMonitor, type ListTimes, onPostgres } from "./p15-lists.ts";
import { benchSketch } from "./sketch-slate.ts";
import { type Figure, writeMeasurements } from "./write-measurements.ts";

const ratioRow = (id: string, what: string, target: number, unit: string, r: Ratio): Figure => ({
  id,
  what,
  value: r.ratio.toFixed(2),
  target: `≥ ${target}`,
  met: r.ratio >= target,
  detail: `${ROUNDS} rounds, ${r.low.toFixed(2)}…${r.high.toFixed(2)}; ${Math.round(r.a)} ÷ ${Math.round(r.b)} ${unit}`,
});

const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

const persistRow = (where: string, other: string, p: ImagePersist): Figure => {
  const row = ratioRow(
    "P9",
    `image persist (verify, hash, store, row) ÷ the same bytes ${other}: ${where}`,
    0.7,
    "images/s",
    p.ratio,
  );
  const { detail } = row;
  const size = `${EDGE_PX} px PNG of ${(p.imageBytes / 1e6).toFixed(1)} MB`;
  return { ...row, detail: `${detail}; ${size}; not in it: display copy, ${Math.round(p.displayMs)} ms` };
};

/** Both figures of one run. */
const turnRows = (where: string, t: TurnTime): Figure[] => [
  {
    id: "P10",
    what: `turn wall time ÷ ideal critical path (${AGENT_MS / 1000} s agent, 16 images of ${IMAGE_MS / 1000} s, ${IMAGES_AT_ONCE} at once): ${where}`,
    value: t.ratio.toFixed(3),
    target: "≤ 1.05",
    met: t.ratio <= 1.05,
    detail: `${t.turns} turns of ${t.idealMs / 1000} s, ${t.ratioLow.toFixed(3)}…${t.ratioHigh.toFixed(3)}; services, server and browser share the machine`,
  },
  {
    id: "P11",
    what: `slate visible in Chromium − last upstream image, p95: ${where}`,
    value: `${Math.round(t.visibleP95)} ms`,
    target: "≤ 300 ms",
    met: t.visibleP95 <= 300,
    detail: `p50 ${Math.round(t.visibleP50)} ms, of which ${Math.round(t.storedP50)} ms until the turn is ready; most ${Math.round(t.visibleMax)} ms; ${t.turns} slates of 1024 px images`,
  },
];

const exportRow = (id: string, what: string, target: number, r: ExportRatio): Figure =>
  r
    ? ratioRow(id, what, target, "rows/s", r)
    : { id, what, value: "–", target: `≥ ${target}`, met: false, detail: NO_SQLITE };

const BROWSER =
  "dataset browser p95 at 100,000 trajectories: each sort, direction and filter, pages and counts";

const listRow = (id: string, what: string, t: ListTimes): Figure => ({
  id,
  what,
  value: `${Math.round(t.p95)} ms`,
  target: "≤ 300 ms",
  met: t.p95 <= 300,
  detail: `${t.calls} calls, p50 ${Math.round(t.p50)} ms, slowest ${Math.round(t.slowestMs)} ms (${t.slowest}); the use case in process, without rendering`,
});

const BENCHES: Record<string, (dir: string) => Promise<Figure | Figure[]>> = {
  P1: async (dir) =>
    ratioRow(
      "P1",
      "submit-choice use case ÷ raw one-row insert, both SQLite synchronous=FULL",
      0.45,
      "tx/s",
      await benchSubmitUseCase(dir),
    ),
  P2: async (dir) =>
    ratioRow(
      "P2",
      "HTTP submit ÷ same route with an empty action",
      0.6,
      "requests/s",
      await benchHttpSubmit(dir),
    ),
  P4: async (dir) =>
    exportRow(
      "P4",
      "JSONL export (nested, pseudonymised, checked, hashed) ÷ `sqlite3 .dump` of the same tables, 444,000 rows",
      1,
      await benchJsonlExport(dir),
    ),
  P5: async (dir) =>
    exportRow(
      "P5",
      "CSV export of turns, columns and images ÷ `sqlite3 -csv` of the same rows",
      0.8,
      await benchCsvExport(dir),
    ),
  P6: async (dir) =>
    exportRow("P6", "Parquet export (nested, zstd) ÷ own JSONL export", 0.5, await benchParquetExport(dir)),
  "P9-folder": async (dir) =>
    persistRow("folder, SQLite", "written and synced", await benchPersistLocal(dir)),
  "P9-S3": async (dir) => persistRow("S3 (radosgw), PostgreSQL", "PUT", await benchPersistS3(dir)),
  "P10-folder": async (dir) => turnRows("folder, SQLite", await benchTurnTimeLocal(dir)),
  "P10-S3": async (dir) => turnRows("S3 (radosgw), PostgreSQL", await benchTurnTimeS3(dir)),
  P12: async (dir) => {
    const b = await benchClientBytes(dir);
    return {
      id: "P12",
      what: "client scripts (gzip) on the rater path ÷ framework skeleton",
      value: b.ratio.toFixed(2),
      target: "≤ 1.4",
      met: b.ratio <= 1.4,
      detail: `turn ${kb(b.turnPage)}, evaluation ${kb(b.evaluationPage)}, skeleton ${kb(b.skeleton)}`,
    };
  },
  P14: async (dir) => {
    const r = await benchConcurrentRaters(dir);
    return {
      id: "P14",
      what: `${r.raters} concurrent scripted raters: submit → next screen p95, without generation`,
      value: `${Math.round(r.p95)} ms`,
      target: "≤ 200 ms",
      met: r.p95 <= 200 && r.errors === 0,
      detail: `p50 ${Math.round(r.p50)} ms, p99 ${Math.round(r.p99)} ms; ${r.sessions} sessions, ${r.errors} errors; SQLite; raters and server share the machine`,
    };
  },
  "P15-SQLite": async (dir) =>
    listRow("P15", "dashboard (monitor) p95 at 20,000 trajectories, SQLite", await benchMonitor(dir)),
  "P15-PostgreSQL": (dir) =>
    onPostgres(async (url) =>
      listRow(
        "P15",
        "dashboard (monitor) p95 at 20,000 trajectories, PostgreSQL",
        await benchMonitor(dir, url),
      ),
    ),
  "browser-SQLite": async (dir) => listRow("P15", `${BROWSER}, SQLite`, await benchBrowser(dir)),
  "browser-PostgreSQL": (dir) =>
    onPostgres(async (url) => listRow("P15", `${BROWSER}, PostgreSQL`, await benchBrowser(dir, url))),
  sketch: async () => {
    const r = await benchSketch();
    return {
      id: "–",
      what: "sketch renderer: 16 images of 512 px, wall time",
      value: `${(r.medianMs / 1000).toFixed(2)} s`,
      target: "≤ 3 s",
      met: r.slowestMs <= 3_000,
      detail: `median of ${r.slates} slates, slowest ${(r.slowestMs / 1000).toFixed(2)} s`,
    };
  },
};

const asked = process.argv.slice(2);
const ids = asked.length > 0 ? asked : Object.keys(BENCHES);
const dir = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), "turnwise-bench-"));
const rows: Figure[] = [];
try {
  for (const id of ids) {
    const bench = BENCHES[id];
    if (!bench)
      throw new Error(`there is no benchmark "${id}"; there are ${Object.keys(BENCHES).join(", ")}`);
    process.stderr.write(`measuring ${id} …\n`);
    for (const row of [await bench(dir)].flat()) {
      rows.push(row);
      process.stdout.write(
        `${row.id.padEnd(4)} ${row.value.padStart(8)}  (${row.target})  ${row.what}\n      ${row.detail}\n`,
      );
    }
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}
if (asked.length === 0) writeMeasurements("bench", rows);
