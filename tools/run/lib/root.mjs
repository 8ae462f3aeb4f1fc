import { join } from "node:path";
import { fileURLToPath } from "node:url";

// No import.meta.dirname here: this file also runs on Node 18.
export const root = fileURLToPath(new URL("../../../", import.meta.url)).replace(/[\\/]$/, "");

/** A path inside the repository. */
export const at = (...parts) => join(root, ...parts);

/** An error whose message is for the person at the terminal: printed without a stack. */
export class UserError extends Error {
  constructor(message, options) {
    super(message, options);
    this.userMessage = message;
  }
}

/** Prints an error as one clear line where it was meant for people, otherwise with its stack. */
export function printError(error) {
  const forPeople = error instanceof Error && typeof error.userMessage === "string";
  console.error(forPeople ? `turnwise: ${error.userMessage}` : error);
}
