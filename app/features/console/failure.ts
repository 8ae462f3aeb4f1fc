/** A refusal as actions return it. */
export interface FormFailure {
  code: string;
  message: string;
  /** Message per field. */
  fields: Record<string, string>;
}

/** The refusal in an action's data, whatever else it may hold. */
export function failureOf(actionData: unknown): FormFailure | null {
  if (typeof actionData !== "object" || actionData === null || !("error" in actionData)) return null;
  return (actionData as { error: FormFailure }).error;
}
