import type { TurnAnswers, VsPrevious } from "../../domain/evaluation.ts";

export type PostedAnswers = Partial<Omit<TurnAnswers, "turnIndex">>;

const SATISFACTION = "satisfaction:";

/** The answers that a form of one turn holds; what is not in it stays as it was. The server checks the values. */
export function readAnswers(form: FormData): PostedAnswers {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" && value !== "" ? value : null;
  };
  const columnSatisfactions: Record<string, number> = {};
  for (const [name, value] of form) {
    if (name.startsWith(SATISFACTION) && value !== "") {
      columnSatisfactions[name.slice(SATISFACTION.length)] = Number(value);
    }
  }
  const confirmedColumnId = text("confirmedColumnId");
  const vsPrevious = text("vsPrevious");
  const turnSatisfaction = text("turnSatisfaction");
  return {
    columnSatisfactions,
    ...(confirmedColumnId !== null && { confirmedColumnId }),
    ...(form.has("rationale") && { rationale: text("rationale") ?? "" }),
    ...(vsPrevious !== null && { vsPrevious: vsPrevious as VsPrevious }),
    ...(turnSatisfaction !== null && { turnSatisfaction: Number(turnSatisfaction) }),
  };
}
