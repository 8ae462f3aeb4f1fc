import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  Check,
  Columns2,
  Grid2x2,
  Minus,
  Plus,
  Scan,
  Square,
} from "lucide-react";
import { useTranslations } from "use-intl";
import { IconButton } from "../../../components/button.tsx";
import { cx } from "../../../components/cx.ts";
import type { Direction, Look, LookMode } from "../../../domain/look.ts";
import { isWhole, MAX_SCALE, type PanZoom, WHOLE, ZOOM_STEP, zoomAt } from "../../../domain/pan-zoom.ts";
import type { ShownColumn } from "../../../domain/rater-views.ts";

export interface ZoomButtonsProps {
  view: PanZoom;
  onView: (view: PanZoom) => void;
  full: boolean;
  onFull: (full: boolean) => void;
}

/** Zoom for those who use neither wheel nor keys, and the full size. */
export function ZoomButtons({ view, onView, full, onFull }: ZoomButtonsProps) {
  const t = useTranslations("turn.look");
  return (
    <>
      <IconButton
        type="button"
        size="sm"
        label={t("zoomOut")}
        aria-disabled={isWhole(view)}
        onClick={() => onView(zoomAt(view, 1 / ZOOM_STEP))}
      >
        <Minus className="size-4" />
      </IconButton>
      <span aria-live="polite" className="w-12 text-center text-sm text-muted tabular-nums max-sm:sr-only">
        {Math.round(view.scale * 100)} %
      </span>
      <IconButton
        type="button"
        size="sm"
        label={t("zoomIn")}
        aria-disabled={view.scale >= MAX_SCALE}
        onClick={() => onView(zoomAt(view, ZOOM_STEP))}
      >
        <Plus className="size-4" />
      </IconButton>
      <IconButton
        type="button"
        size="sm"
        // On a phone two taps do it, and the room is needed.
        className="max-sm:hidden"
        label={t("whole")}
        aria-disabled={isWhole(view)}
        onClick={() => onView(WHOLE)}
      >
        <Scan className="size-4" />
      </IconButton>
      <button
        type="button"
        aria-pressed={full}
        onClick={() => onFull(!full)}
        className={cx(
          "h-8 rounded-md px-2 text-sm font-medium whitespace-nowrap",
          full ? "bg-accent-soft text-accent-ink" : "hover:bg-sunken",
        )}
      >
        {t("full")}
      </button>
    </>
  );
}

const MODE_ICONS: Record<LookMode, typeof Square> = {
  one: Square,
  column: Grid2x2,
  best: Columns2,
  all: Grid2x2,
};

const ARROWS = [
  { direction: "left", icon: ArrowLeft },
  { direction: "right", icon: ArrowRight },
  { direction: "up", icon: ArrowUp },
  { direction: "down", icon: ArrowDown },
] as const;

export interface LookToolbarProps {
  columns: readonly ShownColumn[];
  look: Look;
  modes: readonly LookMode[];
  onChange: (look: Look) => void;
  onMove: (direction: Direction) => void;
  /** By the column's position. */
  onSelect?: (position: number) => void;
  selectedColumnId: string | null;
}

/** How to look, where to go, and which column to select. */
export function LookToolbar(props: LookToolbarProps) {
  const t = useTranslations("turn.look");
  const { columns, look, modes, onChange, onMove, onSelect, selectedColumnId } = props;
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <div className="flex gap-0.5 rounded-md bg-sunken p-0.5">
        {modes.map((mode) => {
          const Icon = MODE_ICONS[mode];
          const isOn = mode === look.mode;
          return (
            <button
              key={mode}
              type="button"
              aria-pressed={isOn}
              onClick={() => onChange({ ...look, mode })}
              className={cx(
                "flex h-8 items-center gap-1.5 rounded-sm px-2 text-sm max-sm:px-1.5 font-medium whitespace-nowrap",
                isOn ? "bg-surface text-text shadow-card" : "text-muted hover:text-text",
              )}
            >
              <Icon aria-hidden="true" className="size-4 max-sm:hidden" />
              {t(mode)}
            </button>
          );
        })}
      </div>
      <div className="flex gap-0.5 sm:gap-1">
        {ARROWS.map(({ direction, icon: Icon }) => (
          <IconButton
            key={direction}
            type="button"
            size="sm"
            variant="secondary"
            label={t(direction)}
            onClick={() => onMove(direction)}
          >
            <Icon className="size-4" />
          </IconButton>
        ))}
      </div>
      {onSelect && (
        <fieldset className="flex items-center gap-1.5 max-sm:w-full">
          <legend className="float-left mr-2 text-sm font-medium">{t("select")}</legend>
          {columns.map((column, position) => {
            const isSelected = column.columnId === selectedColumnId;
            return (
              <button
                key={column.columnId}
                type="button"
                aria-pressed={isSelected}
                aria-label={t("selectColumn", { column: column.label })}
                onClick={() => onSelect(position)}
                className={cx(
                  "flex h-9 min-w-11 items-center justify-center gap-1 rounded-md border-2 px-2 font-semibold tabular-nums max-sm:flex-1",
                  isSelected
                    ? "border-accent bg-accent-soft text-accent-ink"
                    : "border-control bg-surface hover:bg-sunken",
                )}
              >
                {isSelected && <Check aria-hidden="true" className="size-4" strokeWidth={3} />}
                {column.label}
              </button>
            );
          })}
        </fieldset>
      )}
    </div>
  );
}
