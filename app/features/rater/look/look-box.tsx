import { useTranslations } from "use-intl";
import { cx } from "../../../components/cx.ts";
import type { Look, Place } from "../../../domain/look.ts";
import type { PanZoom } from "../../../domain/pan-zoom.ts";
import type { ShownColumn } from "../../../domain/rater-views.ts";
import { rowLabel } from "../../../domain/slate.ts";
import { FullPicture } from "./full-picture.tsx";

export interface LookBoxProps {
  place: Place;
  columns: readonly ShownColumn[];
  look: Look;
  view: PanZoom;
  full: boolean;
  nameOf: (column: ShownColumn) => string;
  onPick: (place: Place) => void;
}

/** One image with its label; where columns are compared, with the choice of which of the column's images it is. */
export function LookBox({ place, columns, look, view, full, nameOf, onPick }: LookBoxProps) {
  const t = useTranslations("turn.look");
  const column = columns[place.column];
  const image = column?.images[place.row];
  if (!column || !image) return null;
  const name = nameOf(column);
  const isHere =
    look.mode !== "one" && place.column === look.column && place.row === (look.picked[look.column] ?? 0);
  return (
    <>
      <FullPicture
        key={image.imageId}
        image={image}
        alt={t("oneTitle", { column: name, image: rowLabel(place.row) })}
        view={view}
        full={full}
      />
      {isHere && (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 rounded-sm ring-2 ring-accent ring-inset"
        />
      )}
      {look.mode === "best" ? (
        <div className="absolute top-1 left-1 flex items-center gap-0.5 rounded-md bg-black/70 p-0.5 text-white">
          <span aria-hidden="true" className="px-1.5 text-sm font-semibold">
            {columns.length === 2 ? name : column.label}
          </span>
          {column.images.map((other, row) => (
            <button
              key={other.imageId}
              type="button"
              aria-pressed={row === place.row}
              aria-label={t("compare", { column: name, image: rowLabel(row) })}
              onClick={() => onPick({ column: place.column, row })}
              className={cx(
                "size-7 rounded-sm text-sm font-medium focus-visible:outline-white",
                row === place.row ? "bg-white text-black" : "hover:bg-white/25",
              )}
            >
              {rowLabel(row)}
            </button>
          ))}
        </div>
      ) : (
        look.mode !== "one" && (
          <span
            aria-hidden="true"
            className="absolute top-1 left-1 max-w-[calc(100%-0.5rem)] truncate rounded-md bg-black/70 px-1.5 text-sm max-sm:text-xs font-semibold text-white"
          >
            {look.mode === "all" ? `${name}, ${rowLabel(place.row)}` : image.label}
          </span>
        )
      )}
    </>
  );
}
