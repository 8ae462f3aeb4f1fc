/** A process that does exports until it is ended, as a worker does: on a thread, with leases. `node export-process.ts <orders as JSON>` */
import { createContainer } from "../../app/server/container.server.ts";
import { readEnv } from "../../app/server/env.server.ts";
import { exportInThread } from "../../app/server/export-in-thread.server.ts";
import { startExportLoop } from "../../app/server/export-loop.server.ts";

const env = readEnv();
const { ctx } = await createContainer(env);
startExportLoop(ctx, {
  perform: exportInThread({ databaseUrl: env.databaseUrl, storage: env.storage }),
  leaseMs: Number(process.env.TEST_LEASE_MS),
});
