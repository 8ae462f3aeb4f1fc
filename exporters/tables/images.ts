import type { ColumnRecord, ImageRecord, TrajectoryRecord, TurnRecord } from "../records.ts";
import { type Column, lift, required, type Table } from "./table.ts";

const imageId = required("image_id", "string", "Pseudonym of the image.", (i: ImageRecord) => i.imageId);
const imageIndex = required(
  "image_index",
  "int",
  "0-based index of the image in its column, in the order of rendering.",
  (i: ImageRecord) => i.imageIndex,
);
const sha256 = required(
  "sha256",
  "string",
  "SHA-256 (hex) of the original image's bytes, without metadata.",
  (i: ImageRecord) => i.sha256,
);
const fileName = required(
  "file_name",
  "string",
  "Name of the image file, when the bundle has images.",
  (i: ImageRecord) => i.fileName,
);
const seed = required("seed", "int", "Seed that the image model was given.", (i: ImageRecord) => i.seed);

/** An image within a nested trajectory. */
export const nestedImageColumns: readonly Column<ImageRecord>[] = [
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

const of = (...columns: Column<ImageRecord>[]) => lift(columns, (row: ImageRow) => row.image);

export const imagesTable: Table<ImageRow> = {
  name: "images",
  description: "One row per image that was shown.",
  primaryKey: ["image_id"],
  columns: [
    ...of(imageId),
    required("column_id", "string", "The column it belongs to.", (r) => r.column.columnId),
    required("trajectory_id", "string", "The trajectory it belongs to.", (r) => r.trajectory.trajectoryId),
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
      "string",
      'Archive that holds the file; "" = none, the file lies beside the tables.',
      () => "",
    ),
    ...of(fileName),
    required("width", "int", "Width in pixels.", (r) => r.image.widthPx),
    required("height", "int", "Height in pixels.", (r) => r.image.heightPx),
    required("byte_size", "int", "Size of the file in bytes.", (r) => r.image.byteSize),
    required("mime_type", "string", "Media type of the file.", (r) => r.image.mimeType),
    required("model", "string", "Image model that made it.", (r) => r.image.model),
    ...of(seed),
  ],
  *rows(trajectory) {
    for (const turn of trajectory.turns) {
      for (const column of turn.columns) {
        for (const image of column.images) yield { trajectory, turn, column, image };
      }
    }
  },
};
