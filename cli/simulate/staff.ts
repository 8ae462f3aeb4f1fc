/** What the coordinator does for a run, through the same pages: signs in, finds the study, invites raters. */
import { setTimeout as sleep } from "node:timers/promises";
import { paths } from "../../app/domain/paths.ts";
import { type Client, type Reply, SimulationError } from "./client.ts";
import { fillForm, getForm } from "./forms.ts";
import { alertText, parseLinks } from "./html.ts";

export interface Credentials {
  email: string;
  password: string;
}

/** Sign-in is limited per address and minute; a run waits its turn. */
const THROTTLED_PAUSE_MS = 5_000;
const THROTTLED_ATTEMPTS = 30;

/** Signs in; throws when the password is wrong. */
export async function signIn(client: Client, { email, password }: Credentials): Promise<void> {
  const path = paths.signIn();
  const form = getForm(await client.open(path), ["email", "password"]);
  for (let attempt = 1; ; attempt++) {
    const reply = await client.post(path, fillForm(form, { email, password }));
    if (reply.status === 429 && attempt < THROTTLED_ATTEMPTS) {
      await sleep(THROTTLED_PAUSE_MS, undefined, { signal: client.signal });
      continue;
    }
    if (reply.status >= 400) {
      throw new SimulationError("sign-in", `${email} cannot sign in: ${alertText(reply.text())}`);
    }
    await client.follow(reply);
    return;
  }
}

/** The id of the study with this id or name, as the console lists it. */
export async function findStudy(client: Client, idOrName: string): Promise<string> {
  const page = await client.open(paths.console());
  const studies = new Map<string, string>();
  for (const { href, text } of parseLinks(page.text())) {
    const id = /^\/console\/studies\/([^/?#]+)$/.exec(href)?.[1];
    if (id && href !== paths.newStudy() && !studies.has(id)) studies.set(id, text);
  }
  if (studies.has(idOrName)) return idOrName;
  const all = [...studies];
  const exact = all.filter(([, text]) => text === idOrName);
  const matches = exact.length > 0 ? exact : all.filter(([, text]) => text.includes(idOrName));
  if (matches.length === 1) return matches[0]?.[0] as string;
  throw new SimulationError(
    "study",
    matches.length === 0
      ? `The console lists no study "${idOrName}". It has: ${all.map(([, text]) => text).join("; ") || "none"}.`
      : `Several studies match "${idOrName}". Use an id: ${matches.map(([id]) => id).join(", ")}`,
  );
}

/** Invites simulated raters and returns the paths of their invitation links. */
export async function inviteRaters(client: Client, studyId: string, emails: string[]): Promise<string[]> {
  const path = paths.studyRaters(studyId);
  const form = getForm(await client.open(path), ["emails"]);
  const page = await client.submit(
    path,
    fillForm(form, { intent: "invite", emails: emails.join("\n"), source: "simulated" }),
  );
  const found = invitationPaths(page);
  if (found.length !== emails.length) {
    throw new SimulationError(
      "invitation",
      `${emails.length} raters were invited, but ${found.length} links came back: ${alertText(page.text())}`,
    );
  }
  return found;
}

function invitationPaths(page: Reply): string[] {
  return [...new Set(page.text().match(/\/invite\/[A-Za-z0-9_-]{16,}/g) ?? [])];
}

/** Makes the account behind an invitation; the client is signed in afterwards. */
export async function acceptInvitation(client: Client, path: string, rater: Credentials & { name: string }) {
  const form = getForm(await client.open(path), ["name", "password"]);
  const page = await client.submit(path, fillForm(form, { name: rater.name, password: rater.password }));
  // The account exists, but signing in at once was throttled.
  if (page.path.startsWith(paths.signIn())) await signIn(client, rater);
}
