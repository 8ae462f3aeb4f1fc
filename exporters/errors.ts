/** The export cannot be made; the message says why to whoever asked for it. */
export class ExportError extends Error {
  override readonly name = "ExportError";
}
