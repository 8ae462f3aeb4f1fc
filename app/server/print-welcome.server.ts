import { DEMO_LOGINS, DEMO_PASSWORD } from "./seed-demo.server.ts";

/** What a person sees in the terminal once the server answers. */
export function printWelcome(at: { url: string; demo: boolean; databaseUrl: string; dataDir: string }): void {
  const database = at.databaseUrl.startsWith("postgres")
    ? "PostgreSQL"
    : at.databaseUrl.replace(/^file:/, "");
  const lines = [
    "",
    `  Turnwise is running at  ${at.url}`,
    "",
    `  database  ${database}`,
    `  images    ${at.dataDir}/objects`,
  ];
  if (at.demo) {
    lines.push("", `  Demo logins (password "${DEMO_PASSWORD}")`);
    for (const login of DEMO_LOGINS) {
      lines.push(`    ${login.role.padEnd(12)} ${login.email.padEnd(34)} ${at.url}${login.path}`);
    }
  } else {
    lines.push(
      "",
      "  Make a first account:  npx turnwise user create --email you@example.org --name You --role admin",
    );
  }
  lines.push("", "  Stop with Ctrl-C.", "");
  process.stdout.write(`${lines.join("\n")}\n`);
}
