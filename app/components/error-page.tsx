import { useContext } from "react";
import { isRouteErrorResponse, useRouteError } from "react-router";
import { Mark } from "./app-shell.tsx";
import { ButtonLink } from "./button.tsx";
import { InShell } from "./in-shell.ts";

const TEXTS: Record<number, { title: string; text: string }> = {
  400: { title: "That request was not understood", text: "Go back and try again." },
  401: { title: "Please sign in", text: "This page needs you to be signed in." },
  403: { title: "No access", text: "Your account does not give you access to this page." },
  404: {
    title: "There is nothing here",
    text: "The address may be mistyped, or the thing it named is gone or not yours to see.",
  },
  409: { title: "That is not possible now", text: "Something changed since this page was opened." },
  410: { title: "This link no longer works", text: "It was used already, or it has expired." },
  413: { title: "Too much at once", text: "What was sent is larger than this page accepts." },
  429: { title: "Too many tries", text: "Wait a minute and try again." },
  503: {
    title: "Turnwise cannot do that right now",
    text: "The server is busy or short of storage. Nothing that was saved is lost. Try again in a moment.",
  },
};
const FAULT = {
  title: "Something went wrong on our side",
  text: "Everything that was saved is still there. Try again; if it keeps happening, tell the people who run the study.",
};

export interface ErrorPageProps {
  status: number;
  /** What exactly was wrong, in plain words; replaces the general text. */
  message?: string;
  homeTo?: string;
}

/** A whole-page error: what happened and the way back. Brings the main landmark where there is no shell. */
export function ErrorPage({ status, message, homeTo = "/" }: ErrorPageProps) {
  const { title, text } = TEXTS[status] ?? (status >= 500 || status < 400 ? FAULT : TEXTS[400]!);
  const mayPass = status >= 500 || status === 409 || status === 429;
  const landmark = useContext(InShell) ? null : { id: "main", tabIndex: -1 };
  const Tag = landmark ? "main" : "div";
  return (
    <Tag {...landmark} className="mx-auto grid max-w-md justify-items-center gap-2 px-6 py-20 text-center">
      <Mark className="mb-2 size-9" />
      <h1 tabIndex={-1} className="text-2xl font-semibold tracking-tight">
        {title}
      </h1>
      <p className="text-muted">{message ?? text}</p>
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        {mayPass && (
          <ButtonLink to="." reloadDocument>
            Try again
          </ButtonLink>
        )}
        <ButtonLink to={status === 401 ? "/sign-in" : homeTo} reloadDocument variant="primary">
          {status === 401 ? "Sign in" : "Go to the start page"}
        </ButtonLink>
      </div>
      <p className="mt-4 text-xs text-muted tabular-nums">Status {status}</p>
    </Tag>
  );
}

/** ErrorBoundary of a route: `export { RouteError as ErrorBoundary } from "…/error-page.tsx"`. */
export function RouteError() {
  const error = useRouteError();
  if (isRouteErrorResponse(error)) {
    return <ErrorPage status={error.status} message={messageIn(error.data)} />;
  }
  return <ErrorPage status={500} />;
}

/** The plain sentence in an error's data, whether it is `{ error: { message } }` or `{ message }`. */
function messageIn(data: unknown): string | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const holder = "error" in data && typeof data.error === "object" && data.error !== null ? data.error : data;
  return "message" in holder && typeof holder.message === "string" ? holder.message : undefined;
}
