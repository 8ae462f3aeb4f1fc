import { Form, useSearchParams } from "react-router";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Select } from "../../components/inputs.tsx";
import { ASSIGNMENT_STATUSES } from "../../domain/assignment.ts";
import { paths } from "../../domain/paths.ts";
import { PHASES } from "../../domain/phase.ts";
import { phaseText } from "./phase-text.ts";
import { ATTENTIONS } from "./work-filter.ts";

/** Narrows the list of assignments; the review queue is one click away. */
export function WorkFilterBar({ studyId, filtered }: { studyId: string; filtered: boolean }) {
  const [params] = useSearchParams();
  const rater = params.get("rater");
  return (
    <Form
      method="get"
      key={params.toString()}
      aria-label="Filter"
      className="flex flex-wrap items-end gap-3 border-b px-5 py-3"
    >
      <Select
        label="Status"
        name="status"
        placeholder="All"
        defaultValue={params.get("status") ?? ""}
        options={ASSIGNMENT_STATUSES.map((value) => ({ value, label: capitalised(value) }))}
        className="w-36"
      />
      <Select
        label="Phase"
        name="phase"
        placeholder="All"
        defaultValue={params.get("phase") ?? ""}
        options={PHASES.map((phase) => ({
          value: phase,
          label: phase === "interaction" ? "Interaction" : phaseText({ phase, chosenTurns: 0 }),
        }))}
        className="w-44"
      />
      <Select
        label="Needs a look"
        name="attention"
        placeholder="All"
        defaultValue={params.get("attention") ?? ""}
        options={ATTENTIONS.map((value) => ({ value, label: capitalised(value) }))}
        className="w-32"
      />
      {rater && <input type="hidden" name="rater" value={rater} />}
      <Button type="submit">Filter</Button>
      {filtered && (
        <ButtonLink to="?" variant="ghost">
          Clear filters
        </ButtonLink>
      )}
      <span className="flex flex-wrap gap-2 sm:ml-auto">
        <ButtonLink to="?status=submitted">Review queue</ButtonLink>
        <ButtonLink to={paths.offerAssignments(studyId)} variant="primary">
          Offer tasks
        </ButtonLink>
      </span>
    </Form>
  );
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
