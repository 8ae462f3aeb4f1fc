import type { ReactNode } from "react";
import { Alert } from "../../components/alert.tsx";
import { Badge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatAgo, formatDuration, formatNumber } from "../../components/format.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { Stat, StatRow } from "../../components/stat.tsx";
import { Table, Td, Th } from "../../components/table.tsx";
import { FAULT_ADVICE, type ProviderHealth, type SystemHealthView } from "../../domain/health-views.ts";
import { FAULT_NAMES, moneyText } from "./health-text.ts";

/** Services, queue, workers, database and storage, as of now. */
export function HealthPage({ health, status }: { health: SystemHealthView; status: ReactNode }) {
  const { parts, providers, queue, workers, nowMs } = health;
  const alive = workers.filter((worker) => worker.isAlive);
  return (
    <>
      <PageHeader
        title="System health"
        description="Models, queue, workers, database and storage, as of now. The same checks, with a tiny real call each, run in a shell with “turnwise doctor”."
        actions={status}
      />
      <div className="grid grid-cols-1 gap-5">
        {alive.length === 0 && (
          <Alert tone="danger" title="No worker is alive" live={false}>
            Nothing makes slates: raters wait until their turn's deadline. Start the server, or a process with
            ROLE=worker.
          </Alert>
        )}
        {parts
          .filter((part) => !part.ok)
          .map((part) => (
            <Alert key={part.name} tone="danger" title={`${part.name}: no answer`} live={false}>
              {part.what}
            </Alert>
          ))}
        <StatRow>
          {parts.map((part) => (
            <Stat
              key={part.name}
              label={part.name}
              value={part.ok ? "OK" : "Down"}
              note={part.ok ? formatDuration(part.durationMs) : undefined}
              tone={part.ok ? "neutral" : "danger"}
            />
          ))}
          <Stat
            label="Workers"
            value={formatNumber(alive.length)}
            note="alive"
            tone={alive.length > 0 ? "neutral" : "danger"}
          />
          <Stat label="Being made" value={formatNumber(queue.running)} note="steps" />
          <Stat
            label="Waiting"
            value={formatNumber(queue.waiting)}
            note={
              queue.oldestWaitingMs === null ? "steps" : `oldest ${formatDuration(queue.oldestWaitingMs)}`
            }
            tone={(queue.oldestWaitingMs ?? 0) > 60_000 ? "warning" : "neutral"}
          />
        </StatRow>
        <ProvidersTable providers={providers} nowMs={nowMs} />
        <WorkersTable workers={workers} nowMs={nowMs} />
      </div>
    </>
  );
}

function ProvidersTable({ providers, nowMs }: { providers: ProviderHealth[]; nowMs: number }) {
  return (
    <Card
      title="Models"
      description="Calls, faults and cost of the last 24 hours; times of the latest 200 good calls"
      padded={false}
    >
      <Table
        caption="Models"
        head={
          <>
            <Th>Model</Th>
            <Th>State</Th>
            <Th numeric>Calls</Th>
            <Th numeric>Failed</Th>
            <Th numeric>Median</Th>
            <Th numeric>95 %</Th>
            <Th numeric>Cost</Th>
            <Th>Faults</Th>
          </>
        }
      >
        {providers.map((provider) => (
          <tr key={provider.id}>
            <Td rowHeader>
              {provider.id}
              <span className="block text-xs font-normal text-muted">
                {[provider.kind, provider.model].filter(Boolean).join(" · ")}
              </span>
            </Td>
            <Td>
              <ProviderState provider={provider} nowMs={nowMs} />
            </Td>
            <Td numeric>{formatNumber(provider.calls)}</Td>
            <Td numeric>{failedShare(provider)}</Td>
            <Td numeric>{provider.p50Ms === null ? "–" : formatDuration(provider.p50Ms)}</Td>
            <Td numeric>{provider.p95Ms === null ? "–" : formatDuration(provider.p95Ms)}</Td>
            <Td numeric>{provider.costMicros ? moneyText(provider.costMicros) : "–"}</Td>
            <Td className="min-w-64">
              {provider.faults.map(({ fault, n }) => (
                <span key={fault} className="block">
                  {FAULT_NAMES[fault]} × {formatNumber(n)}
                  <span className="text-muted"> ({FAULT_ADVICE[fault]})</span>
                </span>
              ))}
            </Td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

function failedShare({ calls, faults }: ProviderHealth): string {
  const failed = faults.reduce((n, row) => n + row.n, 0);
  return calls === 0 ? "–" : `${((100 * failed) / calls).toFixed(failed > 0 ? 1 : 0)}%`;
}

function ProviderState({ provider, nowMs }: { provider: ProviderHealth; nowMs: number }) {
  const until = provider.pausedUntilMs ?? 0;
  if (provider.breaker === "open" && until > nowMs) {
    return <Badge tone="danger">left alone, next try {formatAgo(until, nowMs)}</Badge>;
  }
  if (provider.breaker !== "closed") return <Badge tone="warning">being tried</Badge>;
  if (until > nowMs) return <Badge tone="warning">asked for quiet</Badge>;
  if (provider.calls === 0) return <Badge>not used</Badge>;
  return <Badge tone="success">working</Badge>;
}

function WorkersTable({ workers, nowMs }: { workers: SystemHealthView["workers"]; nowMs: number }) {
  return (
    <Card title="Workers" description="Processes that propose prompts and make images" padded={false}>
      {workers.length === 0 ? (
        <EmptyState title="No worker has been seen">
          Start the server, or a process with ROLE=worker.
        </EmptyState>
      ) : (
        <Table
          caption="Workers"
          head={
            <>
              <Th>Host</Th>
              <Th numeric>Process</Th>
              <Th>State</Th>
              <Th numeric>Doing</Th>
              <Th>Started</Th>
              <Th>Last seen</Th>
            </>
          }
        >
          {workers.map((worker) => (
            <tr key={worker.id}>
              <Td rowHeader>{worker.host}</Td>
              <Td numeric>{worker.pid}</Td>
              <Td>
                {worker.isAlive ? <Badge tone="success">alive</Badge> : <Badge tone="danger">silent</Badge>}
              </Td>
              <Td numeric>{formatNumber(worker.running)}</Td>
              <Td>{formatAgo(worker.startedAtMs, nowMs)}</Td>
              <Td>{formatAgo(worker.heartbeatAtMs, nowMs)}</Td>
            </tr>
          ))}
        </Table>
      )}
    </Card>
  );
}
