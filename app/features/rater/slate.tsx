import type { ReactNode } from "react";
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

/** Columns of images with labels 1–4 on top and A–D at the left; every image is a square of --slate-edge. */
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
    >
      <div aria-hidden="true" className="w-(--slate-gutter) shrink-0 border-y-2 border-transparent">
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
            "group/column relative rounded-lg border-2",
            columnClassName?.(column) ?? "border-transparent",
          )}
        >
          <div className={cx("flex items-center justify-center", headerClassName)}>
            {renderHeader(column)}
          </div>
          <div className="grid gap-(--slate-gap) px-(--slate-pad) pb-(--slate-pad)">
            {column.images.map((image) => (
              <div
                key={image.imageId}
                style={{ background: placeholderBackground(image.placeholder) }}
                className="relative size-(--slate-edge) overflow-hidden rounded-sm bg-sunken"
              >
                {renderImage(image, column)}
              </div>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

/** "2A" as words, for people who do not see the picture: "Column 2, image A". */
export function imageAlt(label: string): string {
  return `Column ${label.slice(0, -1)}, image ${label.slice(-1)}`;
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
