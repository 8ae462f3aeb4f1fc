import Papa from "papaparse";
import { RequestError } from "../../domain/errors.ts";
import { EMAILS_MAX } from "./check-emails.ts";
import { normaliseEmail } from "./normalise-email.ts";

/** The values of a bad row are quoted up to this many characters. */
const SHOWN_MAX = 80;
const DELIMITERS = [",", ";", "\t", "|"];

export interface BadInvitationRow {
  /** As a spreadsheet counts: the header is row 1. Line breaks inside a quoted value do not count. */
  row: number;
  problem: string;
  value: string;
}

export interface InvitationFile {
  /** Addresses that can be invited, each once, in the order of the file. */
  emails: string[];
  bad: BadInvitationRow[];
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
  const delimiter = DELIMITERS.find((d) => emailColumn(headerOf(content, d)) >= 0);
  if (delimiter === undefined)
    throw fileProblem("The first row of the file must name its columns, one of them “email”.");
  const header = headerOf(content, delimiter);
  const column = emailColumn(header);
  const rows = Papa.parse<string[]>(content, { delimiter }).data;
  const firstRowOf = new Map<string, number>();
  const bad: BadInvitationRow[] = [];
  for (const [i, cells] of rows.entries()) {
    if (i === 0 || cells.every((cell) => cell.trim() === "")) continue;
    const row = i + 1;
    const value = (cells[column] ?? "").trim();
    const email = normaliseEmail(value);
    const first = email === null ? undefined : firstRowOf.get(email);
    if (email !== null && first === undefined) firstRowOf.set(email, row);
    else bad.push({ row, problem: problemOf(value, first), value: value.slice(0, SHOWN_MAX) });
  }
  const emails = [...firstRowOf.keys()];
  if (emails.length + bad.length === 0) throw fileProblem("The file has a header but no rows.");
  if (emails.length > EMAILS_MAX) {
    throw fileProblem(`Invite at most ${EMAILS_MAX} people at once (the file has ${emails.length}).`);
  }
  return { emails, bad, ignoredColumns: header.filter((name, i) => i !== column && name !== "") };
}

function headerOf(content: string, delimiter: string): string[] {
  const [names = []] = Papa.parse<string[]>(content, { delimiter, preview: 1 }).data;
  return names.map((name) => name.trim());
}

function emailColumn(header: readonly string[]): number {
  return header.findIndex((name) => name.toLowerCase() === "email");
}

function problemOf(value: string, firstRow: number | undefined): string {
  if (firstRow !== undefined) return `The same address as in row ${firstRow}`;
  return value === "" ? "No address" : "Not an e-mail address";
}

function fileProblem(message: string): RequestError {
  return new RequestError("INVALID_INPUT", message, { file: message });
}
