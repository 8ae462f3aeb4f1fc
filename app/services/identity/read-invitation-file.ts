import Papa from "papaparse";
import { RequestError } from "../../domain/errors.ts";
import { cleanLine } from "../../domain/text.ts";
import { NAME_MAX_CHARACTERS } from "./check-account.ts";
import type { Invitee } from "./invite-people.ts";
import { normaliseEmail } from "./normalise-email.ts";

export const FILE_ROWS_MAX = 10_000;
const POOL_MAX = 80;
const NOTE_MAX = 500;
/** The values of a bad row are quoted up to this many characters. */
const SHOWN_MAX = 80;
const DELIMITERS = [",", ";", "\t", "|"];

/** What a column may be called, in small letters. */
const NAMES_OF = {
  email: ["email", "e-mail"],
  name: ["name"],
  pool: ["group", "pool"],
  locale: ["locale", "language"],
  note: ["note", "notes"],
} as const;
type Field = keyof typeof NAMES_OF;
const FIELDS = Object.keys(NAMES_OF) as Field[];

/** One thing that is wrong; a row may have several. */
export interface RowProblem {
  /** As a spreadsheet counts: the header is row 1. Line breaks inside a quoted value do not count. */
  row: number;
  /** As the file calls it; "" when the row as a whole is wrong. */
  column: string;
  problem: string;
  value: string;
}

export interface InvitationFile {
  /** Rows without a problem, in the order of the file, each address once. */
  people: (Invitee & { row: number })[];
  problems: RowProblem[];
  /** How the file calls the column of addresses. */
  emailColumn: string;
  /** Columns that are not read. */
  ignoredColumns: string[];
}

/**
 * Reads a CSV file of people to invite: a header with a column `email`, whose separator is found out. Rows without any
 * text are passed over. Changes nothing. Throws INVALID_INPUT beside the field `file` when nothing can be read from it.
 */
export function readInvitationFile(text: string): InvitationFile {
  const content = text.replace(/^\uFEFF/, "");
  // The header decides: papaparse's own guess goes by rows of equal length and fails on short files.
  const delimiter = DELIMITERS.find((d) => columnsOf(headerOf(content, d)).has("email"));
  if (delimiter === undefined) {
    throw fileProblem("The first row of the file must name its columns, one of them “email”.");
  }
  const { data: rows, errors } = Papa.parse<string[]>(content, { delimiter });
  const quote = errors.find((e) => e.type === "Quotes");
  if (quote)
    throw fileProblem(`A quotation mark in row ${(quote.row ?? 0) + 1} is not closed as it should be.`);
  const header = headerOf(content, delimiter);
  const columns = columnsOf(header);
  const file: InvitationFile = {
    people: [],
    problems: [],
    emailColumn: header[columns.get("email") ?? 0] ?? "",
    ignoredColumns: header.filter((name, i) => name !== "" && ![...columns.values()].includes(i)),
  };
  const firstRowOf = new Map<string, number>();
  let read = 0;
  for (const [i, cells] of rows.entries()) {
    if (i === 0 || cells.every((cell) => cell.trim() === "")) continue;
    if (++read > FILE_ROWS_MAX) {
      throw fileProblem(`A file may have at most ${FILE_ROWS_MAX} rows. Cut it into several.`);
    }
    readRow(file, { row: i + 1, cells, header, columns, firstRowOf });
  }
  if (read === 0) throw fileProblem("The file has a header but no rows.");
  return file;
}

interface Row {
  row: number;
  cells: string[];
  header: string[];
  columns: Map<Field, number>;
  firstRowOf: Map<string, number>;
}

/** Adds the row to `file`: as a person, or as what is wrong with it. */
function readRow(file: InvitationFile, { row, cells, header, columns, firstRowOf }: Row): void {
  const problems: RowProblem[] = [];
  const report = (column: string, problem: string, value: string) =>
    problems.push({ row, column, problem, value: value.slice(0, SHOWN_MAX) });
  const cell = (field: Field) => cells[columns.get(field) ?? -1] ?? "";
  // Even an empty surplus means that values may stand one column too far to the right.
  if (cells.length > header.length) {
    report(
      "",
      "More values than columns: put quotation marks around a value with the separator in it",
      cells.join(" | "),
    );
  }
  const value: Record<Field, string> = { email: "", name: "", pool: "", locale: "", note: "" };
  for (const field of FIELDS) {
    const checked = CHECKS[field](cell(field));
    if ("problem" in checked)
      report(header[columns.get(field) ?? -1] ?? "", checked.problem, cell(field).trim());
    else value[field] = checked.value;
  }
  if (value.email !== "") {
    const first = firstRowOf.get(value.email);
    if (first === undefined) firstRowOf.set(value.email, row);
    else report(file.emailColumn, `The same address as in row ${first}`, cell("email").trim());
  }
  if (problems.length > 0) file.problems.push(...problems);
  else file.people.push({ row, ...value });
}

type Checked = { value: string } | { problem: string };

const CHECKS: Record<Field, (text: string) => Checked> = {
  email(text) {
    if (text.trim() === "") return { problem: "No address" };
    const value = normaliseEmail(text);
    return value === null ? { problem: "Not an e-mail address" } : { value };
  },
  name: (text) => short(text, NAME_MAX_CHARACTERS),
  pool: (text) => short(text, POOL_MAX),
  note: (text) => short(text, NOTE_MAX),
  locale(text) {
    const code = text.trim();
    if (code === "") return { value: "" };
    const problem = "Not a language code such as “de” or “pt-BR”";
    // Longer words are well-formed codes, too, but of no language.
    if (code.length > 35 || !/^[a-z]{2,3}(-|$)/i.test(code)) return { problem };
    try {
      return { value: Intl.getCanonicalLocales(code)[0] ?? "" };
    } catch {
      return { problem };
    }
  },
};

function short(text: string, max: number): Checked {
  const value = cleanLine(text);
  return value.length > max ? { problem: `More than ${max} characters` } : { value };
}

function headerOf(content: string, delimiter: string): string[] {
  const [names = []] = Papa.parse<string[]>(content, { delimiter, preview: 1 }).data;
  return names.map((name) => name.trim());
}

function columnsOf(header: readonly string[]): Map<Field, number> {
  const columns = new Map<Field, number>();
  for (const field of FIELDS) {
    const names: readonly string[] = NAMES_OF[field];
    const found = header.flatMap((name, i) => (names.includes(name.toLowerCase()) ? [i] : []));
    if (found.length > 1) {
      throw fileProblem(
        `The columns “${found.map((i) => header[i]).join("” and “")}” mean the same: keep one.`,
      );
    }
    if (found[0] !== undefined) columns.set(field, found[0]);
  }
  return columns;
}

export function fileProblem(message: string): RequestError {
  return new RequestError("INVALID_INPUT", message, { file: message });
}
