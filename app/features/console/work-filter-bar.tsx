import { useSearchParams } from "react-router";
import { ButtonLink } from "../../components/button.tsx";
import { FilterBar, FilterSelect } from "../../components/filter-bar.tsx";
import { sentence } from "../../components/format.ts";
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
    <FilterBar
      filtered={filtered}
      keep={["rater"]}
      actions={
        <>
          <ButtonLink to="?status=submitted">Review queue</ButtonLink>
          <ButtonLink to={paths.offerAssignments(studyId)} variant="primary">
            Offer tasks
          </ButtonLink>
        </>
      }
    >
      <FilterSelect
        label="Status"
        name="status"
        options={ASSIGNMENT_STATUSES.map((value) => ({ value, label: sentence(value) }))}
      />
      <FilterSelect
        label="Phase"
        name="phase"
        options={PHASES.map((phase) => ({
          value: phase,
          label: phase === "interaction" ? "Interaction" : phaseText({ phase, chosenTurns: 0 }),
        }))}
        className="w-44"
      />
      <FilterSelect
        label="Needs a look"
        name="attention"
        options={ATTENTIONS.map((value) => ({ value, label: sentence(value) }))}
        className="w-32"
      />
      {rater && <p className="self-center text-sm text-muted">Only one rater</p>}
    </FilterBar>
  );
}
