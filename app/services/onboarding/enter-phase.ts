import { and, eq, isNull } from "drizzle-orm";
import { isAboutYouAsked } from "../../domain/about-you.ts";
import { OPTIONAL_PHASES, type OptionalPhase, type Phase, phasesOf } from "../../domain/phase.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import type { AnyReader, ServiceContext } from "../context.ts";

export interface EnterPhaseArgs {
  studyId: string;
  raterId: string;
  settings: StudySettings;
}

/**
 * The phase in which a rater really stands when their turn comes to `phase`: consent that was given to this version,
 * questions that were asked and a practice that was done in this study are not asked for again.
 */
export async function enterPhase(
  ctx: ServiceContext,
  reader: AnyReader,
  phase: Phase,
  args: EnterPhaseArgs,
): Promise<Phase> {
  const order = phasesOf(args.settings.optionalPhases);
  let at = order.indexOf(phase);
  while (isOptional(order[at]) && (await IS_DONE[order[at] as OptionalPhase](ctx, reader, args))) at += 1;
  return order[at] ?? phase;
}

/** The phase in which a new trajectory begins. */
export function startingPhase(ctx: ServiceContext, reader: AnyReader, args: EnterPhaseArgs): Promise<Phase> {
  return enterPhase(ctx, reader, phasesOf(args.settings.optionalPhases)[0] ?? "instructions", args);
}

function isOptional(phase: Phase | undefined): boolean {
  return (OPTIONAL_PHASES as readonly (Phase | undefined)[]).includes(phase);
}

type IsDone = (ctx: ServiceContext, reader: AnyReader, args: EnterPhaseArgs) => Promise<boolean>;

const IS_DONE: Record<OptionalPhase, IsDone> = {
  async consent(ctx, reader, { studyId, raterId, settings }) {
    const { consents } = ctx.store.t;
    const [given] = await reader
      .select({ id: consents.id })
      .from(consents)
      .where(
        and(
          eq(consents.raterId, raterId),
          eq(consents.studyId, studyId),
          eq(consents.consentVersion, settings.consent.version),
          isNull(consents.withdrawnAtMs),
        ),
      );
    return given !== undefined;
  },
  async about_you(ctx, reader, { raterId, settings }) {
    const { raterProfiles } = ctx.store.t;
    const [profile] = await reader.select().from(raterProfiles).where(eq(raterProfiles.raterId, raterId));
    return isAboutYouAsked(settings.aboutYouQuestions, profile?.answers ?? {});
  },
  async practice(ctx, reader, { studyId, raterId }) {
    const { events } = ctx.store.t;
    const [finished] = await reader
      .select({ id: events.id })
      .from(events)
      .where(
        and(eq(events.studyId, studyId), eq(events.raterId, raterId), eq(events.type, "practice.finished")),
      )
      .limit(1);
    return finished !== undefined;
  },
};
