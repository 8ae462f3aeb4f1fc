import { pathToFileURL } from "node:url";
import compile from "icu-minify/compile";
import type { Plugin } from "vite";

type Catalogue = { [key: string]: string | Catalogue };

const CATALOGUE = /\/app\/i18n\/messages\/[a-z]{2}\.ts$/;

/**
 * For the browser's build: catalogues of ICU messages arrive compiled, so that no parser of messages (9 kB) does. The
 * server and the development server format the messages as they are written.
 */
export function compileMessages(): Plugin {
  return {
    name: "compile-messages",
    apply: "build",
    applyToEnvironment: (environment) => environment.name === "client",
    enforce: "pre",
    resolveId(source, importer, options) {
      if (source !== "use-intl/format-message") return null;
      return this.resolve("use-intl/format-message/format-only", importer, { ...options, skipSelf: true });
    },
    async load(id) {
      if (!CATALOGUE.test(id)) return null;
      const { default: catalogue } = (await import(pathToFileURL(id).href)) as { default: Catalogue };
      return `export default ${JSON.stringify(compiled(catalogue))};`;
    },
  };
}

function compiled(catalogue: Catalogue): unknown {
  return Object.fromEntries(
    Object.entries(catalogue).map(([key, value]) => [
      key,
      typeof value === "string" ? compile(value) : compiled(value),
    ]),
  );
}
