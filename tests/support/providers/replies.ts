/** What good and bad replies hold: candidates for a language model's request, pictures for an image model's. */
import { crc32, deflateSync } from "node:zlib";
import { createLexiconGenerator } from "../../../app/agents/lexicon/index.ts";
import type { HistoryTurn } from "../../../app/agents/port.ts";
import { seedFrom } from "../../../app/domain/random.ts";
import { countWords } from "../../../app/domain/words.ts";
import { createSketchModel } from "../../../app/t2i/sketch/index.ts";
import { createSwatchModel } from "../../../app/t2i/swatch/index.ts";
import type { FaultKind } from "./faults.ts";

/** The data block of a request, as the language models' adapters write it. */
export interface StudyData {
  initialPrompt: string;
  wordLimit: number;
  history: {
    turn: number;
    columns: { column: number; prompt: string; category: string }[];
    chosenColumn: number;
    critique: string;
  }[];
  /** Categories wanted, or null for a direct slate. */
  categories: { name: string | null; prompts: number }[] | null;
  /** Prompts of a direct slate. */
  prompts?: number;
  avoid?: string[];
}

/** Finds the data block in what a language model was sent. */
export function findStudyData(text: string): StudyData {
  const match = /<study-data>\n(.*)\n<\/study-data>/.exec(text);
  if (!match) throw new Error("the request has no study data");
  return JSON.parse(match[1] as string) as StudyData;
}

const lexicon = createLexiconGenerator();
const NEVER = new AbortController().signal;

/** The JSON text that a well-behaved language model answers with, or one with a fault. */
export async function writeCandidates(
  data: StudyData,
  seed: number,
  fault: FaultKind | null,
): Promise<string> {
  if (fault === "not_an_image") return "I am sorry, but as a language model I would rather talk about it.";
  const text = JSON.stringify(await good(data, seed, fault === "wrong_count"));
  return fault === "truncated" ? text.slice(0, text.length >> 1) : text;
}

async function good(data: StudyData, seed: number, oneShort: boolean): Promise<object> {
  const wanted = data.categories?.map((c) => c.prompts) ?? [data.prompts ?? 0];
  const total = wanted.reduce((sum, n) => sum + n, 0);
  const prompts = await distinctPrompts(data, total, seed);
  if (oneShort) prompts.length -= 1;
  if (data.categories === null) return { prompts };
  const names = [
    "rephrase",
    "add detail",
    "sort of subject",
    "art style",
    "light",
    "weather",
    "time",
    "view",
  ];
  let fresh = 0;
  return {
    categories: data.categories.map(({ name, prompts: n }, index) => ({
      name: name ?? names[fresh++] ?? `way ${index}`,
      kind: index < 2 ? "generic" : "specific",
      prompts: prompts.splice(0, n),
    })),
  };
}

async function distinctPrompts(data: StudyData, count: number, seed: number): Promise<string[]> {
  const taken = new Set(data.avoid?.map((p) => p.toLowerCase()));
  const prompts: string[] = [];
  for (let round = 0; prompts.length < count && round < 20; round++) {
    const candidates = await lexicon.propose(
      {
        initialPrompt: data.initialPrompt,
        history: data.history.map(toHistory),
        turnIndex: data.history.length,
        wordLimit: data.wordLimit,
        seed: seedFrom("scripted", seed, round),
      },
      { candidateCount: Math.max(25, count), categoryCount: 5 },
      NEVER,
    );
    for (const { prompt } of candidates) {
      const key = prompt.toLowerCase();
      if (prompts.length >= count || taken.has(key) || countWords(prompt) > data.wordLimit) continue;
      taken.add(key);
      prompts.push(prompt);
    }
  }
  return prompts;
}

function toHistory(turn: StudyData["history"][number]): HistoryTurn {
  return {
    turnIndex: turn.turn - 1,
    columns: turn.columns.map((c) => ({
      columnIndex: c.column - 1,
      prompt: c.prompt,
      category: c.category,
    })),
    chosenColumnIndex: turn.chosenColumn - 1,
    critique: turn.critique,
  };
}

export type Painter =
  | "swatch"
  | "sketch"
  | ((prompt: string, seed: number, sizePx: number) => Promise<Buffer>);

const models = { swatch: createSwatchModel(), sketch: createSketchModel() };

/** A PNG of the prompt, or something that is none. */
export async function paint(
  painter: Painter,
  request: { prompt: string; seed: number; sizePx: number },
  fault: FaultKind | null,
): Promise<Buffer> {
  if (fault === "not_an_image") return Buffer.from("<html><body>Out of memory</body></html>".repeat(20));
  if (fault === "bomb") return pixelBomb();
  const png =
    typeof painter === "function"
      ? await painter(request.prompt, request.seed, request.sizePx)
      : (await models[painter].render(request, NEVER)).bytes;
  return fault === "truncated" ? png.subarray(0, png.byteLength >> 1) : png;
}

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");

/** A valid PNG header of 40,000 × 40,000 pixels with next to no data. */
function pixelBomb(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(40_000, 0);
  header.writeUInt32BE(40_000, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(Buffer.alloc(1024 * 1024));
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The PNG with a text chunk after its header, as AUTOMATIC1111 writes prompt and seed into every picture. */
export function withText(png: Buffer, keyword: string, text: string): Buffer {
  const afterHeader = SIGNATURE.byteLength + 25;
  const note = chunk("tEXt", Buffer.from(`${keyword}\0${text}`, "latin1"));
  return Buffer.concat([png.subarray(0, afterHeader), note, png.subarray(afterHeader)]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.byteLength, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
