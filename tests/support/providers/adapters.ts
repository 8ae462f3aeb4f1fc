/** Adapters as the composition root makes them from the environment, with scripted services behind them. */
import type { ProviderCall } from "../../../app/domain/provider-call.ts";
import { readModels } from "../../../app/server/models-env.server.ts";
import { createProviders, type Providers } from "../../../app/server/providers.server.ts";

export function providersFrom(env: Record<string, string>): Providers {
  return createProviders(readModels(env));
}

/** Collects what an adapter reports. */
export function recorder(): {
  calls: ProviderCall[];
  report: (call: ProviderCall) => void;
  billed(): number;
} {
  const calls: ProviderCall[] = [];
  return {
    calls,
    report: (call) => calls.push(call),
    billed: () => calls.filter((call) => call.billed).length,
  };
}

/** Everything that an error or a report may carry into a log, as text: messages, causes, stacks, fields. */
export function everythingIn(value: unknown, depth = 0): string {
  if (depth > 6 || value === null || value === undefined) return String(value);
  if (value instanceof Error) {
    const own = Object.getOwnPropertyNames(value).map((name) =>
      everythingIn((value as unknown as Record<string, unknown>)[name], depth + 1),
    );
    return [value.name, value.message, ...own].join("\n");
  }
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([name, inner]) => `${name}: ${everythingIn(inner, depth + 1)}`)
      .join("\n");
  }
  return String(value);
}

/** The scripted server's secrets: none of them may turn up in an error or a report. */
export function secretsOf(server: { url: string; key: string }): string[] {
  const { hostname, port } = new URL(server.url);
  return [server.key, `${hostname}:${port}`, `:${port}`, Buffer.from(server.key).toString("base64")];
}
