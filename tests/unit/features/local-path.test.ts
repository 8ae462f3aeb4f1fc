import fc from "fast-check";
import { expect, test } from "vitest";
import { localPath } from "../../../app/features/account/local-path.ts";

test.each([
  ["/", "/"],
  ["/rate/asg_1/turns/2", "/rate/asg_1/turns/2"],
  ["/console/studies/s?tab=raters&q=a%20b", "/console/studies/s?tab=raters&q=a%20b"],
  ["/日", "/%E6%97%A5"],
  ["/a?q=日本", "/a?q=%E6%97%A5%E6%9C%AC"],
  ["/a b\u2028c", "/a%20b%E2%80%A8c"],
  ["/\ud800", "/%EF%BF%BD"],
  ["/a/../b", "/b"],
  ["/a#part", "/a"],
  ["/@evil.example", "/@evil.example"],
  ["/http://evil.example", "/http://evil.example"],
])("%j stays on the site as %s", (next, path) => {
  expect(localPath(next, "/fallback")).toBe(path);
});

test.each([
  "",
  "rate",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/a\\b",
  "/.//evil.example",
  "/..//evil.example",
  "/a/..//evil.example",
  "/%2e//evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  " //evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/a\r\nset-cookie: x=1",
  "/a\u0000",
  "/a\u0085b",
])("%j is not followed", (next) => {
  expect(localPath(next, "/fallback")).toBe("/fallback");
});

test("whatever is asked, the answer fits into a header and stays on the site", () => {
  const hostile = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) });
  const pieces = fc.array(
    fc.constantFrom("/", "\\", ".", "%2e", "?", "#", "@", ":", "\n", "日", "evil.example"),
  );
  const paths = fc
    .oneof(
      hostile,
      pieces.map((all) => all.join("")),
    )
    .map((rest) => `/${rest}`);
  fc.assert(
    fc.property(paths, (next) => {
      const path = localPath(next, "/fallback");
      expect(path).toMatch(/^\/(?!\/)[\x21-\x7e]*$/);
      expect(new URL(path, "http://x").origin).toBe("http://x");
      expect(localPath(path, "/fallback")).toBe(path);
      new Headers({ location: path });
    }),
  );
});
