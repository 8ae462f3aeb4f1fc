import { Link } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { paths } from "../../domain/paths.ts";

/** Said where every arm of the running version is paused: raters come in, and none of them can begin. */
export function AllArmsPaused({ studyId }: { studyId: string }) {
  return (
    <Alert tone="warning" title="Every arm is paused">
      Raters can take a task, but none of them gets images: whoever hands in a prompt is told to come back
      later. Open an arm on the <Link to={paths.studyAllocation(studyId)}>allocation page</Link>, or pause the
      study.
    </Alert>
  );
}
