import type { Phase } from "./phase.ts";

/** Ids come from addresses too, and may hold anything there. */
const id = encodeURIComponent;

/** Where each thing lives. The only place that knows the shape of URLs. */
export const paths = {
  raterHome: () => "/rate",
  session: (assignmentId: string) => `/rate/${id(assignmentId)}`,
  consent: (assignmentId: string) => `/rate/${id(assignmentId)}/consent`,
  aboutYou: (assignmentId: string) => `/rate/${id(assignmentId)}/about-you`,
  practice: (assignmentId: string) => `/rate/${id(assignmentId)}/practice`,
  /** For someone who leaves before the work is done. */
  left: (assignmentId: string) => `/rate/${id(assignmentId)}/left`,
  /** The rater's own data. */
  yourData: () => "/rate/me",
  join: (slug: string) => `/join/${id(slug)}`,
  personalLink: (token: string) => `/continue/${id(token)}`,
  instructions: (assignmentId: string) => `/rate/${id(assignmentId)}/instructions`,
  prompt: (assignmentId: string) => `/rate/${id(assignmentId)}/prompt`,
  /** 1-based turn number. */
  turn: (assignmentId: string, turnNumber: number) => `/rate/${id(assignmentId)}/turns/${turnNumber}`,
  turnProgress: (assignmentId: string, turnNumber: number) =>
    `/rate/${id(assignmentId)}/turns/${turnNumber}/progress`,
  turnEvents: (assignmentId: string, turnNumber: number) =>
    `/rate/${id(assignmentId)}/turns/${turnNumber}/events`,
  hideImage: (assignmentId: string) => `/rate/${id(assignmentId)}/hidden-images`,
  evaluation: (assignmentId: string, turnNumber: number) =>
    `/rate/${id(assignmentId)}/evaluation/${turnNumber}`,
  review: (assignmentId: string) => `/rate/${id(assignmentId)}/review`,
  done: (assignmentId: string) => `/rate/${id(assignmentId)}/done`,
  drafts: (assignmentId: string) => `/rate/${id(assignmentId)}/drafts`,
  writer: (assignmentId: string) => `/rate/${id(assignmentId)}/writer`,
  problems: (assignmentId: string) => `/rate/${id(assignmentId)}/problems`,
  image: (imageId: string) => `/images/${id(imageId)}`,
  /** Every pixel of it, for its rater. */
  fullImage: (imageId: string) => `/images/${id(imageId)}/full`,
  originalImage: (imageId: string) => `/images/${id(imageId)}/original`,
  console: () => "/console",
  health: () => "/console/health",
  newStudy: () => "/console/studies/new",
  study: (studyId: string) => `/console/studies/${id(studyId)}`,
  studySettings: (studyId: string) => `/console/studies/${id(studyId)}/settings`,
  studyLinks: (studyId: string) => `/console/studies/${id(studyId)}/links`,
  studyRaters: (studyId: string) => `/console/studies/${id(studyId)}/raters`,
  importInvitations: (studyId: string) => `/console/studies/${id(studyId)}/raters/import`,
  /** Makes a file of the links that are posted to it. */
  invitationLinks: (studyId: string) => `/console/studies/${id(studyId)}/raters/links.csv`,
  studyTrajectories: (studyId: string) => `/console/studies/${id(studyId)}/trajectories`,
  studyAssignments: (studyId: string) => `/console/studies/${id(studyId)}/assignments`,
  actOnAssignments: (studyId: string) => `/console/studies/${id(studyId)}/assignments/act`,
  offerAssignments: (studyId: string) => `/console/studies/${id(studyId)}/assignments/offer`,
  audit: () => "/console/audit",
  studyAllocation: (studyId: string) => `/console/studies/${id(studyId)}/allocation`,
  studyProblems: (studyId: string) => `/console/studies/${id(studyId)}/problems`,
  trajectory: (trajectoryId: string) => `/console/trajectories/${id(trajectoryId)}`,
  data: () => "/data",
  dataStudy: (studyId: string) => `/data/studies/${id(studyId)}`,
  /** Free text to be decided about before it leaves the team. */
  dataTexts: (studyId: string) => `/data/studies/${id(studyId)}/texts`,
  dataTrajectory: (trajectoryId: string) => `/data/trajectories/${id(trajectoryId)}`,
  exportFile: (exportId: string, name: string) => `/data/exports/${id(exportId)}/files/${id(name)}`,
  dataExports: (studyId: string) => `/data/studies/${id(studyId)}/exports`,
  /** `from` = begin with the options of that export. */
  newExport: (studyId: string, from?: string) =>
    `/data/studies/${id(studyId)}/exports/new${from === undefined ? "" : `?from=${id(from)}`}`,
  dataExport: (exportId: string) => `/data/exports/${id(exportId)}`,
  exportArchive: (exportId: string, format: "zip" | "tar") =>
    `/data/exports/${id(exportId)}/archive/${format}`,
  apiDocs: () => "/api/docs",
  openApi: () => "/api/v1/openapi.json",
  consoleApiKeys: () => "/console/api-keys",
  dataApiKeys: () => "/data/api-keys",
  studyWebhooks: (studyId: string) => `/console/studies/${id(studyId)}/webhooks`,
  studyWebhook: (studyId: string, webhookId: string) =>
    `/console/studies/${id(studyId)}/webhooks/${id(webhookId)}`,
  signIn: (next?: string) => (next ? `/sign-in?next=${encodeURIComponent(next)}` : "/sign-in"),
  invitation: (token: string) => `/invite/${id(token)}`,
} as const;

/** The page a rater belongs on now. After the last choice the rater is still shown the last turn. */
export function phasePath(session: {
  assignmentId: string;
  phase: Phase;
  chosenTurns: number;
  horizon: number;
}): string {
  const { assignmentId, phase, chosenTurns, horizon } = session;
  switch (phase) {
    case "consent":
      return paths.consent(assignmentId);
    case "about_you":
      return paths.aboutYou(assignmentId);
    case "practice":
      return paths.practice(assignmentId);
    case "instructions":
      return paths.instructions(assignmentId);
    case "prompt":
      return paths.prompt(assignmentId);
    case "interaction":
      return paths.turn(assignmentId, Math.min(chosenTurns + 1, horizon));
    case "evaluation":
      return paths.evaluation(assignmentId, 1);
    case "done":
      return paths.done(assignmentId);
  }
}
