import { AppShell } from "../../components/app-shell.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useRootData } from "../../components/root-data.ts";
import { Table, Td, Th } from "../../components/table.tsx";
import { paths } from "../../domain/paths.ts";
import { hasCapability, homePathOf, type Role } from "../../domain/roles.ts";
import { Operation, type OperationProps } from "./operation.tsx";

export interface ApiDocsProps {
  baseUrl: string;
  groups: { tag: string; operations: OperationProps[] }[];
  scopes: { scope: string; text: string }[];
  errors: { code: string; status: number; title: string }[];
  /** Of who reads, if signed in. */
  role: Role | null;
}

/** Reference of the API on one page. */
export function ApiDocs({ baseUrl, groups, scopes, errors, role }: ApiDocsProps) {
  const { theme } = useRootData();
  return (
    <AppShell user={null} theme={theme} homeTo={role ? homePathOf(role) : paths.signIn()}>
      <PageHeader
        title="API"
        description="Everything that the pages do with studies, raters, assignments and data, for programs."
        actions={
          <>
            {keysPath(role) && <ButtonLink to={keysPath(role) ?? ""}>Your API keys</ButtonLink>}
            <ButtonLink to={paths.openApi()} reloadDocument>
              OpenAPI document
            </ButtonLink>
          </>
        }
      />
      <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <nav aria-label="Sections" className="lg:sticky lg:top-20">
          <ul className="flex flex-wrap gap-x-4 gap-y-1 lg:grid">
            {["Start", ...groups.map((group) => group.tag), "Errors"].map((title) => (
              <li key={title}>
                <a
                  href={`#${anchor(title)}`}
                  className="inline-block py-1 text-muted hover:text-text hover:underline"
                >
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="grid grid-cols-1 gap-10">
          <Start baseUrl={baseUrl} scopes={scopes} />
          {groups.map(({ tag, operations }) => (
            <section key={tag} id={anchor(tag)} className="grid scroll-mt-20 grid-cols-1 gap-4">
              <h2 className="text-lg font-semibold">{tag}</h2>
              {operations.map((operation) => (
                <Operation key={operation.operationId} {...operation} />
              ))}
            </section>
          ))}
          <Errors errors={errors} />
        </div>
      </div>
    </AppShell>
  );
}

function keysPath(role: Role | null): string | null {
  if (role === null || !hasCapability(role, "api.key")) return null;
  return hasCapability(role, "study.manage") ? paths.consoleApiKeys() : paths.dataApiKeys();
}

function anchor(title: string): string {
  return title.toLowerCase();
}

function Start({ baseUrl, scopes }: Pick<ApiDocsProps, "baseUrl" | "scopes">) {
  return (
    <section id="start" className="grid scroll-mt-20 grid-cols-1 gap-4">
      <h2 className="text-lg font-semibold">Start</h2>
      <div className="grid max-w-prose gap-3">
        <p>
          Send an API key with each request. It acts for the person who made it, within the scopes it was
          given. Requests and replies are JSON; times are UTC milliseconds.
        </p>
        <p>
          <strong>Safe repeats.</strong> A write with an <code>Idempotency-Key</code> header has one effect
          however often it arrives; repeating it gives the same reply.
        </p>
        <p>
          <strong>Lists</strong> hold <code>data</code> and <code>nextCursor</code>; send the cursor back as{" "}
          <code>?cursor=</code> until it is null.
        </p>
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto rounded-md bg-sunken p-4 font-mono text-sm"
      >{`curl ${baseUrl}/key -H "Authorization: Bearer $TURNWISE_KEY"`}</pre>
      <Card title="Scopes" padded={false}>
        <Table
          caption="Scopes"
          head={
            <>
              <Th>Scope</Th>
              <Th>A key with it may</Th>
            </>
          }
        >
          {scopes.map(({ scope, text }) => (
            <tr key={scope}>
              <Td rowHeader>
                <code className="font-mono text-sm whitespace-nowrap">{scope}</code>
              </Td>
              <Td>{text}</Td>
            </tr>
          ))}
        </Table>
      </Card>
    </section>
  );
}

function Errors({ errors }: Pick<ApiDocsProps, "errors">) {
  return (
    <section id="errors" className="grid scroll-mt-20 grid-cols-1 gap-4">
      <h2 className="text-lg font-semibold">Errors</h2>
      <p className="max-w-prose">
        A refusal is a problem document (RFC 9457, <code>application/problem+json</code>). Programs should
        look at <code>code</code>, which never changes; <code>detail</code> is for people. Where fields are
        wrong, <code>errors</code> names each.
      </p>
      <Card padded={false}>
        <Table
          caption="Error codes"
          head={
            <>
              <Th>Code</Th>
              <Th numeric>Status</Th>
              <Th>Meaning</Th>
            </>
          }
        >
          {errors.map(({ code, status, title }) => (
            <tr key={code} id={`error-${code}`} className="scroll-mt-20">
              <Td rowHeader>
                <code className="font-mono text-sm">{code}</code>
              </Td>
              <Td numeric>{status}</Td>
              <Td>{title}</Td>
            </tr>
          ))}
        </Table>
      </Card>
    </section>
  );
}
