import { Outlet } from "react-router";
import { AppShell } from "../../components/app-shell.tsx";
import { useRootData } from "../../components/root-data.ts";
import { paths } from "../../domain/paths.ts";
import { shellUser, staffNav } from "../../features/console/staff-nav.ts";
import { requireActor } from "../../server/http.server.ts";
import type { Route } from "./+types/layout";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export function loader({ context, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  return { user: shellUser(actor), nav: staffNav(actor.role) };
}

/** The frame of all researcher pages. */
export default function DataLayout({ loaderData }: Route.ComponentProps) {
  const { theme } = useRootData();
  return (
    <AppShell user={loaderData.user} theme={theme} homeTo={paths.data()} nav={loaderData.nav}>
      <Outlet />
    </AppShell>
  );
}
