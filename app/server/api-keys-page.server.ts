import { data, type RouterContextProvider } from "react-router";
import { scopesOf } from "../domain/api-scopes.ts";
import { RequestError } from "../domain/errors.ts";
import { hasCapability } from "../domain/roles.ts";
import { createApiKey } from "../services/api-key/create-api-key.server.ts";
import { listApiKeys } from "../services/api-key/list-api-keys.server.ts";
import { revokeApiKey } from "../services/api-key/revoke-api-key.server.ts";
import { formText, handleFailure, load, readForm, requireActor, servicesOf } from "./http.server.ts";

interface PageArgs {
  context: Readonly<RouterContextProvider>;
  url: URL;
}

/** What the key pages of console and data show. */
export async function loadApiKeysPage({ context, url }: PageArgs) {
  const actor = requireActor({ context, url }, "api.key");
  const services = servicesOf(context);
  const mayRevokeAll = hasCapability(actor.role, "user.manage");
  const all = mayRevokeAll && url.searchParams.get("whose") === "all";
  const cursor = url.searchParams.get("cursor");
  return {
    keys: await load(() => listApiKeys(services, actor, { all, cursor })),
    scopes: scopesOf(actor.role),
    all: mayRevokeAll ? all : null,
    nowMs: services.now(),
    submissionId: services.newId("sub"),
  };
}

/** Makes or revokes a key. */
export async function actOnApiKeysPage({ request, context, url }: PageArgs & { request: Request }) {
  const actor = requireActor({ context, url }, "api.key");
  const services = servicesOf(context);
  const form = await readForm(request);
  const submissionId = formText(form, "submissionId");
  const days = formText(form, "days");
  const scopes = form.getAll("scopes").filter((scope) => typeof scope === "string");
  const typed = { name: formText(form, "name"), days, scopes };
  try {
    switch (formText(form, "intent")) {
      case "create":
        return {
          made: await createApiKey(services, actor, {
            name: typed.name,
            scopes,
            days: days === "never" ? null : Number(days),
            submissionId,
          }),
        };
      case "revoke": {
        const { name } = await revokeApiKey(services, actor, {
          keyId: formText(form, "keyId"),
          submissionId,
        });
        return { done: `The key “${name}” is revoked: it stopped working at once.` };
      }
      default:
        throw new RequestError("BAD_REQUEST", "This page has no such button.");
    }
  } catch (error) {
    const failure = handleFailure(error);
    return data({ ...failure.data, typed }, failure.init ?? undefined);
  }
}
