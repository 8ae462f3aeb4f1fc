import { CirclePause, CirclePlay, CircleStop, Rocket, RotateCcw } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Form, useLocation, useNavigation } from "react-router";
import { Button, type ButtonVariant } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { paths } from "../../domain/paths.ts";
import type { StudyAction } from "../../domain/study.ts";
import { ChangesList } from "./changes-list.tsx";
import type { SettingsChange } from "./settings-changes.ts";

interface Look {
  label: string;
  icon: ReactNode;
  variant: ButtonVariant;
  /** Asked before it is done. */
  question: string;
  consequence: (study: ActionStudy) => string;
}

interface ActionStudy {
  studyId: string;
  version: number;
  status: string;
}

const LOOKS: Record<StudyAction, Look> = {
  publish: {
    label: "Publish",
    icon: <Rocket className="size-4" />,
    variant: "primary",
    question: "Publish this study?",
    consequence: ({ version, status }) =>
      version === 0
        ? "The settings are frozen as version 1, and the raters of this study can start at once."
        : `The draft is frozen as version ${version + 1} and counts for every task that starts from now on. Raters at work keep the version they began with.${
            status === "paused" ? " The study stays paused." : ""
          }`,
  },
  pause: {
    label: "Pause",
    icon: <CirclePause className="size-4" />,
    variant: "secondary",
    question: "Pause this study?",
    consequence: () => "Nobody can start a new task until you resume. Raters at work can finish.",
  },
  resume: {
    label: "Resume",
    icon: <CirclePlay className="size-4" />,
    variant: "primary",
    question: "Resume this study?",
    consequence: () => "Raters can start new tasks again.",
  },
  close: {
    label: "Close",
    icon: <CircleStop className="size-4" />,
    variant: "secondary",
    question: "Close this study?",
    consequence: () =>
      "Nobody can start a new task. Raters at work can finish, all data is kept, and you can reopen the study later.",
  },
  reopen: {
    label: "Reopen",
    icon: <RotateCcw className="size-4" />,
    variant: "secondary",
    question: "Reopen this study?",
    consequence: () => "Raters can start new tasks again, with the settings of the published version.",
  },
};

/**
 * Buttons that change a study's status. Each asks first; with scripts off a button acts at once, and the server
 * still refuses what is not allowed.
 */
export function StatusActions({
  study,
  changes,
  actions,
  submissionId,
}: {
  study: ActionStudy;
  /** What publishing would change; empty before the first publication. */
  changes: readonly SettingsChange[];
  actions: readonly StudyAction[];
  submissionId: string;
}) {
  const [asked, setAsked] = useState<StudyAction | null>(null);
  const navigation = useNavigation();
  const running = navigation.state === "idle" ? null : navigation.formData?.get("intent");
  const look = asked && LOOKS[asked];
  return (
    <>
      {actions.map((action) => (
        <ActionForm key={action} study={study} action={action} submissionId={submissionId}>
          <Button
            type="submit"
            variant={LOOKS[action].variant}
            icon={LOOKS[action].icon}
            pending={running === action}
            onClick={(event) => {
              event.preventDefault();
              setAsked(action);
            }}
          >
            {action === "publish" && study.version > 0 ? "Publish changes" : LOOKS[action].label}
          </Button>
        </ActionForm>
      ))}
      <Dialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        title={look?.question ?? ""}
        footer={
          asked &&
          look && (
            <>
              <Button type="button" variant="ghost" onClick={() => setAsked(null)}>
                Cancel
              </Button>
              <ActionForm
                study={study}
                action={asked}
                submissionId={submissionId}
                onSubmit={() => setAsked(null)}
              >
                <Button type="submit" variant={asked === "close" ? "danger" : "primary"} icon={look.icon}>
                  {look.label}
                </Button>
              </ActionForm>
            </>
          )
        }
      >
        <p className="text-muted">{look?.consequence(study)}</p>
        {asked === "publish" && changes.length > 0 && (
          <div className="mt-4">
            <h3 className="mb-2 font-semibold">What changes</h3>
            <ChangesList changes={changes} />
          </div>
        )}
      </Dialog>
    </>
  );
}

function ActionForm(props: {
  study: ActionStudy;
  action: StudyAction;
  submissionId: string;
  onSubmit?: () => void;
  children: ReactNode;
}) {
  const { pathname } = useLocation();
  return (
    <Form
      method="post"
      action={paths.study(props.study.studyId)}
      onSubmit={props.onSubmit}
      preventScrollReset
    >
      <input type="hidden" name="intent" value={props.action} />
      <input type="hidden" name="next" value={pathname} />
      <input type="hidden" name="submissionId" value={`${props.submissionId}-${props.action}`} />
      {props.children}
    </Form>
  );
}
