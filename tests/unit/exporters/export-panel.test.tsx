import { renderToString } from "react-dom/server";
import { createRoutesStub } from "react-router";
import { expect, it } from "vitest";
import { ExportPanel } from "../../../app/features/results/export-panel.tsx";

it("the page offers exports for the own team only, and says why one was refused", () => {
  const Stub = createRoutesStub([
    {
      path: "/",
      Component: () => <ExportPanel exports={[]} submissionId="sub_12345678" error="Not built yet." />,
    },
  ]);
  const html = renderToString(<Stub />);
  expect(html).toContain('<input type="hidden" name="profile" value="internal"/>');
  expect(html).not.toContain("<select");
  expect(html).toMatch(/role="alert".*Not built yet\./);
});
