/**
 * The entries of a pasted list of addresses: separated by commas, semicolons, white space or lines;
 * "Jane Doe <jane@example.org>" counts as the address in it.
 */
export function splitEmails(text: string): string[] {
  return text
    .split(/[,;\n]+/)
    .flatMap((part) => {
      const named = /<([^<>]*)>/.exec(part);
      return named ? [named[1] ?? ""] : part.split(/\s+/);
    })
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
