import type { Kit } from "../kit.ts";
import { authTables } from "./auth.ts";
import { operationTables } from "./operations.ts";
import { slateTables } from "./slate.ts";
import { studyTables } from "./study.ts";
import { trajectoryTables } from "./trajectory.ts";

/** All tables, built for the dialect of `k`. */
export function createSchema(k: Kit) {
  const auth = authTables(k);
  const study = studyTables(k, auth);
  const trajectory = trajectoryTables(k, { ...auth, ...study });
  const slate = slateTables(k, trajectory);
  const operations = operationTables(k, { ...auth, ...study, ...trajectory, ...slate });
  return { ...auth, ...study, ...trajectory, ...slate, ...operations };
}
export type Schema = ReturnType<typeof createSchema>;
