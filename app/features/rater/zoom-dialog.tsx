import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Check } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { Button, IconButton } from "../../components/button.tsx";
import { cx } from "../../components/cx.ts";
import { Dialog } from "../../components/dialog.tsx";
import type { ShownColumn } from "../../domain/rater-views.ts";
import { ShownPicture } from "./shown-picture.tsx";
import { imageAlt } from "./slate.tsx";

/** Which image is open: positions in the shown order. */
export interface ZoomPlace {
  column: number;
  row: number;
}

/** State of the large view; `open(label)` by label such as "2A". */
export function useZoom(columns: readonly ShownColumn[]) {
  const [place, setPlace] = useState<ZoomPlace | null>(null);
  function open(label: string) {
    columns.forEach((candidate, column) => {
      const row = candidate.images.findIndex((image) => image.label === label);
      if (row >= 0) setPlace({ column, row });
    });
  }
  return { place, setPlace, open, close: () => setPlace(null) };
}

export interface ZoomDialogProps {
  columns: readonly ShownColumn[];
  place: ZoomPlace | null;
  onMove: (place: ZoomPlace) => void;
  onClose: () => void;
  /** Offers to select the column on view. */
  onSelect?: (columnId: string) => void;
  selectedColumnId?: string | null;
}

/** One image large, with arrows to its neighbours: left and right between columns, up and down within one. */
export function ZoomDialog({ columns, place, onMove, onClose, onSelect, selectedColumnId }: ZoomDialogProps) {
  const column = place ? columns[place.column] : undefined;
  const image = place && column ? column.images[place.row] : undefined;

  function move(byColumn: number, byRow: number) {
    if (!place || !column) return;
    const wrap = (n: number, size: number) => (n + size) % size;
    onMove({
      column: wrap(place.column + byColumn, columns.length),
      row: wrap(place.row + byRow, column.images.length),
    });
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    move(...step);
  }
  const chosen = column !== undefined && column.columnId === selectedColumnId;
  return (
    <Dialog
      open={image !== undefined}
      onClose={onClose}
      onKeyDown={onKeyDown}
      title={image ? imageAlt(image.label) : ""}
      width="max-w-[min(48rem,calc(100dvh-9rem))]"
    >
      {image && place && column && (
        <div className="grid gap-3">
          <ShownPicture
            key={image.imageId}
            image={image}
            className="aspect-square w-full rounded-md bg-sunken object-contain"
          />
          <div className="flex flex-wrap items-center justify-between gap-2">
            <div className="flex gap-1">
              {ARROWS.map(({ key, label, icon: Icon }) => (
                <IconButton
                  key={key}
                  type="button"
                  variant="secondary"
                  label={label}
                  onClick={() => move(...(STEPS[key] ?? [0, 0]))}
                >
                  <Icon className="size-4" />
                </IconButton>
              ))}
            </div>
            <Position columns={columns} place={place} />
            {onSelect && (
              <Button
                type="button"
                variant={chosen ? "secondary" : "primary"}
                onClick={() => onSelect(column.columnId)}
                className="max-sm:w-full"
                aria-pressed={chosen}
                icon={chosen ? <Check className="size-4" /> : undefined}
              >
                {chosen ? `Column ${column.label} selected` : `Select column ${column.label}`}
              </Button>
            )}
          </div>
          <p aria-live="polite" className="sr-only">
            {imageAlt(image.label)}
          </p>
        </div>
      )}
    </Dialog>
  );
}

const STEPS: Record<string, [column: number, row: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const ARROWS = [
  { key: "ArrowLeft", label: "Column to the left", icon: ArrowLeft },
  { key: "ArrowRight", label: "Column to the right", icon: ArrowRight },
  { key: "ArrowUp", label: "Image above", icon: ArrowUp },
  { key: "ArrowDown", label: "Image below", icon: ArrowDown },
];

/** A tiny map of the slate with the image on view. */
function Position({ columns, place }: { columns: readonly ShownColumn[]; place: ZoomPlace }) {
  return (
    <div aria-hidden="true" className="flex gap-0.5 max-sm:hidden">
      {columns.map((column, c) => (
        <div key={column.columnId} className="grid gap-0.5">
          {column.images.map((image, r) => (
            <span
              key={image.imageId}
              className={cx(
                "size-1.5 rounded-[1px]",
                c === place.column && r === place.row ? "bg-accent" : "bg-border",
              )}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
