import { describe, expect, test } from "vitest";
import { arrivalSearch, fillExit, parseArrival } from "../../../app/domain/recruitment.ts";

const parse = (kind: "prolific" | "generic", search: string) =>
  parseArrival(kind, new URLSearchParams(search));

describe("the parameters of an arrival", () => {
  test("Prolific's three are all needed, and become id, session and study", () => {
    const search = "PROLIFIC_PID=5f2a0c11d&STUDY_ID=64aa0c11d&SESSION_ID=77bb0c11d";
    expect(parse("prolific", search)).toEqual({
      kind: "ok",
      ids: { externalId: "5f2a0c11d", session: "77bb0c11d", externalStudy: "64aa0c11d" },
    });
    for (const name of ["PROLIFIC_PID", "STUDY_ID", "SESSION_ID"]) {
      const fewer = new URLSearchParams(search);
      fewer.delete(name);
      expect(parseArrival("prolific", fewer)).toEqual({
        kind: "bad",
        problem: `“${name}” is missing from the address.`,
      });
    }
  });

  test("a generic link needs an id alone", () => {
    expect(parse("generic", "pid=worker-7@panel")).toMatchObject({
      kind: "ok",
      ids: { externalId: "worker-7@panel", session: "", externalStudy: "" },
    });
  });

  test.each([
    ["prolific", "PROLIFIC_PID={{%PROLIFIC_PID%}}&STUDY_ID=64aa0c11d&SESSION_ID=77bb0c11d"],
    ["prolific", "PROLIFIC_PID=5f2a0c11d%0d%0a&STUDY_ID=64 aa&SESSION_ID=77bb0c11d"],
    ["generic", "pid=%24%7BPID%7D"],
    ["generic", "pid=<script>"],
    ["generic", "pid=%20%20"],
    ["generic", `pid=${"x".repeat(129)}`],
    ["generic", "pid=a&pid=b"],
  ] as const)("a %s arrival with %s is refused with the parameter's name", (kind, search) => {
    expect(parse(kind, search)).toMatchObject({ kind: "bad", problem: expect.stringMatching(/“\w+”/) });
  });

  test("what was read can be written again", () => {
    const ids = { externalId: "a+b=c", session: "s:1", externalStudy: "" };
    expect(parse("generic", arrivalSearch("generic", ids))).toEqual({ kind: "ok", ids });
  });
});

describe("the way back", () => {
  const values = { code: "AB 1&2", pid: "p/../x", study: "s#1", session: "?y" };

  test("fills in code and ids, percent-encoded", () => {
    expect(fillExit("https://panel.example/done?cc={code}&p={pid}&s={study}&z={session}", values)).toEqual({
      url: "https://panel.example/done?cc=AB%201%262&p=p%2F..%2Fx&s=s%231&z=%3Fy",
      host: "panel.example",
    });
  });

  test.each([
    "",
    "javascript:alert({code})",
    "https://{pid}/done",
    "https://panel.example.{pid}.org/",
    "https://{pid}@panel.example/",
    "{pid}",
    "//panel.example/{code}",
    "https://panel.example:{pid}/",
  ])("is refused for the template %s: what is filled in never decides where it leads", (template) => {
    expect(fillExit(template, { ...values, pid: "evil.example" })).toBeNull();
  });

  test("stays on the template's host whatever the ids hold", () => {
    for (const pid of ["@evil.example", "//evil.example", "\\evil.example", ".evil.example/", "\ud800"]) {
      expect(fillExit("https://panel.example/{pid}", { ...values, pid })?.host).toBe("panel.example");
    }
  });
});
