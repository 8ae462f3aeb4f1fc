import { z } from "zod";
import { type CallParameters, ProviderError, type ReportCall } from "../../domain/provider-call.ts";
import { seedFrom } from "../../domain/random.ts";
import {
  type AgentInput,
  type Candidate,
  type CandidateGenerator,
  DIRECT_SLATE_CATEGORY,
  type DirectSlateAgent,
} from "../port.ts";
import { chosenImageParts } from "./chosen-images.ts";
import { createHarvest, type Harvest } from "./harvest.ts";
import { CANDIDATE_INSTRUCTIONS, DIRECT_SLATE_INSTRUCTIONS, INSTRUCTIONS_REVISION } from "./instructions.ts";
import type { LanguageModel, ReadAnswer } from "./model.ts";
import { type Ask, studyData } from "./study-data.ts";

/** Calls for one slate: the answer, and one more for what was wrong with it. */
const MAX_CALLS = 2;

// Bounds on counts stay out of the schemas: services refuse large ones. The harvest counts.
const categoriesSchema = z.object({
  categories: z
    .array(
      z.object({
        name: z.string().describe("Name of the category, one to four words"),
        kind: z.enum(["generic", "specific"]).describe("Whether it fits any prompt or this one only"),
        prompts: z.array(z.string()).describe("Prompts of this category"),
      }),
    )
    .describe("One entry for each category that was asked for"),
});
const promptsSchema = z.object({
  prompts: z.array(z.string()).describe("As many prompts as were asked for"),
});
/** What is read: more forgiving than what is asked for. */
const readableCategories = z.object({
  categories: z.array(
    z.object({ name: z.string(), kind: z.string().optional(), prompts: z.array(z.string()).max(1000) }),
  ),
});
const readablePrompts = z.object({ prompts: z.array(z.string()).max(1000) });

/** The candidate generator of the paper: a multimodal model that sees the whole history (section 6.1). */
export function createLanguageModelGenerator(model: LanguageModel): CandidateGenerator {
  return {
    id: model.id,
    version: versionOf(model),
    propose: (input, size, signal, report) =>
      ask(model, input, signal, report, {
        system: CANDIDATE_INSTRUCTIONS,
        schema: jsonSchema(categoriesSchema),
        harvest: createHarvest({ ...size, wordLimit: input.wordLimit }),
        askFor: (harvest) => ({ categories: harvest.missing(), avoid: harvest.kept() }),
        read(text, harvest) {
          const answer = readableCategories.parse(JSON.parse(text));
          harvest.add(answer.categories);
          const specific = answer.categories.filter(({ kind }) => kind === "specific").length;
          return { specificCategories: specific };
        },
      }),
  };
}

/** The distilled agent of the paper's live study: one model writes the columns itself (appendix E). */
export function createLanguageModelDirectSlate(model: LanguageModel): DirectSlateAgent {
  return {
    id: model.id,
    version: versionOf(model),
    proposeSlate: (input, columnCount, signal, report) =>
      ask(model, input, signal, report, {
        system: DIRECT_SLATE_INSTRUCTIONS,
        schema: jsonSchema(promptsSchema),
        harvest: createHarvest({
          candidateCount: columnCount,
          categoryCount: 1,
          wordLimit: input.wordLimit,
        }),
        askFor: (harvest) => ({
          categories: null,
          prompts: harvest.missing()[0]?.prompts ?? columnCount,
          avoid: harvest.kept(),
        }),
        read(text, harvest) {
          const { prompts } = readablePrompts.parse(JSON.parse(text));
          harvest.add([{ name: DIRECT_SLATE_CATEGORY, prompts }]);
          return {};
        },
      }),
  };
}

/** Without the name of the dialect, which some services do not know. */
function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema);
  return rest;
}

function versionOf(model: LanguageModel): string {
  return `${model.model}+${INSTRUCTIONS_REVISION}`;
}

interface Task {
  system: string;
  schema: Record<string, unknown>;
  harvest: Harvest;
  askFor(harvest: Harvest): Ask;
  /** Puts the answer into the harvest; throws when it is not what the schema says. */
  read(text: string, harvest: Harvest): CallParameters;
}

/** Asks, and asks once more for what was missing or unusable. */
async function ask(
  model: LanguageModel,
  input: AgentInput,
  signal: AbortSignal,
  report: ReportCall | undefined,
  task: Task,
): Promise<Candidate[]> {
  const { harvest } = task;
  const images = await chosenImageParts(input, model.maxImages);
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt === MAX_CALLS;
    const request = {
      system: task.system,
      parts: [
        { text: studyData(input, task.askFor(harvest)) },
        ...images.parts,
        { text: "Write the JSON now." },
      ],
      schema: task.schema,
      seed: seedFrom("language-model", input.seed, attempt),
      parameters: { attempt, images: images.imageCount, wordLimit: input.wordLimit },
    };
    try {
      return await model.complete(request, (text) => readInto(model, task, text, isLast), signal, report);
    } catch (error) {
      if (isLast || !(error instanceof ProviderError) || error.fault !== "malformed") throw error;
    }
  }
}

function readInto(model: LanguageModel, task: Task, text: string, isLast: boolean): ReadAnswer<Candidate[]> {
  const { harvest } = task;
  const droppedBefore = harvest.dropped;
  let parameters: CallParameters = {};
  let message = "the answer is not JSON of the schema";
  try {
    parameters = task.read(unfenced(text), harvest);
    message = `the answer has ${harvest.kept().length} usable prompts; more are needed`;
  } catch {
    // Told by the message; what the model wrote is not quoted.
  }
  const taken = harvest.take(isLast);
  parameters = {
    ...parameters,
    usablePrompts: harvest.kept().length,
    droppedPrompts: harvest.dropped - droppedBefore,
    ...(taken && taken.shortened > 0 ? { shortenedPrompts: taken.shortened } : {}),
  };
  if (taken) return { value: taken.candidates, parameters };
  return { value: null, error: new ProviderError(model.id, "malformed", message), parameters };
}

/** Models without structured output put JSON into a fence, or behind their thoughts. */
function unfenced(text: string): string {
  const fence = /```(?:json)?\s*([\s\S]*?)```/.exec(text);
  if (fence) return fence[1] as string;
  const thought = text.lastIndexOf("</think>");
  return thought === -1 ? text : text.slice(thought + "</think>".length);
}
