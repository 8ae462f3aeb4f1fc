import { and, count, eq, gt, isNull, or } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import {
  API_KEY_DAYS_MAX,
  API_KEY_NAME_MAX_CHARACTERS,
  API_KEY_SHOWN_CHARACTERS,
  API_KEYS_MAX,
} from "../../domain/api-key.ts";
import { type ApiScope, isApiScope, scopesOf } from "../../domain/api-scopes.ts";
import { RequestError } from "../../domain/errors.ts";
import { cleanLine } from "../../domain/text.ts";
import type { ServiceContext } from "../context.ts";
import { recallToken, rememberTokens } from "../identity/recent-links.ts";
import { recordAudit } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { hashApiKey, newApiKey } from "./key-secret.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export interface CreateApiKeyArgs {
  name: string;
  scopes: string[];
  /** Days until it expires; null = never. */
  days: number | null;
  submissionId: string;
}

export interface CreateApiKeyResult {
  keyId: string;
  name: string;
  /** The key itself, shown this once; null when an old form is sent again. */
  key: string | null;
  scopes: ApiScope[];
  expiresAtMs: number | null;
}

/**
 * Makes an API key for the actor, with scopes of the actor's own role only.
 * Throws INVALID_INPUT with a message per field.
 */
export async function createApiKey(
  ctx: ServiceContext,
  actor: Actor,
  args: CreateApiKeyArgs,
): Promise<CreateApiKeyResult> {
  assertCapability(actor, "api.key");
  const checked = check(actor, args);
  const { name, scopes, days } = checked;
  let secret: { keyId: string; key: string } | null = null;
  const submission = {
    actorId: actor.userId,
    submissionId: args.submissionId,
    useCase: "create-api-key",
    body: checked,
  };
  const stored = await submitOnce(ctx, submission, async (tx) => {
    const { apiKeys } = ctx.store.t;
    const now = ctx.now();
    const [live] = await tx
      .select({ n: count() })
      .from(apiKeys)
      .where(
        and(
          eq(apiKeys.ownerUserId, actor.userId),
          isNull(apiKeys.revokedAtMs),
          or(isNull(apiKeys.expiresAtMs), gt(apiKeys.expiresAtMs, now)),
        ),
      );
    if ((live?.n ?? 0) >= API_KEYS_MAX) {
      throw refuse({ name: `You have ${API_KEYS_MAX} keys. Revoke one that you do not need.` });
    }
    const keyId = ctx.newId("key");
    const key = newApiKey();
    secret = { keyId, key };
    const expiresAtMs = days === null ? null : now + days * DAY_MS;
    await tx.insert(apiKeys).values({
      id: keyId,
      name,
      prefix: key.slice(0, API_KEY_SHOWN_CHARACTERS),
      keySha256: hashApiKey(key),
      scopes,
      ownerUserId: actor.userId,
      createdAtMs: now,
      expiresAtMs,
    });
    await recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: "api_key.created",
      subjectType: "api_key",
      subjectId: keyId,
      data: { scopes, expiresAtMs },
    });
    return { keyId, name, scopes, expiresAtMs };
  });
  // A second click or a retry after a lost reply still gets the key, from this process's memory.
  const reply = `${actor.userId}/${args.submissionId}`;
  const made = secret as { keyId: string; key: string } | null;
  if (made) rememberTokens(ctx, reply, new Map([[made.keyId, made.key]]));
  return { ...stored, key: recallToken(ctx, reply, stored.keyId) };
}

function check(
  actor: Actor,
  args: CreateApiKeyArgs,
): { name: string; scopes: ApiScope[]; days: number | null } {
  const fields: Record<string, string> = {};
  const name = cleanLine(args.name);
  if (name === "") fields.name = "Name the program or person that will use the key.";
  else if (name.length > API_KEY_NAME_MAX_CHARACTERS) {
    fields.name = `Use at most ${API_KEY_NAME_MAX_CHARACTERS} characters.`;
  }
  const allowed = scopesOf(actor.role);
  const beyond = args.scopes.filter((scope) => !isApiScope(scope) || !allowed.includes(scope));
  if (args.scopes.length === 0) fields.scopes = "Choose at least one thing that the key may do.";
  else if (beyond.length > 0) {
    fields.scopes = `Your account cannot give a key these scopes: ${beyond.slice(0, 5).join(", ")}.`;
  }
  const { days } = args;
  if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= API_KEY_DAYS_MAX)) {
    fields.days = `Use 1 to ${API_KEY_DAYS_MAX} days, or no expiry.`;
  }
  if (Object.keys(fields).length > 0) throw refuse(fields);
  return { name, scopes: allowed.filter((scope) => args.scopes.includes(scope)), days };
}

function refuse(fields: Record<string, string>): RequestError {
  return new RequestError("INVALID_INPUT", Object.values(fields)[0] ?? "The key cannot be made.", fields);
}
