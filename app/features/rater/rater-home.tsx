import { Inbox, Play } from "lucide-react";
import type { ReactNode } from "react";
import { Form, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { plural } from "../../components/format.ts";
import { PageHeader } from "../../components/page-header.tsx";
import type { AvailableWork, RaterHomeView } from "../../domain/rater-views.ts";
import { History } from "./home-history.tsx";
import { Offer } from "./home-offer.tsx";
import { InProgress } from "./home-progress.tsx";
import { payText } from "./pay-text.ts";
import { RefusalNote } from "./refusal-note.tsx";

export interface RaterHomeProps {
  home: RaterHomeView;
  firstName: string;
  submissionId: string;
  error: string | null;
}

/** Where a rater starts: what is under way or offered, what can be started or why nothing can, what is done. */
export function RaterHome({ home, firstName, submissionId, error }: RaterHomeProps) {
  const { available, offers, inProgress, history, earnings } = home;
  const isBusy = inProgress.length > 0 || offers.length > 0;
  return (
    <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-7 px-4 py-8 sm:px-6">
      <div>
        <PageHeader
          title={firstName ? `Hello, ${firstName}` : "Your work"}
          description="Describe something you would like to see, choose the images you like best, and help image generators learn what people mean."
        />
        {error && <Alert tone="danger">{error}</Alert>}
      </div>
      {inProgress.length > 0 && (
        <Section title="In progress">
          {inProgress.map((row) => (
            <InProgress key={row.assignmentId} row={row} submissionId={submissionId} />
          ))}
        </Section>
      )}
      {offers.length > 0 && (
        <Section title="Offered to you">
          {offers.map((row) => (
            <Offer key={row.assignmentId} row={row} submissionId={submissionId} />
          ))}
        </Section>
      )}
      <Section title="Available">
        {available.map((work) => (
          <Available key={work.studyId} work={work} submissionId={submissionId} />
        ))}
        {available.length === 0 && (
          <Card>
            <EmptyState
              icon={<Inbox />}
              title={isBusy ? "Nothing else to start" : "There is no work for you right now"}
            >
              {isBusy
                ? "Finish what you have first; new tasks appear here."
                : "You see the studies to which you were invited. New ones appear here by themselves."}
            </EmptyState>
          </Card>
        )}
      </Section>
      {history.length > 0 && (
        <Section title="History">
          <History rows={history} earnings={earnings} />
        </Section>
      )}
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 className="text-sm font-semibold text-muted">{title}</h2>
      {children}
    </section>
  );
}

function Available({ work, submissionId }: { work: AvailableWork; submissionId: string }) {
  const navigation = useNavigation();
  const pending = navigation.state !== "idle" && navigation.formData?.get("studyId") === work.studyId;
  const facts = [
    `About ${work.expectedMinutes} min`,
    payText(work),
    ...(work.refusal ? [] : [`${plural(work.placesLeft, "place")} left`]),
  ];
  return (
    <Card>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h3 className="font-semibold">{work.studyName}</h3>
          <p className="text-sm text-muted tabular-nums">{facts.join(" · ")}</p>
          {work.refusal && (
            <p className="mt-1 text-sm font-medium">
              <RefusalNote refusal={work.refusal} />
            </p>
          )}
        </div>
        {!work.refusal && (
          <Form method="post">
            <input type="hidden" name="intent" value="start" />
            <input type="hidden" name="studyId" value={work.studyId} />
            <input type="hidden" name="submissionId" value={`${submissionId}-${work.studyId.slice(-8)}`} />
            <Button type="submit" variant="primary" pending={pending} icon={<Play className="size-4" />}>
              Start
            </Button>
          </Form>
        )}
      </div>
    </Card>
  );
}
