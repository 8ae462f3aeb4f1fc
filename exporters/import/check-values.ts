/** Compares values with the columns of a table: the same list that wrote them. */
import type { Column, Scalar, ScalarColumn } from "../tables/table.ts";
import { shown } from "./problems.ts";

/** Tells what is wrong with the value at a path. */
export type Report = (column: string, message: string) => void;

const ID = /^[A-Za-z0-9_.-]*$/;
const ID_MAX_CHARACTERS = 200;
const INT = 2 ** 31;

/** Checks a parsed JSON object. Every fault is reported; false when there was one. */
export function checkObject<R>(
  columns: readonly Column<R>[],
  value: unknown,
  path: string,
  report: Report,
): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    report(path, `must be an object, not ${shown(value)}`);
    return false;
  }
  let ok = true;
  const fail: Report = (column, message) => {
    ok = false;
    report(column, message);
  };
  const given = value as Record<string, unknown>;
  const known = new Set(columns.map((column) => column.name));
  for (const key of Object.keys(given))
    if (!known.has(key)) fail(join(path, key), "is no column of this table");
  for (const column of columns) {
    const at = join(path, column.name);
    if (!Object.hasOwn(given, column.name)) fail(at, "is missing");
    else if (!checkCell(column, given[column.name], at, fail)) ok = false;
  }
  return ok;
}

const join = (path: string, key: string) => (path === "" ? key : `${path}.${key}`);

function checkCell<R>(column: Column<R>, value: unknown, path: string, report: Report): boolean {
  if (column.type !== "list" && column.type !== "texts") {
    const fault = scalarFault(column, value);
    if (fault !== null) report(path, fault);
    return fault === null;
  }
  if (!Array.isArray(value)) {
    report(path, `must be a list, not ${shown(value)}`);
    return false;
  }
  let ok = true;
  for (const [i, item] of value.entries()) {
    const at = `${path}[${i}]`;
    if (column.type === "list")
      ok = checkObject(column.items as readonly Column<unknown>[], item, at, report) && ok;
    else if (typeof item !== "string") {
      report(at, `must be a text, not ${shown(item)}`);
      ok = false;
    }
  }
  return ok;
}

/** What is wrong with one value, or null. */
export function scalarFault<R>(column: ScalarColumn<R>, value: unknown): string | null {
  if (value === null) return column.nullable ? null : "must not be null";
  const fault = typeFault(column, value);
  if (fault !== null) return fault;
  const { values } = column;
  if (values && !values.includes(value as string | number))
    return `must be one of ${values.map((one) => shown(one)).join(", ")}, not ${shown(value)}`;
  return null;
}

function typeFault<R>({ type }: ScalarColumn<R>, value: unknown): string | null {
  const wrong = (what: string) => `must be ${what}, not ${shown(value)}`;
  switch (type) {
    case "id":
      if (typeof value !== "string" || !ID.test(value) || value.length > ID_MAX_CHARACTERS)
        return wrong("an id");
      return null;
    case "string":
      if (typeof value !== "string") return wrong("a text");
      if (!value.isWellFormed()) return "holds half a character (a lone surrogate)";
      return value.includes("\0") ? "holds a NUL character, which no database keeps" : null;
    case "boolean":
      return typeof value === "boolean" ? null : wrong("true or false");
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? null : wrong("a number");
    case "int":
      return Number.isInteger(value) && (value as number) >= -INT && (value as number) < INT
        ? null
        : wrong("a whole number of 32 bits");
    case "long":
      return Number.isSafeInteger(value) ? null : wrong("a whole number within ±2^53");
  }
}

/** The value of a CSV cell by the type of its column; undefined when it is none of that type. */
export function parseCell<R>({ type }: ScalarColumn<R>, cell: string | null): Scalar | undefined {
  if (cell === null) return null;
  switch (type) {
    case "id":
    case "string":
      return cell;
    case "boolean":
      return cell === "true" ? true : cell === "false" ? false : undefined;
    default: {
      const number = Number(cell);
      return String(number) === cell ? number : undefined;
    }
  }
}
