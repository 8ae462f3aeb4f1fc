import { formatDuration, plural } from "../../components/format.ts";
import { Table, Td, Th } from "../../components/table.tsx";
import type { ReplayView } from "../../domain/staff-views.ts";
import { Disclosure } from "./disclosure.tsx";

/** Everything that was recorded, in order, counted from the start. */
export function EventLog({ events, startedAtMs }: { events: ReplayView["events"]; startedAtMs: number }) {
  if (events.length === 0) return null;
  return (
    <Disclosure title="Events" note={plural(events.length, "event")}>
      <Table
        caption="Events"
        maxHeight="max-h-112"
        head={
          <>
            <Th numeric>After</Th>
            <Th>Event</Th>
            <Th>Details</Th>
          </>
        }
      >
        {events.map((event, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the log only ever grows at its end.
          <tr key={i}>
            <Td numeric>{formatDuration(Math.max(0, event.atMs - startedAtMs))}</Td>
            <Td rowHeader className="font-mono text-xs whitespace-nowrap">
              {event.type}
            </Td>
            <Td className="font-mono text-xs break-all text-muted">
              {Object.keys(event.data).length > 0 && JSON.stringify(event.data)}
            </Td>
          </tr>
        ))}
      </Table>
    </Disclosure>
  );
}
