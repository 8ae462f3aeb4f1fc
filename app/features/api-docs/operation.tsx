import { Badge } from "../../components/badge.tsx";
import { CopyButton } from "../../components/copy-button.tsx";

export interface OperationProps {
  operationId: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  scope: string | null;
  query: { name: string; description: string }[];
  /** A command to copy. */
  curl: string;
  status: number;
  errors: string[];
}

const TONE: Record<string, "neutral" | "accent" | "warning" | "danger"> = {
  POST: "accent",
  PATCH: "warning",
  DELETE: "danger",
};

/** One operation: what it does, what it needs and a command that does it. */
export function Operation(props: OperationProps) {
  const { operationId, method, path, summary, description, scope, query, curl, status, errors } = props;
  return (
    <article id={operationId} className="scroll-mt-20 overflow-hidden rounded-lg border bg-surface">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-3">
        <Badge tone={TONE[method] ?? "neutral"}>{method}</Badge>
        <code className="font-mono text-sm break-all">{path}</code>
      </header>
      <div className="grid grid-cols-1 gap-3 px-4 py-4">
        <h3 className="font-medium">{summary}</h3>
        {description && <p className="max-w-prose text-muted">{description}</p>}
        <p className="text-sm text-muted">
          {scope ? (
            <>
              Scope <code className="font-mono text-text">{scope}</code>
            </>
          ) : (
            "Any key"
          )}
          {" · answers "}
          {status}
          {errors.length > 0 && (
            <>
              {" · may refuse with "}
              <code className="font-mono text-text">{errors.join(", ")}</code>
            </>
          )}
        </p>
        {query.length > 0 && (
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
            {query.map(({ name, description: text }) => (
              <div key={name} className="contents">
                <dt>
                  <code className="font-mono">?{name}=</code>
                </dt>
                <dd className="text-muted">{text || "Filter."}</dd>
              </div>
            ))}
          </dl>
        )}
        <div className="grid gap-2">
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
            tabIndex={0}
            className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs leading-relaxed"
          >
            {curl}
          </pre>
          <div className="flex justify-end">
            <CopyButton text={curl} variant="secondary" />
          </div>
        </div>
      </div>
    </article>
  );
}
