/** Splits rows into the columns of a Parquet file: values with levels of definition and repetition (Dremel). */
import type { Column } from "../tables/table.ts";
import type { Leaf } from "./parquet-schema.ts";

type Value = string | number | bigint | boolean | undefined;

/** What one row group holds of one leaf. */
export interface LeafData {
  values: Value[];
  /** Empty where every value is present and none repeats. */
  definitionLevels: number[];
  repetitionLevels: number[];
}

/** Adds one row to the leaves and returns about how many bytes that took. */
export type Shred<Row> = (row: Row) => number;

export function emptyLeaves(leaves: readonly Leaf[]): LeafData[] {
  return leaves.map(() => ({ values: [], definitionLevels: [], repetitionLevels: [] }));
}

type Step<Row> = (row: Row, repetition: number) => number;

/** Compiles the columns once; `dataOf` gives the leaves of the row group that is being filled. */
export function compileShredder<Row>(
  columns: readonly Column<Row>[],
  leaves: readonly Leaf[],
  dataOf: () => LeafData[],
): Shred<Row> {
  const counter = { next: 0 };
  const steps = compile(columns, 0, leaves, counter, dataOf);
  return (row) => {
    let bytes = 0;
    for (const step of steps) bytes += step(row, 0);
    return bytes;
  };
}

function compile<Row>(
  columns: readonly Column<Row>[],
  depth: number,
  leaves: readonly Leaf[],
  counter: { next: number },
  dataOf: () => LeafData[],
): Step<Row>[] {
  return columns.map((column): Step<Row> => {
    const first = counter.next;
    if (column.type === "list") {
      const steps = compile(column.items as readonly Column<unknown>[], depth + 1, leaves, counter, dataOf);
      const end = counter.next;
      return (row, repetition) => {
        const items = column.value(row) as readonly unknown[];
        if (items.length === 0) return addAbsent(dataOf(), first, end, depth, repetition);
        let bytes = 0;
        for (let i = 0; i < items.length; i++) {
          const level = i === 0 ? repetition : depth + 1;
          for (let s = 0; s < steps.length; s++) bytes += (steps[s] as Step<unknown>)(items[i], level);
        }
        return bytes;
      };
    }
    counter.next += 1;
    if (column.type === "texts") {
      return (row, repetition) => {
        const items = column.value(row);
        const data = dataOf();
        if (items.length === 0) return addAbsent(data, first, first + 1, depth, repetition);
        const leaf = data[first] as LeafData;
        let bytes = 0;
        for (let i = 0; i < items.length; i++) {
          bytes += addValue(leaf, items[i], depth + 1, i === 0 ? repetition : depth + 1);
        }
        return bytes;
      };
    }
    const { maxDefinitionLevel } = leaves[first] as Leaf;
    const hasLevels = maxDefinitionLevel > 0 || depth > 0;
    const isLong = column.type === "long";
    const { value } = column;
    return (row, repetition) => {
      const leaf = dataOf()[first] as LeafData;
      const cell = value(row);
      const given = cell === null ? undefined : isLong ? BigInt(cell) : cell;
      leaf.values.push(given);
      if (hasLevels) {
        leaf.definitionLevels.push(cell === null ? depth : maxDefinitionLevel);
        if (depth > 0) leaf.repetitionLevels.push(repetition);
      }
      return typeof given === "string" ? given.length + 8 : 8;
    };
  });
}

function addValue(leaf: LeafData, value: Value, definition: number, repetition: number): number {
  leaf.values.push(value);
  leaf.definitionLevels.push(definition);
  leaf.repetitionLevels.push(repetition);
  return typeof value === "string" ? value.length + 8 : 8;
}

/** An empty list: nothing is there at any of its leaves. */
function addAbsent(
  data: LeafData[],
  from: number,
  to: number,
  definition: number,
  repetition: number,
): number {
  for (let i = from; i < to; i++) addValue(data[i] as LeafData, undefined, definition, repetition);
  return 8;
}
