import { openCliContext } from "../app/server/container.server.ts";
import type { ServiceContext } from "../app/services/context.ts";
import { findStudiesByIdOrName, type StudyName } from "../db/repositories/studies.ts";
import { CliError } from "./errors.ts";

/** Opens the installation that the environment names, for the length of `work`. */
export async function withContext<T>(work: (ctx: ServiceContext) => Promise<T>): Promise<T> {
  const { ctx, close } = await openCliContext();
  try {
    return await work(ctx);
  } finally {
    await close();
  }
}

/** The study with this id or name. */
export async function getStudy(ctx: ServiceContext, idOrName: string): Promise<StudyName> {
  const [study, ...others] = await findStudiesByIdOrName(ctx.store, idOrName);
  if (!study) throw new CliError(`There is no study "${idOrName}". "turnwise study list" shows all of them.`);
  if (others.length === 0) return study;
  const ids = [study, ...others].map((one) => one.studyId).join(", ");
  throw new CliError(`Several studies are called "${idOrName}". Use an id: ${ids}`);
}
