import { useRouteLoaderData } from "react-router";
import type { Theme } from "./theme.ts";

/** What the root loader gives to every page. */
export interface RootData {
  theme: Theme;
  /** Of the content security policy; only scripts of the document carry it. */
  nonce: string;
}

/** Theme and nonce of this document; defaults when the root loader itself failed. */
export function useRootData(): RootData {
  return (useRouteLoaderData("root") as RootData | undefined) ?? { theme: "system", nonce: "" };
}
