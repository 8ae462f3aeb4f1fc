import { Maximize2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "../../components/button.tsx";
import { useHydrated } from "../../components/use-hydrated.ts";
import { VS_PREVIOUS_VALUES, type VsPrevious } from "../../domain/evaluation.ts";
import { paths } from "../../domain/paths.ts";
import type { EvaluationView, ShownColumn } from "../../domain/rater-views.ts";
import { LookHost } from "../rater/look/look-host.tsx";
import { useLook } from "../rater/look/use-look.ts";
import { ShownPicture } from "../rater/shown-picture.tsx";
import { Question } from "./question.tsx";

const LABELS: Record<VsPrevious, string> = { better: "Better", same: "About the same", worse: "Worse" };

export interface VersusPreviousProps {
  view: EvaluationView;
  answered: boolean;
  error?: string;
}

/** Question 4: this turn's selected column against the previous turn's. Not asked in the first turn. */
export function VersusPrevious({ view, answered, error }: VersusPreviousProps) {
  const t = useTranslations("turn");
  const { previousChosen, turnNumber, columns, chosenColumnId, answers } = view;
  const chosen = columns.find((column) => column.columnId === chosenColumnId);
  const pair = previousChosen && chosen ? [previousChosen.column, chosen] : [];
  const look = useLook(pair);
  const hydrated = useHydrated();
  if (!previousChosen || !chosen) return null;
  const turnOf = (column: ShownColumn) => (column === chosen ? turnNumber : previousChosen.turnNumber);
  const nameOf = (column: ShownColumn) => t("column.ofTurn", { turn: turnOf(column), column: column.label });
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
        {pair.map((column) => (
          <Thumbnails
            key={column.columnId}
            name={nameOf(column)}
            turn={turnOf(column)}
            column={column}
            onOpen={look.show}
          />
        ))}
      </div>
      {hydrated && (
        <Button
          type="button"
          size="sm"
          icon={<Maximize2 className="size-4" />}
          onClick={() => look.compare("all")}
          className="mb-2 w-full"
        >
          Compare side by side
        </Button>
      )}
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
      <LookHost columns={pair} state={look} modes={["all", "best", "one"]} nameOf={nameOf} />
    </Question>
  );
}

interface ThumbnailsProps {
  turn: number;
  name: string;
  column: ShownColumn;
  onOpen: (imageId: string) => void;
}

function Thumbnails({ name, turn, column, onOpen }: ThumbnailsProps) {
  const t = useTranslations("turn");
  return (
    <div>
      <p className="mb-0.5 text-xs text-muted">{name}</p>
      <div className="grid grid-cols-4 gap-0.5 rounded-md lg:grid-cols-2">
        {column.images.map((image) => (
          <a
            key={image.imageId}
            href={paths.fullImage(image.imageId)}
            aria-label={t("image.enlargeOfTurn", {
              turn,
              column: column.label,
              image: image.label.slice(-1),
            })}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              onOpen(image.imageId);
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
    </div>
  );
}
