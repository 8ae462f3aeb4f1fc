import { randomInt } from "node:crypto";
import { text } from "node:stream/consumers";
import { Command, Option } from "commander";
import { ROLES, type Role } from "../../app/domain/roles.ts";
import { createUser } from "../../app/services/identity/create-user.server.ts";
import { setPassword } from "../../app/services/identity/set-password.server.ts";
import { withContext } from "../context.ts";
import { CliError } from "../errors.ts";

interface CreateFlags {
  email: string;
  name: string;
  role: Role;
  password?: string;
  passwordStdin?: boolean;
}

export function userCommand(): Command {
  return new Command("user")
    .description("Manage accounts.")
    .addCommand(
      new Command("create")
        .description("Make an account that can sign in at once.")
        .requiredOption("--email <address>", "e-mail address to sign in with")
        .requiredOption("--name <name>", "name shown to coordinators")
        .addOption(
          new Option("--role <role>", "what the account may do").choices(ROLES).makeOptionMandatory(),
        )
        .addOption(
          new Option("--password <password>", "password; other users of this machine may see it").conflicts(
            "passwordStdin",
          ),
        )
        .option("--password-stdin", "read the password from the first line of stdin")
        .addHelpText(
          "after",
          `
Without a password option, a strong one is made and printed.

Examples:
  turnwise user create --email ada@example.org --name "Ada" --role coordinator
  pass show turnwise | turnwise user create --email bo@example.org --name Bo --role rater --password-stdin`,
        )
        .action(create),
    )
    .addCommand(
      new Command("set-password")
        .description("Give an account a new password and end its sessions.")
        .requiredOption("--email <address>", "e-mail address of the account")
        .option("--password-stdin", "read the password from the first line of stdin")
        .addHelpText("after", "\nWithout --password-stdin, a strong password is made and printed.")
        .action(changePassword),
    );
}

async function changePassword(flags: { email: string; passwordStdin?: boolean }): Promise<void> {
  const given = flags.passwordStdin ? await readPassword() : undefined;
  const password = given ?? strongPassword();
  await withContext((ctx) => setPassword(ctx, { email: flags.email, password }));
  console.log(`Changed the password of ${flags.email}.`);
  if (given === undefined) console.log(`Password: ${password}`);
}

async function create(flags: CreateFlags): Promise<void> {
  const given = flags.passwordStdin ? await readPassword() : flags.password;
  const password = given ?? strongPassword();
  const { userId } = await withContext((ctx) =>
    createUser(ctx, { email: flags.email, name: flags.name, role: flags.role, password }),
  );
  console.log(`Created ${flags.role} ${flags.email} (${userId}).`);
  if (given === undefined) console.log(`Password: ${password}`);
}

async function readPassword(): Promise<string> {
  const [line = ""] = (await text(process.stdin)).split(/\r?\n/);
  if (line === "") throw new CliError("No password came on stdin.");
  return line;
}

/** No look-alikes, so that it can be read out. */
const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

/** Four groups of five: 100 random bits. */
function strongPassword(): string {
  const group = () => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}
