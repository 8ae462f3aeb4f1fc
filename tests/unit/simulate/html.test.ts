import { describe, expect, it } from "vitest";
import type { Reply } from "../../../cli/simulate/client.ts";
import { fillForm, getForm } from "../../../cli/simulate/forms.ts";
import { alertText, parseForms, parseLinks, parseTags, plainText } from "../../../cli/simulate/html.ts";

const PAGE = `<!doctype html><html><body>
<!-- <form method="post"><input name="ghost"></form> -->
<script>const html = '<input name="scripted" value="1">';</script>
<form method="post" action="/sign-out"><button>Sign out</button></form>
<form method="POST" id="turn" action="">
  <input type="hidden" name="submissionId" value="abc_12345678"/>
  <input type="hidden" name="note" value="a &quot;b&quot; &amp; c &#x27;d&#39; &lt;e&gt;">
  <label><input type="radio" name="columnId" value="col_1"><img src="/images/img_1" alt="1 > 0"></label>
  <label><input checked type=radio name=columnId value=col_2></label>
  <input type="radio" name="columnId" value="col_3" disabled>
  <textarea name="critique"></textarea>
  <button name="intent" value="choose" type="submit">Choose</button>
</form>
<input form="turn" type="checkbox" name="sure" checked>
<a class="x" href="/console/studies/std_1?a=1&amp;b=2"><b>Demo</b> study</a>
</body></html>`;

const page = (path: string, html = PAGE): Reply => ({
  status: 200,
  headers: {},
  body: Buffer.from(html),
  path,
  text: () => html,
});

describe("the form parser", () => {
  it("sees what a browser without scripts would send, and nothing from comments or scripts", () => {
    const [signOut, turn, ...rest] = parseForms(PAGE);
    expect(rest).toEqual([]);
    expect(signOut).toMatchObject({ method: "post", action: "/sign-out" });
    expect(turn?.defaults).toEqual([
      ["submissionId", "abc_12345678"],
      ["note", `a "b" & c 'd' <e>`],
      ["columnId", "col_2"],
      ["sure", "on"],
    ]);
    expect(turn?.radios.get("columnId")).toEqual(["col_1", "col_2"]);
    expect(turn?.buttons).toEqual([{ name: "intent", value: "choose" }]);
    expect([...(turn?.names ?? [])]).toEqual([
      "submissionId",
      "note",
      "columnId",
      "critique",
      "intent",
      "sure",
    ]);
  });

  it("reads attributes however they are quoted, with > inside", () => {
    expect(parseTags(PAGE).filter((tag) => tag.name === "img")).toEqual([
      { name: "img", attributes: { src: "/images/img_1", alt: "1 > 0" } },
    ]);
  });

  it("reads links with their text and alerts with theirs", () => {
    expect(parseLinks(PAGE)).toEqual([{ href: "/console/studies/std_1?a=1&b=2", text: "Demo study" }]);
    expect(plainText("<p>a<br>b</p>  &amp; c")).toBe("a b & c");
    expect(alertText(`<main>long page<div role="alert"><p>Too many words.</p></div></main>`)).toBe(
      "Too many words.",
    );
  });
});

describe("filling a form", () => {
  it("finds the form that posts to its own page by the names it has", () => {
    expect(getForm(page("/rate/a/turns/1?x=1"), ["columnId", "critique"]).defaults[0]?.[1]).toBe(
      "abc_12345678",
    );
    expect(() => getForm(page("/rate/a/turns/1"), ["prompt"])).toThrow("no form with prompt");
  });

  it("tells forms apart by what they send by themselves", () => {
    const form = (id: string) =>
      `<form method="post" action="/rate?index"><input type="hidden" name="studyId" value="${id}"></form>`;
    const home = page("/rate", form("one") + form("two"));
    expect(getForm(home, [], { studyId: "two" }).defaults).toEqual([["studyId", "two"]]);
    expect(() => getForm(home, [], { studyId: "three" })).toThrow("no form with studyId");
  });

  it("keeps the page's submission id, so that a repeated page has one effect, and makes one where there is none", () => {
    const form = getForm(page("/x"), ["columnId"]);
    expect(fillForm(form, { columnId: "col_1" })).toEqual([
      ["submissionId", "abc_12345678"],
      ["note", `a "b" & c 'd' <e>`],
      ["sure", "on"],
      ["columnId", "col_1"],
    ]);
    const bare = parseForms(
      `<form method="post"><input name="submissionId" type="hidden" value=""></form>`,
    )[0];
    expect(fillForm(bare ?? form, {})[0]?.[1]).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
  });
});
