import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parsePrivateHosts } from "../../../app/outbound/address.ts";
import { createOutboundHttp, OutboundError, type Resolve } from "../../../app/outbound/http.ts";
import { freePort } from "../../support/ports.ts";

const open = createOutboundHttp(parsePrivateHosts([]));
const seen: string[] = [];
const server = createServer((req, res) => {
  seen.push(`${req.method} ${req.url}`);
  if (req.url === "/redirect") res.writeHead(302, { location: "/elsewhere" }).end();
  else if (req.url === "/long") res.writeHead(200, { "content-length": "999999" }).write("x");
  else res.writeHead(200, { "content-type": "text/plain" }).end(req.headers["accept-encoding"]);
});
let port: number;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const get = (address: string, http = open, maxBytes = 1000) =>
  http.send({
    url: new URL(address),
    method: "GET",
    timeoutMs: 1000,
    maxBytes,
    signal: AbortSignal.timeout(5000),
  });
const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((e: unknown) => e);
  expect(error).toBeInstanceOf(OutboundError);
  return (error as OutboundError).failure;
};

describe("the outbound guard", () => {
  test("reaches a private address that the operator's own address names", async () => {
    for (const host of ["127.0.0.1", "localhost"]) {
      const { status, bytes } = await get(`http://${host}:${port}/`);
      expect([status, bytes.toString()]).toEqual([200, "identity"]);
    }
  });

  /** A name server under somebody else's control: each lookup gives the next address. */
  const resolver =
    (...answers: string[]): Resolve =>
    (_, __, callback) =>
      callback(null, [{ address: answers.shift() ?? "127.0.0.1", family: 4 }]);

  test("does not follow an innocent name to a private address", async () => {
    const before = seen.length;
    for (const address of ["127.0.0.1", "10.0.0.1", "169.254.169.254"]) {
      const http = createOutboundHttp(parsePrivateHosts([]), resolver(address));
      expect(await failureOf(get(`http://models.example.org:${port}/`, http))).toBe("private_address");
    }
    expect(seen).toHaveLength(before);
  });

  test("looks at the address of each connection: a name that changes its mind gains nothing", async () => {
    const http = createOutboundHttp(parsePrivateHosts(["127.0.0.2"]), resolver("127.0.0.2", "127.0.0.1"));
    const first = await get(`http://models.example.org:${port}/`, http).catch((e: unknown) => e);
    expect((first as OutboundError).failure, "allowed, though nothing listens there").not.toBe(
      "private_address",
    );
    expect(await failureOf(get(`http://models.example.org:${port}/`, http))).toBe("private_address");
  });

  test.each([["models.example.org"], ["127.0.0.0/8"]])(
    "follows it when the operator lists %s",
    async (entry) => {
      const http = createOutboundHttp(parsePrivateHosts([entry]), resolver("127.0.0.1"));
      expect((await get(`http://models.example.org:${port}/`, http)).status).toBe(200);
    },
  );

  test("follows no redirect", async () => {
    const before = seen.length;
    expect((await get(`http://127.0.0.1:${port}/redirect`)).status).toBe(302);
    expect(seen.slice(before)).toEqual(["GET /redirect"]);
  });

  test("does not even begin to read a reply that announces too much", async () => {
    expect(await failureOf(get(`http://127.0.0.1:${port}/long`))).toBe("too_large");
  });

  test("says what went wrong without host and port", async () => {
    const closed = await freePort();
    const error = await get(`http://127.0.0.1:${closed}/`).catch((e: unknown) => e);
    expect(error).toMatchObject({
      failure: "unreachable",
      message: "the connection was refused (ECONNREFUSED)",
    });
    expect(await failureOf(get("http://no-such-host.invalid/"))).toBe("unknown_host");
  });

  test("sends nothing for a caller who has left", async () => {
    const before = seen.length;
    const signal = AbortSignal.abort(new Error("left"));
    const url = new URL(`http://127.0.0.1:${port}/`);
    await expect(open.send({ url, method: "GET", timeoutMs: 1000, maxBytes: 10, signal })).rejects.toThrow(
      "left",
    );
    expect(seen).toHaveLength(before);
  });
});
