import type { ColumnRecord, ImageRecord, TrajectoryRecord, TurnRecord } from "../records.ts";
import { lift, required, type ScalarColumn, type Table } from "./table.ts";

const imageId = required("image_id", "id", "Pseudonym of the image.", (i: ImageRecord) => i.imageId);
const imageIndex = required(
  "image_index",
  "int",
  "0-based index of the image in its column, in the order of rendering.",
  (i: ImageRecord) => i.imageIndex,
);
const sha256 = required(
  "sha256",
  "id",
  "SHA-256 (hex) of the original image's bytes, without metadata.",
  (i: ImageRecord) => i.sha256,
);
const fileName = required(
  "file_name",
  "id",
  "Name of the image file, when the bundle has images.",
  (i: ImageRecord) => i.fileName,
);
const seed = required("seed", "long", "Seed that the image model was given.", (i: ImageRecord) => i.seed);

/** An image within a nested trajectory. */
export const nestedImageColumns: readonly ScalarColumn<ImageRecord>[] = [
  imageId,
  imageIndex,
  required(
    "display_row",
    "int",
    "0-based row in which it was shown; 0 = A.",
    (i: ImageRecord) => i.displayRow,
  ),
  sha256,
  fileName,
  seed,
];

export interface ImageRow {
  trajectory: TrajectoryRecord;
  turn: TurnRecord;
  column: ColumnRecord;
  image: ImageRecord;
}

const of = (...columns: ScalarColumn<ImageRecord>[]) => lift(columns, (row: ImageRow) => row.image);

export const imagesTable: Table<ImageRow> = {
  name: "images",
  description: "One row per image that was shown.",
  primaryKey: ["image_id"],
  foreignKeys: [{ column: "column_id", table: "columns", references: "column_id" }],
  columns: [
    ...of(imageId),
    required("column_id", "id", "The column it belongs to.", (r) => r.column.columnId),
    required("trajectory_id", "id", "The trajectory it belongs to.", (r) => r.trajectory.trajectoryId),
    required("turn_index", "int", "0-based turn.", (r) => r.turn.turnIndex),
    required(
      "column_index",
      "int",
      "0-based column of the slate, in logical order.",
      (r) => r.column.columnIndex,
    ),
    ...of(imageIndex, sha256),
    required(
      "shard",
      "id",
      'Archive of the bundle that holds the file; "" = none: it lies beside the tables, or images were left out.',
      (r) => r.image.shard,
    ),
    ...of(fileName),
    required("width", "int", "Width in pixels.", (r) => r.image.widthPx),
    required("height", "int", "Height in pixels.", (r) => r.image.heightPx),
    required("byte_size", "long", "Size of the file in bytes.", (r) => r.image.byteSize),
    required("mime_type", "string", "Media type of the file.", (r) => r.image.mimeType),
    required("model", "string", "Image model that made it.", (r) => r.image.model),
    ...of(seed),
  ],
  each(trajectory, emit) {
    for (const turn of trajectory.turns) {
      for (const column of turn.columns) {
        for (const image of column.images) emit({ trajectory, turn, column, image });
      }
    }
  },
};
