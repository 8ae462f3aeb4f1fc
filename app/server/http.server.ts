import { data, type RouterContextProvider, redirect } from "react-router";
import { isStorageFault } from "../../db/errors.ts";
import { type Actor, assertCapability } from "../domain/actor.ts";
import { RequestError } from "../domain/errors.ts";
import { paths } from "../domain/paths.ts";
import type { Capability } from "../domain/roles.ts";
import type { ServiceContext } from "../services/context.ts";
import { ObjectStoreError } from "../storage/errors.ts";
import { actorContext, servicesContext } from "./context.server.ts";

interface RouteContext {
  context: Readonly<RouterContextProvider>;
}

export function servicesOf(context: Readonly<RouterContextProvider>): ServiceContext {
  return context.get(servicesContext);
}

/**
 * Who is asking, if their role has the capability. Throws a redirect to the sign-in page (coming back afterwards),
 * or 403.
 */
export function requireActor({ context, url }: RouteContext & { url: URL }, capability: Capability): Actor {
  const actor = context.get(actorContext);
  if (!actor) throw redirect(paths.signIn(url.pathname + url.search), 303);
  try {
    assertCapability(actor, capability);
  } catch (error) {
    throw toResponse(error);
  }
  return actor;
}

const FORM_TYPES = ["application/x-www-form-urlencoded", "multipart/form-data"];

/** The posted form. Throws 415 for any other content type, 400 for a body that is not one. */
export async function readForm(request: Request): Promise<FormData> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!FORM_TYPES.includes(type)) {
    throw data({ error: { code: "BAD_REQUEST", message: "Send a form.", fields: {} } }, { status: 415 });
  }
  try {
    return await request.formData();
  } catch {
    throw data(
      { error: { code: "BAD_REQUEST", message: "The form could not be read.", fields: {} } },
      { status: 400 },
    );
  }
}

/** A text field; "" when it is missing or is a file. */
export function formText(form: FormData, name: string): string {
  const value = form.get(name);
  // NUL cannot be stored by PostgreSQL and means nothing in a form.
  return typeof value === "string" ? value.replaceAll("\u0000", "") : "";
}

/** A 1-based number from the URL. Throws 404 unless it is a plain positive integer. */
export function positiveInt(text: string | undefined): number {
  if (!text || !/^[1-9]\d{0,5}$/.test(text)) {
    throw toResponse(new RequestError("NOT_FOUND", "There is no such page."));
  }
  return Number(text);
}

export interface Failure {
  error: { code: string; message: string; fields: Record<string, string> };
}

/** For actions: a 4xx becomes data for the form to show; anything else is rethrown. */
export function handleFailure(error: unknown) {
  const known = asRequestError(error);
  if (!known || known.status === 404 || known.status === 403) throw toResponse(error);
  const failure: Failure = {
    error: { code: known.code, message: known.userMessage, fields: known.fields },
  };
  return data(failure, { status: known.status });
}

/** For resource routes that scripts ask: the result, or the refusal with its true status, as JSON. */
export async function answerJson<T>(work: () => Promise<T>): Promise<Response> {
  try {
    return Response.json(await work());
  } catch (error) {
    const known = asRequestError(error);
    if (!known) throw error;
    const { code, userMessage: message, fields, status } = known;
    return Response.json({ error: { code, message, fields } }, { status });
  }
}

/** For loaders: `load(() => useCase())` turns refusals into error pages with their true status. */
export async function load<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toResponse(error);
  }
}

function asRequestError(error: unknown): RequestError | null {
  if (error instanceof RequestError) return error;
  if (isStorageFault(error) || error instanceof ObjectStoreError) {
    return new RequestError(
      "STORAGE_UNAVAILABLE",
      "The server cannot save right now. Nothing you typed is lost on this page: try again in a moment.",
    );
  }
  return null;
}

/** A refusal as a thrown response for the nearest error boundary; faults stay as they are. */
export function toResponse(error: unknown): unknown {
  const known = asRequestError(error);
  if (!known) return error;
  const failure: Failure = {
    error: { code: known.code, message: known.userMessage, fields: known.fields },
  };
  return data(failure, { status: known.status });
}
