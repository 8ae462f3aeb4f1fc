import { data, Link, useSearchParams } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { cx } from "../../components/cx.ts";
import { RequestError } from "../../domain/errors.ts";
import { PROBLEM_STATUSES } from "../../domain/vocabulary.ts";
import { failureOf } from "../../features/console/failure.ts";
import { ProblemList } from "../../features/console/problem-list.tsx";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import { answerProblem } from "../../services/problem/answer-problem.server.ts";
import { listProblems } from "../../services/problem/list-problems.server.ts";
import type { Route } from "./+types/problems";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Problems · Turnwise" }];

const STATUS_OF_INTENT = { answer: "answered", close: "closed", reopen: "open" } as const;

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "problem.answer");
  const services = servicesOf(context);
  const { studyId } = params;
  const status = PROBLEM_STATUSES.find((s) => s === url.searchParams.get("status"));
  const cursor = url.searchParams.get("cursor");
  const page = await load(() => listProblems(services, actor, { studyId, status, cursor, limit: 20 }));
  return { page, nowMs: services.now(), submissionId: services.newId("sub") };
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "problem.answer");
  const form = await readForm(request);
  const problemId = formText(form, "problemId");
  const message = formText(form, "message");
  const intent = formText(form, "intent");
  try {
    if (!isIntent(intent)) throw new RequestError("BAD_REQUEST", "This page has no such button.");
    await answerProblem(servicesOf(context), actor, {
      studyId: params.studyId,
      problemId,
      status: STATUS_OF_INTENT[intent],
      message,
      submissionId: formText(form, "submissionId"),
    });
    return { done: true };
  } catch (error) {
    const failure = handleFailure(error);
    return data({ ...failure.data, typed: { problemId, message } }, failure.init ?? undefined);
  }
}

function isIntent(intent: string): intent is keyof typeof STATUS_OF_INTENT {
  return Object.hasOwn(STATUS_OF_INTENT, intent);
}

/** The inbox of problem reports. */
export default function Problems({ loaderData, actionData }: Route.ComponentProps) {
  const failure = failureOf(actionData);
  const typed = actionData && "typed" in actionData ? actionData.typed : null;
  const refused = typed && failure?.fields.message ? { ...typed, error: failure.fields.message } : null;
  return (
    <div className="grid grid-cols-1 gap-4">
      {failure && !refused && <Alert tone="danger">{failure.message}</Alert>}
      <StatusFilter />
      <ProblemList {...loaderData} refused={refused} />
    </div>
  );
}

function StatusFilter() {
  const [params] = useSearchParams();
  const current = params.get("status") ?? "";
  return (
    <nav aria-label="Filter by status" className="flex flex-wrap gap-1">
      {["", ...PROBLEM_STATUSES].map((status) => (
        <Link
          key={status}
          to={status === "" ? "?" : `?status=${status}`}
          aria-current={current === status ? "true" : undefined}
          preventScrollReset
          className={cx(
            "rounded-md px-3 py-1 text-sm font-medium capitalize",
            current === status
              ? "bg-accent-soft text-accent-ink"
              : "text-muted hover:bg-sunken hover:text-text",
          )}
        >
          {status || "All"}
        </Link>
      ))}
    </nav>
  );
}
