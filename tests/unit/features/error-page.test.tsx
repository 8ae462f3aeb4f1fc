import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { createRoutesStub, Outlet } from "react-router";
import { expect, test } from "vitest";
import { AppShell } from "../../../app/components/app-shell.tsx";
import "../../../app/i18n/all-catalogues.server.ts";
import { ErrorPage } from "../../../app/components/error-page.tsx";
import { TextsProvider } from "../../../app/i18n/texts-provider.tsx";

const Failed = () => <ErrorPage status={410} message="The link was used already." />;
const Shell = () => (
  <AppShell user={null} theme="system" homeTo="/">
    <Outlet />
  </AppShell>
);

const render = (page: ReactNode) => renderToStaticMarkup(<TextsProvider locale="en">{page}</TextsProvider>);

function mains(html: string): string[] {
  return html.match(/<main[^>]* id="main"|<main/g) ?? [];
}

test("a whole-page error has one main landmark, alone and inside the shell", () => {
  const Alone = createRoutesStub([{ path: "/", Component: Failed }]);
  const Inside = createRoutesStub([
    { path: "/", Component: Shell, children: [{ index: true, Component: Failed }] },
  ]);
  for (const html of [render(<Alone />), render(<Inside />)]) {
    expect(html).toContain("The link was used already.");
    expect(mains(html)).toEqual([expect.stringContaining('id="main"')]);
  }
});
