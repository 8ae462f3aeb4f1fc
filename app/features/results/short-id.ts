/** Enough of an id to tell rows apart; the whole one belongs into the title. */
export function shortId(id: string): string {
  return id.length > 12 ? `${id.slice(0, 12)}…` : id;
}
