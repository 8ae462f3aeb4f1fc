import { createHmac } from "node:crypto";
import type { ExportOptions } from "../../domain/export-options.ts";
import type { ServiceContext } from "../context.ts";

/**
 * The key that the pseudonyms of one release are made with. It is stored nowhere: it follows from the installation's
 * secret and the export's salt, which is forgotten when the export ends; or, where releases are to be linked, from the
 * study and the words that they share.
 */
export function releaseKeyOf(
  ctx: Pick<ServiceContext, "deriveSecret">,
  job: { studyId: string; options: Pick<ExportOptions, "linkAs">; releaseSalt: string | null },
): Uint8Array {
  const { linkAs } = job.options;
  const from = linkAs !== null ? ["linked", job.studyId, linkAs] : ["single", job.studyId, job.releaseSalt];
  if (linkAs === null && job.releaseSalt === null) throw new Error("an export without a salt has ended");
  return createHmac("sha256", ctx.deriveSecret("release-key")).update(JSON.stringify(from)).digest();
}
