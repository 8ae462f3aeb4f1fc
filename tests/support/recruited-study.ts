/** A study that recruits by a link, made in the database of a running application. */
import { randomBytes, randomInt } from "node:crypto";
import { consentSchema, recruitmentSchema } from "../../app/domain/study-parts.ts";
import { defaultStudySettings, type StudySettings } from "../../app/domain/study-settings.ts";
import { createRecruitmentLink } from "../../app/services/recruitment/create-recruitment-link.server.ts";
import { createStudy } from "../../app/services/study/create-study.server.ts";
import { setStudyStatus } from "../../app/services/study/set-study-status.server.ts";
import { openStore } from "../../db/store.ts";
import type { TestApp } from "./app.ts";
import { createPerson, createTestContext } from "./context.ts";
import { newSubmission } from "./session.ts";

export const PANEL = "https://panel.example";

/** Two short turns, with consent, questions and practice before them. */
export async function recruitedStudy(
  app: TestApp,
  overrides: Partial<StudySettings> = {},
  link: { kind: "prolific" | "generic" } = { kind: "prolific" },
): Promise<{ studyId: string; slug: string; name: string }> {
  const store = await openStore(app.databaseUrl);
  try {
    const { ctx } = createTestContext(store, {
      now: () => Date.now(),
      newId: (prefix) => `${prefix}_${randomBytes(12).toString("hex")}`,
      newSeed: () => randomInt(0, 2_000_000_000),
    });
    const coordinator = await createPerson(ctx, "coordinator");
    const name = `Pictures ${newSubmission().slice(0, 6)}`;
    const { studyId } = await createStudy(ctx, coordinator, {
      name,
      settings: {
        ...defaultStudySettings(),
        horizon: 2,
        imageSizePx: 256,
        optionalPhases: ["consent", "about_you", "practice"],
        consent: consentSchema.parse({
          text: "We keep what you choose.\n\nYou can stop at any time.",
          scopes: [
            { scope: "research_internal", required: true },
            { scope: "public_release", required: false },
          ],
        }),
        aboutYouQuestions: ["age_band", "art_experience"],
        recruitment: recruitmentSchema.parse({
          completedUrl: `${PANEL}/done?cc={code}&pid={pid}&session={session}`,
          screenedOutUrl: `${PANEL}/out?pid={pid}`,
          studyFullUrl: `${PANEL}/full?pid={pid}`,
        }),
        payPerTrajectoryCents: 250,
        ...overrides,
      },
      submissionId: newSubmission(),
    });
    await setStudyStatus(ctx, coordinator, { studyId, action: "publish", submissionId: newSubmission() });
    const { slug } = await createRecruitmentLink(ctx, coordinator, {
      studyId,
      kind: link.kind,
      pool: "",
      maxRaters: "",
      trustsIds: false,
      submissionId: newSubmission(),
    });
    return { studyId, slug, name };
  } finally {
    await store.close();
  }
}

/** The address under which Prolific sends a participant. */
export function prolificArrival(slug: string, pid: string): string {
  return `/join/${slug}?PROLIFIC_PID=${pid}&STUDY_ID=64aa0c11d0&SESSION_ID=${pid}5e55`;
}
