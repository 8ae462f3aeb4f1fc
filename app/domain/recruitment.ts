import { cleanLine } from "./text.ts";

/**
 * Arriving by a recruitment link and leaving again. Pure: what a panel's parameters mean, and the address that the rater
 * goes back to.
 */
export const LINK_KINDS = ["prolific", "generic"] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

export const LINK_STATUSES = ["open", "closed"] as const;
export type LinkStatus = (typeof LINK_STATUSES)[number];

/** Who a panel says is coming. `session` is "" where a generic link brings none. */
export interface ArrivalIds {
  externalId: string;
  session: string;
  externalStudy: string;
}

export type ArrivalParse = { kind: "ok"; ids: ArrivalIds } | { kind: "bad"; problem: string };

/** Names of the parameters, in the order id, session, study. */
export const LINK_PARAMETERS: Record<LinkKind, readonly [id: string, session: string, study: string]> = {
  prolific: ["PROLIFIC_PID", "SESSION_ID", "STUDY_ID"],
  generic: ["pid", "session", "study"],
};

const ID_MAX_CHARACTERS = 128;
/** Ids that panels use. Placeholders that a panel did not fill in ("{{%PROLIFIC_PID%}}", "${pid}") are none. */
const ID = /^[\p{L}\p{N}._:@+=~-]+$/u;
const PROLIFIC_ID = /^[0-9a-zA-Z]{8,64}$/;

/** What the parameters of an arrival say, or what is wrong with them, for the person who came. */
export function parseArrival(kind: LinkKind, parameters: URLSearchParams): ArrivalParse {
  const [idName, sessionName, studyName] = LINK_PARAMETERS[kind];
  const required = kind === "prolific" ? [idName, sessionName, studyName] : [idName];
  const bad = (problem: string): ArrivalParse => ({ kind: "bad", problem });
  const values = new Map<string, string>();
  for (const name of [idName, sessionName, studyName]) {
    const all = parameters.getAll(name);
    if (all.length > 1 && new Set(all).size > 1) return bad(`“${name}” is in the address more than once.`);
    const value = cleanLine(all[0] ?? "");
    if (value === "") {
      if (required.includes(name)) return bad(`“${name}” is missing from the address.`);
      continue;
    }
    const valid = kind === "prolific" ? PROLIFIC_ID.test(value) : ID.test(value);
    if (!valid || value.length > ID_MAX_CHARACTERS) return bad(`“${name}” in the address is not a valid id.`);
    values.set(name, value);
  }
  return {
    kind: "ok",
    ids: {
      externalId: values.get(idName) ?? "",
      session: values.get(sessionName) ?? "",
      externalStudy: values.get(studyName) ?? "",
    },
  };
}

/** The parameters of an arrival as they stand in an address, for forms that send them again. */
export function arrivalSearch(kind: LinkKind, ids: ArrivalIds): string {
  const [idName, sessionName, studyName] = LINK_PARAMETERS[kind];
  const out = new URLSearchParams({ [idName]: ids.externalId });
  if (ids.session) out.set(sessionName, ids.session);
  if (ids.externalStudy) out.set(studyName, ids.externalStudy);
  return `?${out}`;
}

export interface ExitValues {
  code: string;
  pid: string;
  study: string;
  session: string;
}

/** Where someone who leaves is sent: the whole address, and the host to name it by. */
export interface Exit {
  url: string;
  host: string;
}

/**
 * The coordinator's address with `{code}`, `{pid}`, `{study}` and `{session}` filled in, each percent-encoded. What is
 * filled in never decides where it leads: null unless host and protocol are the template's own.
 */
export function fillExit(template: string, values: ExitValues): Exit | null {
  if (template === "") return null;
  const fill = (v: ExitValues) =>
    URL.parse(
      template.replace(/\{(code|pid|study|session)\}/g, (_, name: keyof ExitValues) =>
        encodeURIComponent(v[name].toWellFormed()),
      ),
    );
  const filled = fill(values);
  const fixed = fill({ code: "0", pid: "0", study: "0", session: "0" });
  if (!filled || !fixed || !["https:", "http:"].includes(filled.protocol)) return null;
  if (filled.origin !== fixed.origin || filled.username !== "" || filled.password !== "") return null;
  return { url: filled.href, host: filled.host };
}

/** How long a rater's single-use link to another browser works. */
export const PERSONAL_LINK_HOURS = 24;

/** Accounts of people who came by a panel have an address of this kind: unique, and no mail can reach it. */
const PANEL_DOMAIN = "@panel.invalid";

export function panelAddress(userId: string): string {
  return `${userId}${PANEL_DOMAIN}`;
}

export function isPanelAddress(email: string): boolean {
  return email.endsWith(PANEL_DOMAIN);
}
