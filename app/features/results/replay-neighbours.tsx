import { ArrowLeft, ArrowRight } from "lucide-react";
import { useNavigate, useSearchParams } from "react-router";
import { ButtonLink } from "../../components/button.tsx";
import { formatNumber } from "../../components/format.ts";
import { usePageKeyDown } from "../../components/use-page-key-down.ts";
import type { Neighbours } from "../../domain/staff-views.ts";
import { isNarrowed, listPart } from "../../domain/trajectory-query.ts";

export interface ReplayNeighboursProps {
  neighbours: Neighbours;
  toTrajectory: (trajectoryId: string) => string;
  /** The list that the address narrows. */
  listPath: string;
}

/** The way to the next and the previous trajectory of the same list, and back to it; n and p go there too. */
export function ReplayNeighbours({ neighbours, toTrajectory, listPath }: ReplayNeighboursProps) {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const list = listPart(params).toString();
  const search = list && `?${list}`;
  const to = (id: string | null) => (id === null ? null : `${toTrajectory(id)}${search}`);
  const next = to(neighbours.nextId);
  const previous = to(neighbours.previousId);
  usePageKeyDown(({ key }) => {
    const target = key === "n" ? next : key === "p" ? previous : null;
    if (target === null) return false;
    void navigate(target);
    return true;
  });
  return (
    <nav aria-label="Trajectories" className="flex flex-wrap items-center gap-2">
      {previous !== null && (
        <ButtonLink size="sm" to={previous} rel="prev" icon={<ArrowLeft className="size-4" />}>
          Previous
        </ButtonLink>
      )}
      {next !== null && (
        <ButtonLink size="sm" to={next} rel="next" icon={<ArrowRight className="size-4" />}>
          Next
        </ButtonLink>
      )}
      <p className="text-sm text-muted tabular-nums">
        {neighbours.position === null
          ? `Not in this selection of ${formatNumber(neighbours.total)}`
          : `${formatNumber(neighbours.position)} of ${formatNumber(neighbours.total)}`}
        {isNarrowed(params) && neighbours.position !== null && " that match"}
      </p>
      <ButtonLink size="sm" variant="ghost" to={`${listPath}${search}`}>
        To the list
      </ButtonLink>
    </nav>
  );
}
