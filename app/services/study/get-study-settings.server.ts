import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { StudyAction, StudyStatus } from "../../domain/study.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import type { ServiceContext } from "../context.ts";
import { getStudyState } from "./get-study-state.server.ts";

export interface AgentChoice {
  id: string;
  label: string;
}

export interface StudySettingsView {
  studyId: string;
  name: string;
  status: StudyStatus;
  /** Published version; 0 = never published. */
  version: number;
  draft: StudySettings;
  /** Null before the first publication. */
  published: StudySettings | null;
  hasUnpublishedChanges: boolean;
  actions: StudyAction[];
  /** What this server can run. */
  choices: {
    generators: AgentChoice[];
    selectors: AgentChoice[];
    /** Models that can write a slate's prompts themselves. */
    directSlates: AgentChoice[];
    t2iModels: AgentChoice[];
  };
}

/** The draft of a study and the agents and models that it may name. */
export async function getStudySettings(
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string },
): Promise<StudySettingsView> {
  assertCapability(actor, "study.read");
  const { study, draft, published, hasUnpublishedChanges, actions } = await getStudyState(
    ctx,
    ctx.store.read,
    args.studyId,
  );
  return {
    studyId: study.id,
    name: study.name,
    status: study.status,
    version: study.currentVersion,
    draft,
    published,
    hasUnpublishedChanges,
    actions,
    choices: {
      generators: [...ctx.generators.values()].map(({ id }) => ({ id, label: id })),
      selectors: [...ctx.selectors.values()].map(({ id }) => ({ id, label: id })),
      directSlates: [...ctx.directSlates.values()].map(({ id }) => ({ id, label: id })),
      t2iModels: [...ctx.t2iModels.values()].map(({ id, label }) => ({ id, label })),
    },
  };
}
