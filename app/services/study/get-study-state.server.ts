import { and, eq } from "drizzle-orm";
import type { Schema } from "../../../db/schema/index.ts";
import { notFound } from "../../domain/errors.ts";
import type { StudyStatus } from "../../domain/study.ts";
import { type StudyAction, studyActions } from "../../domain/study.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import type { AnyReader, ServiceContext } from "../context.ts";
import { readSettings, sameSettings } from "./stored-settings.ts";

type StudyRecord = Schema["studies"]["$inferSelect"];

export interface StudyState {
  study: StudyRecord;
  draft: StudySettings;
  /** Null before the first publication. */
  published: StudySettings | null;
  /** What runs now: the published settings, or the draft when there are none. */
  settings: StudySettings;
  hasUnpublishedChanges: boolean;
  actions: StudyAction[];
}

/** A study with its draft and its published settings. Throws NOT_FOUND. */
export async function getStudyState(
  ctx: ServiceContext,
  reader: AnyReader,
  studyId: string,
): Promise<StudyState> {
  const { studies, studyVersions } = ctx.store.t;
  const [row] = await reader
    .select({ study: studies, publishedSettings: studyVersions.settings })
    .from(studies)
    .leftJoin(
      studyVersions,
      and(eq(studyVersions.studyId, studies.id), eq(studyVersions.version, studies.currentVersion)),
    )
    .where(eq(studies.id, studyId));
  if (!row) throw notFound("study");
  const draft = readSettings(row.study.draftSettings);
  const published = row.publishedSettings === null ? null : readSettings(row.publishedSettings);
  const hasUnpublishedChanges = published === null || !sameSettings(draft, published);
  return {
    study: row.study,
    draft,
    published,
    settings: published ?? draft,
    hasUnpublishedChanges,
    actions: actionsOf(row.study.status, hasUnpublishedChanges),
  };
}

/** Running studies can also publish: a changed draft becomes the version of the next assignments. */
function actionsOf(status: StudyStatus, hasUnpublishedChanges: boolean): StudyAction[] {
  const actions = studyActions(status);
  const running = status === "open" || status === "paused";
  return running && hasUnpublishedChanges ? ["publish", ...actions] : actions;
}
