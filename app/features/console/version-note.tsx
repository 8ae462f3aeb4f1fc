import { Alert } from "../../components/alert.tsx";
import type { StudyStatus } from "../../domain/study.ts";

/** Says which settings run now, and what saving does. */
export function VersionNote({
  view: { version, status, hasUnpublishedChanges },
}: {
  view: { version: number; status: StudyStatus; hasUnpublishedChanges: boolean };
}) {
  if (version === 0) {
    return (
      <Alert>
        This study was never published. Publishing freezes these settings as version 1, and raters can start.
      </Alert>
    );
  }
  const next = `version ${version + 1}`;
  return (
    <Alert tone={hasUnpublishedChanges ? "warning" : "info"} live={false}>
      Published version {version} is frozen; saving changes the draft.{" "}
      {hasUnpublishedChanges
        ? status === "closed"
          ? `The draft differs from it: reopen the study, then publish to make ${next}.`
          : `The draft differs from it: publish to make ${next}.`
        : `Publish a changed draft to make ${next}.`}
    </Alert>
  );
}
