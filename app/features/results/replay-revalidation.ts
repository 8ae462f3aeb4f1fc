import type { ShouldRevalidateFunctionArgs } from "react-router";

/** Going to another turn of the same trajectory is one look, not several. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs): boolean {
  return currentUrl.pathname !== nextUrl.pathname && defaultShouldRevalidate;
}
