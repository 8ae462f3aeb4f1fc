import { renderToStaticMarkup } from "react-dom/server";
import { createRoutesStub, Outlet } from "react-router";
import { expect, test } from "vitest";
import { AppShell } from "../../../app/components/app-shell.tsx";
import { ErrorPage } from "../../../app/components/error-page.tsx";

const Failed = () => <ErrorPage status={410} message="The link was used already." />;
const Shell = () => (
  <AppShell user={null} theme="system" homeTo="/">
    <Outlet />
  </AppShell>
);

function mains(html: string): string[] {
  return html.match(/<main[^>]* id="main"|<main/g) ?? [];
}

test("a whole-page error has one main landmark, alone and inside the shell", () => {
  const Alone = createRoutesStub([{ path: "/", Component: Failed }]);
  const Inside = createRoutesStub([
    { path: "/", Component: Shell, children: [{ index: true, Component: Failed }] },
  ]);
  for (const html of [renderToStaticMarkup(<Alone />), renderToStaticMarkup(<Inside />)]) {
    expect(html).toContain("The link was used already.");
    expect(mains(html)).toEqual([expect.stringContaining('id="main"')]);
  }
});
