import type { TurnView } from "../../domain/rater-views.ts";
import type { FormFailure } from "../rater/offline-failure.ts";
import { WorkSession } from "../rater/work-session.tsx";
import { ChoiceForm } from "./choice-form.tsx";
import { ChosenTurn } from "./chosen-turn.tsx";
import { FailedTurn } from "./failed-turn.tsx";
import { Generating } from "./generating.tsx";

export interface TurnPageProps {
  view: TurnView;
  submissionId: string;
  error: FormFailure["error"] | null;
}

/** One turn in the state in which it is. */
export function TurnPage(props: TurnPageProps) {
  const { assignmentId, turnNumber, status } = props.view;
  return (
    <>
      {status !== "ready" && (
        <WorkSession
          assignmentId={assignmentId}
          phase="interaction"
          turnNumber={turnNumber}
          waiting={status === "proposing" || status === "rendering"}
        />
      )}
      <TurnInItsState {...props} />
    </>
  );
}

function TurnInItsState({ view, submissionId, error }: TurnPageProps) {
  switch (view.status) {
    case "proposing":
    case "rendering":
      return <Generating view={view} />;
    case "failed":
      return <FailedTurn view={view} submissionId={submissionId} error={error} />;
    case "ready":
      return <ChoiceForm view={view} submissionId={submissionId} error={error} />;
    case "chosen":
      return <ChosenTurn view={view} />;
  }
}
