/** What a trajectory is called: its prompt, or that there is none yet. */
export function replayTitle(initialPrompt: string): string {
  return initialPrompt === "" ? "No prompt yet" : `“${initialPrompt}”`;
}
