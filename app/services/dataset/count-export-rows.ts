/** Counts what an export would hold, by groups of trajectories that its rules treat alike. */
import { and, count, countDistinct, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import { exclusionOf, partsOf } from "../../../exporters/index.ts";
import { type AssignmentStatus, COMPLETED_STATUSES } from "../../domain/assignment.ts";
import { notFound } from "../../domain/errors.ts";
import type { ExportEstimate } from "../../domain/export-estimate.ts";
import type { ExportOptions, TableName } from "../../domain/export-options.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import type { ConsentScope, Source } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";

export interface ExportCounts
  extends Pick<ExportEstimate, "trajectories" | "complete" | "partial" | "raters" | "excluded" | "withheld"> {
  rows: Record<TableName, number>;
}

/** Trajectories that agree in everything that decides whether and how they are exported. */
interface Group {
  status: AssignmentStatus;
  source: Source;
  version: number;
  passes: number;
  consentVersion: number | null;
  scopes: string | null;
  withdrawn: number | null;
  trajectories: number;
  chosenTurns: number;
}

/** Throws NOT_FOUND. */
export async function countExportRows(
  ctx: ServiceContext,
  studyId: string,
  options: ExportOptions,
): Promise<ExportCounts> {
  const versions = await loadVersions(ctx, studyId);
  const { expressions, groups } = await loadGroups(ctx, studyId, options);
  const out = emptyCounts();
  const included: Group[] = [];
  for (const group of groups) {
    const settings = versions.get(group.version);
    if (!settings) continue;
    const trajectory = asTrajectory(group, settings);
    // Whether it passes the filters was told by the database.
    const { filters: _, ...rules } = options;
    const reason = exclusionOf(trajectory, rules) ?? (group.passes ? null : "filtered");
    if (reason !== null) out.excluded[reason] = (out.excluded[reason] ?? 0) + group.trajectories;
    else {
      included.push(group);
      addGroup(out, group, settings, partsOf(trajectory));
    }
  }
  out.raters = included.length === 0 ? 0 : await countRaters(ctx, studyId, expressions, included);
  out.rows.raters = out.raters;
  return out;
}

async function loadVersions(ctx: ServiceContext, studyId: string): Promise<Map<number, StudySettings>> {
  const { studies, studyVersions } = ctx.store.t;
  const [study] = await ctx.store.read
    .select({ id: studies.id })
    .from(studies)
    .where(eq(studies.id, studyId));
  if (!study) throw notFound("study");
  const rows = await ctx.store.read
    .select({ version: studyVersions.version, settings: studyVersions.settings })
    .from(studyVersions)
    .where(eq(studyVersions.studyId, studyId));
  return new Map(rows.map((row) => [row.version, row.settings]));
}

function groupExpressions(ctx: ServiceContext, options: ExportOptions) {
  const { trajectories: t, consents } = ctx.store.t;
  const { armIds, studyVersions, startedFromMs, startedBeforeMs } = options.filters;
  const list = (values: readonly (string | number)[]) =>
    sql.join(
      values.map((value) => sql`${value}`),
      sql`, `,
    );
  const tests: SQL[] = [
    ...(armIds ? [sql`${t.armId} in (${list(armIds)})`] : []),
    ...(studyVersions ? [sql`${t.studyVersion} in (${list(studyVersions)})`] : []),
    ...(startedFromMs !== null ? [sql`${t.startedAtMs} >= ${startedFromMs}`] : []),
    ...(startedBeforeMs !== null ? [sql`${t.startedAtMs} < ${startedBeforeMs}`] : []),
  ];
  // Literals where they can be: PostgreSQL takes the same expression with other parameter numbers for another one.
  const passes =
    tests.length === 0
      ? sql<number>`1`
      : sql<number>`case when ${sql.join(tests, sql` and `)} then 1 else 0 end`;
  return {
    status: sql<AssignmentStatus>`${t.assignmentStatus}`,
    source: sql<Source>`${t.source}`,
    version: sql<number>`${t.studyVersion}`,
    passes,
    consentVersion: sql<number | null>`${consents.consentVersion}`,
    scopes: sql<string | null>`cast(${consents.scopes} as text)`,
    withdrawn: sql<number | null>`case when ${consents.withdrawnAtMs} is null then 0 else 1 end`,
  };
}

async function loadGroups(ctx: ServiceContext, studyId: string, options: ExportOptions) {
  const { trajectories: t } = ctx.store.t;
  const expressions = groupExpressions(ctx, options);
  // Grouped outside, so that each expression with parameters is written once.
  const inner = ctx.store.read
    .select({ ...aliased(expressions), chosenTurns: sql<number>`${t.chosenTurns}`.as("turns_chosen") })
    .from(t)
    .leftJoin(ctx.store.t.consents, newestConsent(ctx))
    .where(eq(t.studyId, studyId))
    .as("considered");
  const keys = {
    status: inner.status,
    source: inner.source,
    version: inner.version,
    passes: inner.passes,
    consentVersion: inner.consentVersion,
    scopes: inner.scopes,
    withdrawn: inner.withdrawn,
  };
  const groups = await ctx.store.read
    .select({
      ...keys,
      trajectories: count(),
      chosenTurns: sql<number>`coalesce(sum(${inner.chosenTurns}), 0)`.mapWith(Number),
    })
    .from(inner)
    .groupBy(...Object.values(keys));
  return { expressions, groups: groups as Group[] };
}

function aliased(expressions: ReturnType<typeof groupExpressions>) {
  return {
    status: expressions.status.as("k_status"),
    source: expressions.source.as("k_source"),
    version: expressions.version.as("k_version"),
    passes: expressions.passes.as("k_passes"),
    consentVersion: expressions.consentVersion.as("k_consent"),
    scopes: expressions.scopes.as("k_scopes"),
    withdrawn: expressions.withdrawn.as("k_withdrawn"),
  };
}

/** The newest consent of the trajectory's rater to its study. */
function newestConsent(ctx: ServiceContext): SQL | undefined {
  const { trajectories: t, consents: c } = ctx.store.t;
  return and(
    eq(c.raterId, t.raterId),
    eq(c.studyId, t.studyId),
    sql`not exists (select 1 from ${c} newer where newer.rater_id = ${c.raterId} and newer.study_id = ${c.studyId}
      and newer.consent_version > ${c.consentVersion})`,
  );
}

/** A rater may be in several groups, so they are counted over all of them. */
async function countRaters(
  ctx: ServiceContext,
  studyId: string,
  expressions: ReturnType<typeof groupExpressions>,
  groups: readonly Group[],
): Promise<number> {
  const { trajectories: t, consents } = ctx.store.t;
  const keys = Object.keys(expressions) as (keyof typeof expressions)[];
  const isOfGroup = (group: Group) =>
    and(
      ...keys.map((key) =>
        group[key] === null ? isNull(expressions[key]) : eq(expressions[key], group[key]),
      ),
    );
  const [row] = await ctx.store.read
    .select({ n: countDistinct(t.raterId) })
    .from(t)
    .leftJoin(consents, newestConsent(ctx))
    .where(and(eq(t.studyId, studyId), or(...groups.map(isOfGroup))));
  return Number(row?.n ?? 0);
}

function asTrajectory(group: Group, settings: StudySettings) {
  const consent =
    group.consentVersion === null
      ? null
      : {
          version: group.consentVersion,
          scopes: JSON.parse(group.scopes ?? "[]") as ConsentScope[],
          withdrawn: group.withdrawn === 1,
        };
  return {
    status: group.status,
    source: group.source,
    consentAsked: (settings.optionalPhases ?? []).includes("consent"),
    rater: { id: "", pool: "", locale: "", consent, demographics: {}, names: [] },
  };
}

function addGroup(
  out: ExportCounts,
  { status, trajectories: n, chosenTurns }: Group,
  settings: StudySettings,
  parts: ReturnType<typeof partsOf>,
): void {
  const { horizon, columnCount, imagesPerColumn } = settings;
  const isComplete = (COMPLETED_STATUSES as readonly AssignmentStatus[]).includes(status);
  out.trajectories += n;
  out[isComplete ? "complete" : "partial"] += n;
  for (const part of ["freeText", "images", "demographics"] as const)
    if (!parts[part]) out.withheld[part] += n;
  const turns = isComplete ? n * horizon : chosenTurns;
  const { rows } = out;
  rows.trajectories += n;
  rows.turns += turns;
  rows.columns += turns * columnCount;
  rows.images += parts.images ? turns * columnCount * imagesPerColumn : 0;
  rows.candidates += turns * settings.candidateCount;
  rows.choices += turns;
  rows.steps += turns + n;
  const pairs = isComplete ? n * ((horizon * columnCount * (columnCount - 1)) / 2 + horizon - 1) : 0;
  rows.preferences += pairs;
  rows.preferences_trl += parts.freeText ? pairs : 0;
  rows.prompts_trl += parts.freeText ? n : 0;
}

function emptyCounts(): ExportCounts {
  return {
    trajectories: 0,
    complete: 0,
    partial: 0,
    raters: 0,
    excluded: {},
    withheld: { freeText: 0, images: 0, demographics: 0 },
    rows: {
      trajectories: 0,
      turns: 0,
      columns: 0,
      images: 0,
      candidates: 0,
      raters: 0,
      preferences: 0,
      choices: 0,
      steps: 0,
      preferences_trl: 0,
      prompts_trl: 0,
    },
  };
}
