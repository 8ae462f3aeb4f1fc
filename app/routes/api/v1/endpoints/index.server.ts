import type { Endpoint } from "../../../../server/api/endpoint.server.ts";
import { assignmentEndpoints } from "./assignments.server.ts";
import { exportEndpoints } from "./exports.server.ts";
import { keyEndpoints } from "./key.server.ts";
import { progressEndpoints } from "./progress.server.ts";
import { raterEndpoints } from "./raters.server.ts";
import { studyEndpoints } from "./studies.server.ts";
import { webhookEndpoints } from "./webhooks.server.ts";

/** Everything that the API can do. */
export const endpoints: readonly Endpoint[] = [
  ...keyEndpoints,
  ...studyEndpoints,
  ...raterEndpoints,
  ...assignmentEndpoints,
  ...progressEndpoints,
  ...exportEndpoints,
  ...webhookEndpoints,
];
