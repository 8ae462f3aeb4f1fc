import { VS_PREVIOUS_VALUES, type VsPrevious } from "../../domain/evaluation.ts";
import { paths } from "../../domain/paths.ts";
import type { EvaluationView, ShownColumn } from "../../domain/rater-views.ts";
import { ShownPicture } from "../rater/shown-picture.tsx";
import { imageAlt } from "../rater/slate.tsx";
import { useZoom, ZoomDialog } from "../rater/zoom-dialog.tsx";
import { Question } from "./question.tsx";

const LABELS: Record<VsPrevious, string> = { better: "Better", same: "About the same", worse: "Worse" };

export interface VersusPreviousProps {
  view: EvaluationView;
  answered: boolean;
  error?: string;
}

/** Question 4: this turn's selected column against the previous turn's. Not asked in the first turn. */
export function VersusPrevious({ view, answered, error }: VersusPreviousProps) {
  const { previousChosen, turnNumber, columns, chosenColumnId, answers } = view;
  const chosen = columns.find((column) => column.columnId === chosenColumnId);
  if (!previousChosen || !chosen) return null;
  return (
    <Question
      id="vs_previous"
      number={4}
      title={`Compared with turn ${previousChosen.turnNumber}, this turn’s set is …`}
      hint="Compare your two columns."
      answered={answered}
      error={error}
    >
      <div className="mb-2 grid grid-cols-2 gap-3">
        <Thumbnails turnNumber={previousChosen.turnNumber} column={previousChosen.column} />
        <Thumbnails turnNumber={turnNumber} column={chosen} />
      </div>
      <div className="flex gap-1.5">
        {VS_PREVIOUS_VALUES.map((value) => (
          <label
            key={value}
            className="flex h-10 flex-auto items-center justify-center gap-1.5 rounded-md border-2 border-transparent bg-sunken/60 px-2 text-sm font-medium hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="vsPrevious"
              value={value}
              defaultChecked={answers.vsPrevious === value}
              className="size-3.5 outline-none"
            />
            {LABELS[value]}
          </label>
        ))}
      </div>
    </Question>
  );
}

function Thumbnails({ turnNumber, column }: { turnNumber: number; column: ShownColumn }) {
  const columns = [column];
  const zoom = useZoom(columns);
  return (
    <div>
      <p className="mb-0.5 text-xs text-muted">
        Turn {turnNumber}, column {column.label}
      </p>
      <div className="grid grid-cols-4 gap-0.5 rounded-md lg:grid-cols-2">
        {column.images.map((image) => (
          <a
            key={image.imageId}
            href={paths.image(image.imageId)}
            aria-label={`Enlarge turn ${turnNumber}, ${imageAlt(image.label).toLowerCase()}`}
            onClick={(event) => {
              event.preventDefault();
              zoom.open(image.label);
            }}
            className="rounded-sm"
          >
            <ShownPicture
              image={image}
              alt=""
              className="aspect-square w-full rounded-sm bg-sunken object-cover lg:aspect-4/3"
            />
          </a>
        ))}
      </div>
      <ZoomDialog columns={columns} place={zoom.place} onMove={zoom.setPlace} onClose={zoom.close} />
    </div>
  );
}
