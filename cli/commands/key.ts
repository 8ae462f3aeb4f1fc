import { Command, InvalidArgumentError, Option } from "commander";
import type { Actor } from "../../app/domain/actor.ts";
import { API_SCOPES } from "../../app/domain/api-scopes.ts";
import { createApiKey } from "../../app/services/api-key/create-api-key.server.ts";
import { listApiKeys } from "../../app/services/api-key/list-api-keys.server.ts";
import { revokeApiKey } from "../../app/services/api-key/revoke-api-key.server.ts";
import type { ServiceContext } from "../../app/services/context.ts";
import { findActor } from "../../app/services/identity/find-actor.server.ts";
import { withContext } from "../context.ts";
import { CliError } from "../errors.ts";
import { formatTable } from "../format.ts";

export function keyCommand(): Command {
  return new Command("key")
    .description("Manage API keys.")
    .addCommand(
      new Command("create")
        .description("Make an API key for an account and print it, this once.")
        .requiredOption("--email <address>", "account that the key acts for")
        .requiredOption("--name <name>", "program or person that will use it")
        .requiredOption("--scopes <list>", `what it may do, separated by commas: ${API_SCOPES.join(", ")}`)
        .addOption(
          new Option("--days <days>", 'days until it expires, or "never"').default(90).argParser(parseDays),
        )
        .addHelpText(
          "after",
          `
The key can do no more than its account. It goes to stdout, everything else to stderr.

Example:
  turnwise key create --email ada@example.org --name "Nightly export" --scopes exports:read,exports:write`,
        )
        .action(create),
    )
    .addCommand(
      new Command("list")
        .description("List the API keys of an account, the newest first.")
        .requiredOption("--email <address>", "e-mail address of the account")
        .option("--json", "as JSON", false)
        .action(list),
    )
    .addCommand(
      new Command("revoke")
        .description("Make an API key useless at once.")
        .requiredOption("--email <address>", "account that the key acts for")
        .argument("<key-id>", "id as `turnwise key list` shows it")
        .action(revoke),
    );
}

function parseDays(text: string): number | null {
  if (text === "never") return null;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Use a number of days, or "never".');
  return Number(text);
}

async function create(flags: {
  email: string;
  name: string;
  scopes: string;
  days: number | null;
}): Promise<void> {
  const made = await withContext(async (ctx) =>
    createApiKey(ctx, await actorOf(ctx, flags.email), {
      name: flags.name,
      scopes: flags.scopes.split(",").map((scope) => scope.trim()),
      days: flags.days,
      submissionId: ctx.newId("sub"),
    }),
  );
  const until = made.expiresAtMs === null ? "never expires" : `expires ${isoDate(made.expiresAtMs)}`;
  console.error(`Made ${made.keyId} for ${flags.email}, ${until}. It is shown this once:`);
  console.log(made.key);
}

async function list({ email, json }: { email: string; json: boolean }): Promise<void> {
  await withContext(async (ctx) => {
    const actor = await actorOf(ctx, email);
    const { rows } = await listApiKeys(ctx, actor, { limit: 100 });
    if (json) return console.log(JSON.stringify(rows, null, 2));
    if (rows.length === 0) return console.error(`${email} has no API keys.`);
    console.log(
      formatTable(
        rows.map((row) => [
          row.keyId,
          row.state,
          `${row.prefix}…`,
          row.expiresAtMs === null ? "never expires" : isoDate(row.expiresAtMs),
          row.effectiveScopes.join(","),
          row.name,
        ]),
      ),
    );
  });
}

async function revoke(keyId: string, { email }: { email: string }): Promise<void> {
  const { name } = await withContext(async (ctx) =>
    revokeApiKey(ctx, await actorOf(ctx, email), { keyId, submissionId: ctx.newId("sub") }),
  );
  console.log(`Revoked ${keyId} (${name}).`);
}

async function actorOf(ctx: ServiceContext, email: string): Promise<Actor> {
  const account = await ctx.accounts.findByEmail(email);
  if (!account) throw new CliError(`There is no account with the e-mail address ${email}.`);
  return findActor(ctx, { ...account, email });
}

function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
