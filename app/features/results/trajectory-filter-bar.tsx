import { useSearchParams } from "react-router";
import { FilterBar, FilterSelect } from "../../components/filter-bar.tsx";
import { sentence } from "../../components/format.ts";
import { NumberInput, TextInput } from "../../components/inputs.tsx";
import { ASSIGNMENT_STATUSES } from "../../domain/assignment.ts";
import { isNarrowed, TRAJECTORY_FLAGS, type TrajectoryFlag } from "../../domain/trajectory-query.ts";
import { SOURCES } from "../../domain/vocabulary.ts";
import { shortId } from "./short-id.ts";

export interface ListedArm {
  armId: string;
  label: string;
  version: number;
}

const FLAG_TEXTS: Record<TrajectoryFlag, string> = {
  problem: "Problem reported",
  failed: "A turn failed",
  blocked: "Stopped by a filter",
};

const MORE = ["rater", "from", "to", "satisfaction-min", "satisfaction-max", "minutes-min", "minutes-max"];

/** Everything that a list of trajectories can be narrowed by. */
export function TrajectoryFilterBar({ arms, versions }: { arms: ListedArm[]; versions: number[] }) {
  const [params] = useSearchParams();
  const of = (name: string) => params.get(name) ?? "";
  return (
    <FilterBar
      filtered={isNarrowed(params)}
      keep={["sort", "order"]}
      more={
        <details className="w-full" open={MORE.some((name) => of(name)) || undefined}>
          <summary className="w-fit cursor-pointer text-sm text-accent-ink">
            Rater, days, satisfaction and time
          </summary>
          <div className="flex flex-wrap items-end gap-3 pt-3">
            <TextInput
              label="Rater"
              name="rater"
              defaultValue={of("rater")}
              title={of("rater") || undefined}
              placeholder={`${shortId("rtr_…")}`}
              maxLength={100}
              className="w-52"
              inputClassName="font-mono text-xs"
            />
            <TextInput
              label="Started from (UTC)"
              name="from"
              type="date"
              defaultValue={of("from")}
              className="w-40"
            />
            <TextInput label="to and with" name="to" type="date" defaultValue={of("to")} className="w-40" />
            <NumberInput
              label="Satisfaction from"
              name="satisfaction-min"
              min={1}
              max={5}
              step="any"
              defaultValue={of("satisfaction-min")}
              className="w-32"
            />
            <NumberInput
              label="to"
              name="satisfaction-max"
              min={1}
              max={5}
              step="any"
              defaultValue={of("satisfaction-max")}
              className="w-24"
            />
            <NumberInput
              label="Took at least (min)"
              name="minutes-min"
              min={0}
              step="any"
              defaultValue={of("minutes-min")}
              className="w-36"
            />
            <NumberInput
              label="at most (min)"
              name="minutes-max"
              min={0}
              step="any"
              defaultValue={of("minutes-max")}
              className="w-28"
            />
          </div>
        </details>
      }
    >
      <TextInput
        label="Prompt contains"
        name="text"
        defaultValue={of("text")}
        maxLength={200}
        className="w-44"
      />
      <FilterSelect label="Status" name="status" options={words(ASSIGNMENT_STATUSES)} />
      <FilterSelect label="Source" name="source" options={words(SOURCES)} className="w-32" />
      <FilterSelect
        label="Arm"
        name="arm"
        options={arms.map((arm) => ({ value: arm.armId, label: `${arm.label} (v${arm.version})` }))}
        className="w-44 max-w-full"
      />
      <FilterSelect
        label="Flag"
        name="flag"
        options={TRAJECTORY_FLAGS.map((value) => ({ value, label: FLAG_TEXTS[value] }))}
        className="w-44"
      />
      <FilterSelect
        label="Version"
        name="version"
        options={versions.map((version) => ({ value: String(version), label: `Version ${version}` }))}
        className="w-32"
      />
    </FilterBar>
  );
}

function words(values: readonly string[]) {
  return values.map((value) => ({ value, label: sentence(value) }));
}
