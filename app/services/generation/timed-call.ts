import { type ProviderCall, ProviderError, type ReportCall } from "../../domain/provider-call.ts";
import type { ServiceContext } from "../context.ts";

/**
 * Runs an adapter and adds the calls that it reports to `calls`. Embedded models report none: for them the whole run
 * counts as one call that costs nothing, so that their latency and faults are known too.
 */
export async function timed<T>(
  ctx: ServiceContext,
  provider: string,
  calls: ProviderCall[],
  run: (report: ReportCall) => Promise<T>,
): Promise<T> {
  const startedAtMs = ctx.now();
  const before = calls.length;
  const own = (fault: ProviderCall["fault"]) => {
    if (ctx.providers.has(provider) || calls.slice(before).some((call) => call.provider === provider)) return;
    calls.push({
      provider,
      model: provider,
      startedAtMs,
      durationMs: ctx.now() - startedAtMs,
      fault,
      billed: false,
      parameters: {},
      inputTokens: null,
      outputTokens: null,
      costMicros: null,
    });
  };
  try {
    const result = await run((call) => calls.push(call));
    own(null);
    return result;
  } catch (error) {
    own(error instanceof ProviderError ? error.fault : "unavailable");
    throw error;
  }
}
