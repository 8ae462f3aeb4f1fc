import { redirect } from "react-router";
import { expect, test } from "vitest";
import { offlineFailure, SIGNED_OUT, UNREACHABLE } from "../../../app/features/rater/offline-failure.ts";
import { type SaveReply, saveOutcome } from "../../../app/features/rater/save-outcome.ts";

const DRAFTS = "http://localhost:3000/rate/asg_1/drafts";
const JSON_TYPE = "application/json; charset=utf-8";
const HTML_TYPE = "text/html; charset=utf-8";

function reply(status: number, type: string | null, end: string = DRAFTS): SaveReply {
  return {
    status,
    ok: status >= 200 && status < 300,
    redirected: end !== DRAFTS,
    url: end,
    headers: new Headers(type === null ? {} : { "content-type": type }),
  };
}

test.each<[string, SaveReply, ReturnType<typeof saveOutcome>]>([
  ["JSON from the address that was asked", reply(200, "application/json"), "saved"],
  ["JSON with a charset", reply(200, JSON_TYPE), "saved"],
  [
    "the sign-in page after a redirect",
    reply(200, HTML_TYPE, "http://localhost:3000/sign-in?next=%2Frate"),
    "signed_out",
  ],
  ["status 401", reply(401, JSON_TYPE), "signed_out"],
  ["a redirect to elsewhere", reply(200, HTML_TYPE, "http://wifi.example/welcome"), "unreachable"],
  ["JSON after a redirect to elsewhere", reply(200, JSON_TYPE, "http://localhost:3000/rate"), "unreachable"],
  ["a page without a redirect", reply(200, HTML_TYPE), "unreachable"],
  ["a reply without a type", reply(200, null), "unreachable"],
  ["something that only sounds like JSON", reply(200, "text/html+application/json"), "unreachable"],
  ["a refusal", reply(422, JSON_TYPE), "refused"],
  ["a refusal in HTML", reply(403, HTML_TYPE), "refused"],
  ["too many requests", reply(429, JSON_TYPE), "unreachable"],
  ["a fault", reply(503, JSON_TYPE), "unreachable"],
])("%s", (_, given, outcome) => {
  expect(saveOutcome(given)).toBe(outcome);
});

test("a form that is sent without a session stays on its page", () => {
  const { data, init } = offlineFailure(redirect("/sign-in?next=%2Frate%2Fasg_1%2Fprompt", 303));
  expect(data.error).toEqual(SIGNED_OUT);
  expect(init?.status).toBe(401);
});

test("a form without an answer stays on its page, other redirects are followed", () => {
  expect(offlineFailure(new TypeError("Failed to fetch")).data.error).toEqual(UNREACHABLE);
  const onward = redirect("/rate/asg_1/turns/1", 303);
  expect(() => offlineFailure(onward)).toThrow(expect.objectContaining({ status: 303 }));
});
