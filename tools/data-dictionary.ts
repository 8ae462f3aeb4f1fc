/** `npm run data-dictionary`: writes docs/data-dictionary.md from the column lists of the tables. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../db/store.ts";
import { dictionaryText } from "../exporters/metadata/dictionary.ts";
import { allTables } from "../exporters/tables/index.ts";

writeFileSync(join(projectRoot(), "docs/data-dictionary.md"), dictionaryText(allTables()));
