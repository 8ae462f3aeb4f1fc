import { evaluationField, parseAnswerField } from "../../domain/answer-field.ts";
import type { ShownColumn } from "../../domain/rater-views.ts";

/** The fields of one turn's evaluation form. `turnNumber` is 1-based. */
export function evaluationFields(turnNumber: number, columnIds: readonly string[]): string[] {
  const controls = ["confirmedColumnId", "rationale", "vsPrevious", "turnSatisfaction"];
  return [...controls, ...columnIds.map((id) => `satisfaction:${id}`)].map((control) =>
    evaluationField(turnNumber, control),
  );
}

/** Name of the control that holds a field. */
export function controlName(field: string): string {
  const parsed = parseAnswerField(field);
  return parsed?.kind === "evaluation" ? parsed.control : field;
}

/** Puts a value into its control, as a person would have; "" takes a choice back. */
export function setControl(form: HTMLFormElement, name: string, value: string): void {
  for (const element of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")) {
    if (element.name !== name) continue;
    if (element instanceof HTMLInputElement && element.type === "radio")
      element.checked = element.value === value;
    else element.value = value;
  }
}

/** How people call an answer, and how its value reads. */
export function describeAnswer(
  columns: readonly ShownColumn[],
  control: string,
  value: string,
): { name: string; value: string } {
  const label = (columnId: string) => columns.find((column) => column.columnId === columnId)?.label ?? "";
  switch (control) {
    case "confirmedColumnId":
      return { name: "Preferred column", value: value && `Column ${label(value)}` };
    case "rationale":
      return { name: "Your reasons", value };
    case "vsPrevious":
      return { name: "Compared with the previous turn", value };
    case "turnSatisfaction":
      return { name: "Satisfaction with all images", value };
    default:
      return { name: `Satisfaction with column ${label(control.slice("satisfaction:".length))}`, value };
  }
}

/** What the server will not take, by control name. */
export function refusalsOf(refusals: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(refusals).map(([field, text]) => [controlName(field), text]));
}
