import { createContainer } from "../../app/server/container.server.ts";
import { readEnv } from "../../app/server/env.server.ts";
import type { ServiceContext } from "../../app/services/context.ts";

/** The production container on a database of the benchmark's own. */
export async function openBenchContext(
  databaseUrl: string,
  dataDir: string,
  extra: Record<string, string> = {},
): Promise<{ ctx: ServiceContext; close(): Promise<void> }> {
  const env = readEnv({
    ...process.env,
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    LOG_LEVEL: "error",
    ...extra,
  });
  const container = await createContainer(env);
  return { ctx: container.ctx, close: () => container.close() };
}
