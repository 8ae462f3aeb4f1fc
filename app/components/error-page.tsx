import { useContext } from "react";
import { isRouteErrorResponse, useRouteError } from "react-router";
import { useTranslations } from "use-intl";
import { Mark } from "./app-shell.tsx";
import { ButtonLink } from "./button.tsx";
import { InShell } from "./in-shell.ts";

/** Statuses with a text of their own; 500 stands for every other fault. */
const KNOWN = [400, 401, 403, 404, 409, 410, 413, 429, 503, 500] as const;

function textOf(status: number): (typeof KNOWN)[number] {
  return KNOWN.find((known) => known === status) ?? (status >= 500 || status < 400 ? 500 : 400);
}

export interface ErrorPageProps {
  status: number;
  /** What exactly was wrong, in plain words; replaces the general text. */
  message?: string;
  homeTo?: string;
}

/** A whole-page error: what happened and the way back. Brings the main landmark where there is no shell. */
export function ErrorPage({ status, message, homeTo = "/" }: ErrorPageProps) {
  const t = useTranslations("ui.errorPage");
  const known = textOf(status);
  const mayPass = status >= 500 || status === 409 || status === 429;
  const landmark = useContext(InShell) ? null : { id: "main", tabIndex: -1 };
  const Tag = landmark ? "main" : "div";
  return (
    <Tag {...landmark} className="mx-auto grid max-w-md justify-items-center gap-2 px-6 py-20 text-center">
      <Mark className="mb-2 size-9" />
      <h1 tabIndex={-1} className="text-2xl font-semibold tracking-tight">
        {t(`e${known}.title`)}
      </h1>
      <p className="text-muted">{message ?? t(`e${known}.text`)}</p>
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        {mayPass && (
          <ButtonLink to="." reloadDocument>
            {t("tryAgain")}
          </ButtonLink>
        )}
        <ButtonLink to={status === 401 ? "/sign-in" : homeTo} reloadDocument variant="primary">
          {status === 401 ? t("signIn") : t("toStart")}
        </ButtonLink>
      </div>
      <p className="mt-4 text-xs text-muted tabular-nums">{t("status", { status: String(status) })}</p>
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
