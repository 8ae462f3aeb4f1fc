import { useRouteLoaderData } from "react-router";
import { DEFAULT_LOCALE, type Locale } from "../i18n/locales.ts";
import type { Theme } from "./theme.ts";

/** What the root loader gives to every page. */
export interface RootData {
  theme: Theme;
  /** The language that the reader wants. */
  language: Locale;
  /** Of the content security policy; only scripts of the document carry it. */
  nonce: string;
}

/** Theme, language and nonce of this document; defaults when the root loader itself failed. */
export function useRootData(): RootData {
  return (
    (useRouteLoaderData("root") as RootData | undefined) ?? {
      theme: "system",
      language: DEFAULT_LOCALE,
      nonce: "",
    }
  );
}
