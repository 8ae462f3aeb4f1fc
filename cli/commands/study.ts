import { Command } from "commander";
import { listStudyNames } from "../../db/repositories/studies.ts";
import { withContext } from "../context.ts";
import { formatTable } from "../format.ts";

export function studyCommand(): Command {
  return new Command("study").description("Look at studies.").addCommand(
    new Command("list")
      .description("List all studies, the newest first: id, status, version, name.")
      .option("--json", "as JSON", false)
      .action(({ json }: { json: boolean }) =>
        withContext(async (ctx) => {
          const studies = await listStudyNames(ctx.store);
          if (json) return console.log(JSON.stringify(studies, null, 2));
          if (studies.length === 0) return console.error("There are no studies yet.");
          console.log(formatTable(studies.map((s) => [s.studyId, s.status, `v${s.version}`, s.name])));
        }),
      ),
  );
}
