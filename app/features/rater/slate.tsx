import type { CSSProperties, ReactNode } from "react";
import { cx } from "../../components/cx.ts";
import type { ShownColumn, ShownImage } from "../../domain/rater-views.ts";
import { rowLabel } from "../../domain/slate.ts";
import { placeholderBackground } from "./placeholder.ts";

export interface SlateProps {
  columns: readonly ShownColumn[];
  imagesPerColumn: number;
  renderHeader: (column: ShownColumn) => ReactNode;
  renderImage: (image: ShownImage, column: ShownColumn) => ReactNode;
  /** Look of one column's box. */
  columnClassName?: (column: ShownColumn) => string;
  /** Height of the column headers. */
  headerClassName?: string;
  className?: string;
}

/**
 * Columns of images with labels 1–4 on top and A–D at the left; every image is a square of --slate-edge. On a phone the
 * columns are swiped, and each image has its own label.
 */
export function Slate({
  columns,
  imagesPerColumn,
  renderHeader,
  renderImage,
  columnClassName,
  headerClassName = "h-9",
  className,
}: SlateProps) {
  return (
    <div
      className={cx("slate", `slate-columns-${columns.length}`, `slate-rows-${imagesPerColumn}`, className)}
      style={imagesPerColumn === 1 ? ({ "--slate-across": 1 } as CSSProperties) : undefined}
    >
      <div
        aria-hidden="true"
        className="w-(--slate-gutter) shrink-0 border-y-2 border-transparent max-sm:hidden"
      >
        <div className={headerClassName} />
        <div className="grid gap-(--slate-gap)">
          {columns[0]?.images.map((image, row) => (
            <div
              key={image.imageId}
              className="flex h-(--slate-edge) items-center justify-center text-xs font-medium text-muted"
            >
              {rowLabel(row)}
            </div>
          ))}
        </div>
      </div>
      {columns.map((column) => (
        <div
          key={column.columnId}
          className={cx(
            "group/column relative shrink-0 snap-center rounded-lg border-2",
            columnClassName?.(column) ?? "border-transparent",
          )}
        >
          <div className={cx("flex items-center justify-center", headerClassName)}>
            {renderHeader(column)}
          </div>
          <div className="grid gap-(--slate-gap) px-(--slate-pad) pb-(--slate-pad) max-sm:grid-cols-[repeat(var(--slate-across),var(--slate-edge))]">
            {column.images.map((image) => (
              <div
                key={image.imageId}
                style={{ background: placeholderBackground(image.placeholder) }}
                className="relative size-(--slate-edge) overflow-hidden rounded-sm bg-sunken"
              >
                {renderImage(image, column)}
                <span
                  aria-hidden="true"
                  className="pointer-events-none absolute top-1 left-1 z-10 rounded-sm bg-black/60 px-1.5 text-xs font-medium text-white sm:hidden"
                >
                  {image.label}
                </span>
              </div>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

/** Brings a column to the middle where columns are swiped; elsewhere all are in view, and nothing moves. */
export function bringColumnIntoView(control: Element | null): void {
  const column = control?.closest(".snap-center");
  const slate = column?.parentElement;
  if (!column || !slate || slate.scrollWidth <= slate.clientWidth) return;
  const gently = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  column.scrollIntoView({ block: "nearest", inline: "center", behavior: gently ? "smooth" : "auto" });
}

/** Stand-in columns while there are no images to show. */
export function placeholderColumns(columnCount: number, imagesPerColumn: number): ShownColumn[] {
  return Array.from({ length: columnCount }, (_, c) => ({
    columnId: `empty-${c}`,
    label: String(c + 1),
    images: Array.from({ length: imagesPerColumn }, (_, r) => ({
      imageId: `empty-${c}-${r}`,
      label: `${c + 1}${rowLabel(r)}`,
      ready: false,
    })),
  }));
}
