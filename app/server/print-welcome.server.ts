import type { Env } from "./env.server.ts";
import { DEMO_LOGINS, DEMO_PASSWORD } from "./seed-demo.server.ts";

/** What a person sees in the terminal once the server answers. */
export function printWelcome(
  env: Env,
  { demo, images, arrival }: { demo: boolean; images: string; arrival: string | null },
): void {
  const { baseUrl: url, databaseUrl } = env;
  const database = databaseUrl.startsWith("postgres") ? "PostgreSQL" : databaseUrl.replace(/^file:/, "");
  const isWorker = env.role === "worker";
  const lines = [
    "",
    isWorker
      ? `  A Turnwise worker is running; its health is at port ${env.port}, /health`
      : `  Turnwise is running at  ${url}`,
    "",
    `  database  ${database}`,
    `  images    ${images}`,
  ];
  if (env.role === "web")
    lines.push("", "  Slates are made by other processes: start some with ROLE=worker.");
  if (isWorker) {
    // Nobody signs in here.
  } else if (demo) {
    lines.push("", `  Demo logins (password "${DEMO_PASSWORD}")`);
    for (const login of DEMO_LOGINS) {
      lines.push(`    ${login.role.padEnd(12)} ${login.email.padEnd(34)} ${url}${login.path}`);
    }
    if (arrival)
      lines.push("", "  Arrive as somebody whom a panel sends, without a password", `    ${url}${arrival}`);
  } else {
    lines.push(
      "",
      "  Make a first account:  npx turnwise user create --email you@example.org --name You --role admin",
    );
  }
  lines.push("", "  Stop with Ctrl-C.", "");
  process.stdout.write(`${lines.join("\n")}\n`);
}
