import { Link } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Time } from "../../components/time.tsx";
import type { ApiKeyRow } from "../../domain/access-views.ts";
import type { ApiScope } from "../../domain/api-scopes.ts";
import { paths } from "../../domain/paths.ts";
import type { Page } from "../../domain/staff-views.ts";
import { failureOf } from "../console/failure.ts";
import { ApiKeyForm, type TypedKey } from "./api-key-form.tsx";
import { ApiKeysTable } from "./api-keys-table.tsx";
import { ShownOnce } from "./shown-once.tsx";

interface MadeKey {
  keyId: string;
  name: string;
  key: string | null;
  expiresAtMs: number | null;
}

export interface ApiKeysPageProps {
  keys: Page<ApiKeyRow>;
  /** What a new key can be allowed. */
  scopes: ApiScope[];
  /** Everybody's keys are shown; null = the reader may see own keys only. */
  all: boolean | null;
  nowMs: number;
  submissionId: string;
  /** What came of the form, if one was sent. */
  answer: object | null;
}

/** Own API keys: make one, see when each was used, revoke. */
export function ApiKeysPage({ keys, scopes, all, nowMs, submissionId, answer }: ApiKeysPageProps) {
  const failure = failureOf(answer);
  const made = answer && "made" in answer ? (answer.made as MadeKey) : null;
  const done = answer && "done" in answer ? String(answer.done) : null;
  const typed = answer && "typed" in answer ? (answer.typed as TypedKey) : null;
  const inForm = failure !== null && Object.keys(failure.fields).length > 0;
  return (
    <>
      <PageHeader
        title="API keys"
        description="A key lets a program act for you, within the scopes that you give it."
        actions={<ButtonLink to={paths.apiDocs()}>API documentation</ButtonLink>}
      />
      <div className="grid grid-cols-1 gap-5">
        {failure && !inForm && <Alert tone="danger">{failure.message}</Alert>}
        {done && <Alert tone="success">{done}</Alert>}
        {made && (
          <ShownOnce key={made.keyId}>
            <NewKey made={made} />
          </ShownOnce>
        )}
        <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,1fr)_26rem]">
          <div className="grid grid-cols-1 gap-3">
            {all !== null && (
              <p className="text-sm">
                {all ? (
                  <Link to="?">Show my keys only</Link>
                ) : (
                  <Link to="?whose=all">Show everybody’s keys</Link>
                )}
              </p>
            )}
            <ApiKeysTable keys={keys} nowMs={nowMs} submissionId={submissionId} showOwner={all === true} />
          </div>
          <ApiKeyForm
            scopes={scopes}
            submissionId={submissionId}
            typed={typed}
            fields={failure?.fields ?? {}}
            sent={made}
          />
        </div>
      </div>
    </>
  );
}

/** The key just made, shown this once: only its hash is stored. */
function NewKey({ made }: { made: MadeKey }) {
  const { name, key, expiresAtMs } = made;
  if (key === null) {
    return (
      <Alert tone="warning">
        The key “{name}” was made before, and a key is shown only once. If you do not have it, revoke it and
        make a new one.
      </Alert>
    );
  }
  return (
    <Card
      title={`“${name}”: copy the key now`}
      description="It is shown this once; only a fingerprint of it is stored. Keep it like a password."
      actions={<CopyButton text={key} label="Copy key" />}
    >
      <code className="block rounded-md bg-sunken px-3 py-2 font-mono text-sm break-all">{key}</code>
      <p className="mt-2 text-sm text-muted">
        {expiresAtMs === null ? (
          "It never expires: revoke it when it is not needed any more."
        ) : (
          <>
            It expires on <Time atMs={expiresAtMs} show="date" />.
          </>
        )}
      </p>
    </Card>
  );
}
