import { PageHeader } from "../../components/page-header.tsx";
import { AuditList } from "../../features/console/audit-list.tsx";
import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { listAudit } from "../../services/audit/list-audit.server.ts";
import type { Route } from "./+types/audit";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Audit log · Turnwise" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "audit.read");
  const get = (name: string) => url.searchParams.get(name) || undefined;
  return load(() =>
    listAudit(servicesOf(context), actor, {
      action: get("action"),
      actorUserId: get("person"),
      cursor: get("cursor"),
    }),
  );
}

/** Who did what on this installation. */
export default function Audit({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <PageHeader
        title="Audit log"
        description="What people of the staff did, the latest first. It is never changed."
      />
      <AuditList {...loaderData} />
    </>
  );
}
