import { Check } from "lucide-react";
import type { EvaluationView, ShownColumn } from "../../domain/rater-views.ts";
import { usePageKeys } from "../rater/keys/page-keys.ts";
import { LookHost } from "../rater/look/look-host.tsx";
import { useLook } from "../rater/look/use-look.ts";
import { ShownPicture } from "../rater/shown-picture.tsx";
import { Slate } from "../rater/slate.tsx";
import { ZoomLink } from "../rater/zoom-link.tsx";
import { Question } from "./question.tsx";
import { Scale } from "./scale.tsx";

export interface EvaluationSlateProps {
  view: EvaluationView;
  answered: { confirmed: boolean; satisfactions: boolean };
  fieldErrors: Record<string, string>;
}

/** The slate as it was shown, with question 1 in the column headers and question 2 below the columns. */
export function EvaluationSlate({ view, answered, fieldErrors }: EvaluationSlateProps) {
  const { columns, chosenColumnId, answers, imagesPerColumn } = view;
  const look = useLook(columns);
  usePageKeys([
    { caps: "1 – 5", effect: "answer", keys: [] },
    {
      caps: "Space",
      effect: "enlargeWhere",
      keys: ["Space"],
      act: () => look.compare("best", chosenColumnId),
    },
  ]);
  const sizes = `slate-columns-${columns.length} slate-rows-${imagesPerColumn}`;
  return (
    <div className="@container min-w-0">
      <div className="mx-auto grid w-max max-w-full gap-2 max-sm:w-full">
        <Question
          id="confirmed_column"
          number={1}
          title="Which column do you prefer?"
          hint="Judge each by its best image."
          answered={answered.confirmed}
          error={fieldErrors.confirmedColumnId}
          className="max-w-full"
        >
          <Slate
            columns={columns}
            imagesPerColumn={imagesPerColumn}
            className="[--slate-chrome:13.75rem]"
            headerClassName="h-9 max-sm:h-11"
            columnClassName={(column) =>
              column.columnId === chosenColumnId
                ? "border-transparent bg-sunken has-checked:border-accent has-checked:bg-accent-soft"
                : "border-transparent has-checked:border-accent has-checked:bg-accent-soft sm:not-has-checked:hover:border-border"
            }
            renderHeader={(column) => (
              <ConfirmHeader
                column={column}
                isChosen={column.columnId === chosenColumnId}
                isConfirmed={column.columnId === answers.confirmedColumnId}
              />
            )}
            renderImage={(image) => (
              <>
                <ShownPicture image={image} className="size-full object-cover" />
                {!image.hidden && <ZoomLink image={image} onOpen={() => look.show(image.imageId)} />}
              </>
            )}
          />
        </Question>
        <Question
          id="column_satisfaction"
          number={2}
          title="How satisfied are you with each column?"
          hint="By its best image. 1 very dissatisfied … 5 very satisfied."
          answered={answered.satisfactions}
          className="max-w-full"
        >
          <div className={`slate ${sizes} [--slate-chrome:13.75rem] max-sm:grid max-sm:w-full`}>
            <div aria-hidden="true" className="w-(--slate-gutter) shrink-0 max-sm:hidden" />
            {columns.map((column) => (
              <div
                key={column.columnId}
                id={`satisfaction-${column.columnId}`}
                role="radiogroup"
                aria-label={`Satisfaction with column ${column.label}`}
                className="grid items-center max-sm:grid-cols-[4.5rem_1fr] sm:rounded-lg sm:bg-surface sm:shadow-card sm:w-[calc(var(--slate-edge)+2*var(--slate-pad)+4px)]"
              >
                <span aria-hidden="true" className="text-sm sm:sr-only">
                  Column {column.label}
                </span>
                <Scale
                  compact
                  name={`satisfaction:${column.columnId}`}
                  value={answers.columnSatisfactions[column.columnId] ?? null}
                  subject={`Column ${column.label}`}
                />
              </div>
            ))}
          </div>
        </Question>
      </div>
      <LookHost columns={columns} state={look} />
    </div>
  );
}

interface ConfirmHeaderProps {
  column: ShownColumn;
  isChosen: boolean;
  isConfirmed: boolean;
}

/** The radio of question 1; the column that was chosen in the turn is marked, but never preselected. */
function ConfirmHeader({ column, isChosen, isConfirmed }: ConfirmHeaderProps) {
  return (
    <label className="flex h-full w-full flex-wrap content-center items-center justify-center gap-x-1.5 leading-4 font-semibold group-has-checked/column:text-accent-ink sm:stretched">
      <input
        type="radio"
        name="confirmedColumnId"
        value={column.columnId}
        defaultChecked={isConfirmed}
        aria-label={`Column ${column.label}${isChosen ? ", your choice" : ""}`}
        className="size-4 shrink-0"
      />
      <span className="tabular-nums">{column.label}</span>
      <Check
        aria-hidden="true"
        strokeWidth={3}
        className="hidden size-4 shrink-0 group-has-checked/column:block max-sm:size-3.5"
      />
      {isChosen && (
        <span className="rounded-full bg-text px-2 py-0.5 text-xs font-medium text-surface max-sm:px-1 max-sm:text-[0.625rem]">
          your choice
        </span>
      )}
    </label>
  );
}
