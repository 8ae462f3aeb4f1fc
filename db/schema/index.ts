import type { Kit } from "../kit.ts";
import { authTables } from "./auth.ts";
import { exportTables } from "./export.ts";
import { operationTables } from "./operations.ts";
import { providerTables } from "./providers.ts";
import { recruitmentTables } from "./recruitment.ts";
import { slateTables } from "./slate.ts";
import { studyTables } from "./study.ts";
import { textReviewTables } from "./text-review.ts";
import { trajectoryTables } from "./trajectory.ts";
import { webhookTables } from "./webhook.ts";

/** All tables, built for the dialect of `k`. */
export function createSchema(k: Kit) {
  const auth = authTables(k);
  const study = studyTables(k, auth);
  const recruitment = recruitmentTables(k, { ...auth, ...study });
  const trajectory = trajectoryTables(k, { ...auth, ...study });
  const slate = slateTables(k, trajectory);
  const providers = providerTables(k, { ...study, ...trajectory, ...slate });
  const operations = operationTables(k, { ...auth, ...study, ...trajectory, ...slate });
  const textReview = textReviewTables(k, { ...auth, ...study, ...trajectory });
  const exported = exportTables(k, { ...auth, ...study });
  const webhook = webhookTables(k, { ...auth, ...study });
  return {
    ...auth,
    ...study,
    ...recruitment,
    ...trajectory,
    ...slate,
    ...providers,
    ...operations,
    ...textReview,
    ...exported,
    ...webhook,
  };
}
export type Schema = ReturnType<typeof createSchema>;
