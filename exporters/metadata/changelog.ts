import { builtOn, type MetadataContext } from "./context.ts";

/** CHANGELOG.md: counts only, so that nobody can be told from what was taken out. */
export function changelogText(context: MetadataContext): string {
  const { info, counts } = context;
  const listed = info.changes.some(({ version }) => version === info.version);
  const current = {
    version: info.version,
    date: builtOn(context),
    text: `${counts.trajectories} trajectories of ${counts.raters} raters.`,
  };
  const entries = listed ? info.changes : [current, ...info.changes];
  return [
    "# Changelog",
    "",
    "MAJOR: rows were taken out or their meaning changed. MINOR: rows or columns were added. PATCH: documentation.",
    "",
    ...entries.flatMap(({ version, date, text }) => [`## ${version} (${date})`, "", text, ""]),
  ].join("\n");
}
