/** A complete trajectory as a source delivers it, for tests to bend. */
import type { DatasetSource, SourceRater, SourceTrajectory, StudySizes } from "../../../exporters/source.ts";

const DEFAULT_SIZES: StudySizes = { horizon: 5, columnCount: 4, imagesPerColumn: 4 };
export const STARTED_AT_MS = Date.UTC(2026, 2, 4, 23, 59, 30, 125);

export function sampleRater(id = "rtr_1", overrides: Partial<SourceRater> = {}): SourceRater {
  return { id, pool: "", locale: "en", consent: null, demographics: {}, names: [], ...overrides };
}

/** Stands in for the database: pages of an array, in its order. */
export function arraySource(
  trajectories: readonly SourceTrajectory[],
  name = "Cats and dogs",
): DatasetSource {
  return {
    async getStudy(id) {
      return { id, name, columnCount: 4, horizon: 5 };
    },
    async countTrajectories() {
      return { submitted: trajectories.length };
    },
    async withdrawals() {
      return "";
    },
    async listTrajectories({ after, limit, withCandidates }) {
      const start = after ? trajectories.findIndex((t) => t.id === after.id) + 1 : 0;
      const page = trajectories.slice(start, start + limit);
      if (withCandidates) return page;
      return page.map((t) => ({ ...t, turns: t.turns.map((turn) => ({ ...turn, candidates: [] })) }));
    },
  };
}

export function completeTrajectory(id = "trj_1", sizes = DEFAULT_SIZES): SourceTrajectory {
  const range = (n: number) => Array.from({ length: n }, (_, i) => i);
  return {
    id,
    studyId: "std_1",
    studyVersion: 1,
    sizes,
    consentAsked: false,
    raterId: "rtr_1",
    rater: sampleRater(),
    source: "human",
    status: "submitted",
    initialPrompt: "a white cat on a red sofa",
    armId: "arm_1",
    armProbability: 0.5,
    userType: null,
    startedAtMs: STARTED_AT_MS,
    completedAtMs: STARTED_AT_MS + 600_000,
    turns: range(sizes.horizon).map((t) => ({
      id: `${id}_t${t}`,
      turnIndex: t,
      agentVersion: "lexicon/1+random/1",
      t2iModel: "sketch/1",
      shownAtMs: STARTED_AT_MS + t * 60_000 + 10_000,
      choice: {
        columnId: `${id}_t${t}_c1`,
        critique: t === 0 ? "more color" : "",
        critiqueSentToAgent: t === 0 ? "more color" : "",
        chosenAtMs: STARTED_AT_MS + t * 60_000 + 30_000,
        activeMs: null,
        idleMs: null,
        waitingMs: 0,
      },
      evaluation: {
        confirmedColumnId: `${id}_t${t}_c${t === 2 ? 3 : 1}`,
        rationale: "the best light of all",
        vsPrevious: t === 0 ? null : "better",
        turnSatisfaction: 4,
      },
      candidates: range(25).map((k) => ({
        candidateIndex: k,
        prompt: `a white cat on a red sofa, candidate ${t}.${k}`,
        category: `category ${k % 5}`,
        inSlate: k < sizes.columnCount,
        selectorScore: k / 4,
        propensity: 0.16,
      })),
      columns: range(sizes.columnCount).map((c) => ({
        id: `${id}_t${t}_c${c}`,
        columnIndex: c,
        displayPosition: (c + t) % sizes.columnCount,
        prompt: `a white cat on a red sofa, variant ${t}.${c}`,
        category: `category ${c}`,
        satisfaction: c + 1,
        images: range(sizes.imagesPerColumn).map((m) => ({
          id: `${id}_t${t}_c${c}_m${m}`,
          imageIndex: m,
          displayRow: sizes.imagesPerColumn - 1 - m,
          seed: t * 1000 + c * 10 + m,
          model: "sketch/1",
          sha256: `${t}${c}${m}`.padStart(64, "0"),
          byteSize: 1234,
          mimeType: "image/png",
          widthPx: 512,
          heightPx: 512,
        })),
      })),
    })),
  };
}

/** Texts that break careless exporters. */
export const HOSTILE_TEXTS = [
  "",
  " ",
  "0",
  "false",
  "null",
  "NA",
  "None",
  "NaN",
  '"',
  '""',
  'say "cheese", please',
  "a,b;c\td",
  "line\nbreak",
  "carriage\r\nreturn",
  "\r",
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "'quoted'",
  " leading and trailing ",
  "1e999",
  "007",
  "ünïcödé 漢字 🐈‍⬛ \u202eright to left",
  "\ufeffbyte order mark",
  "zero\u200bwidth",
  "\u2028line separator\u2029",
  "\\N",
  "</script><!--",
];
