import { RequestError } from "../../domain/errors.ts";
import { type ArrivalIds, parseArrival } from "../../domain/recruitment.ts";
import type { ServiceContext } from "../context.ts";
import { findLink } from "./find-link.ts";

/** The ids in the address of a recruitment link. Throws NOT_FOUND, or BAD_REQUEST with what is wrong with them. */
export async function readArrival(
  ctx: ServiceContext,
  args: { slug: string; parameters: URLSearchParams },
): Promise<ArrivalIds> {
  const { link } = await findLink(ctx, ctx.store.read, args.slug);
  const parsed = parseArrival(link.kind, args.parameters);
  if (parsed.kind === "bad") throw new RequestError("BAD_REQUEST", parsed.problem);
  return parsed.ids;
}
