import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { Client, createAgent } from "../../../cli/simulate/client.ts";
import { Meter } from "../../../cli/simulate/meter.ts";
import { freePort } from "../../support/ports.ts";

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A scripted server, because the faults tried here are those that ours must not have. */
async function serve(handler: Handler, timeoutMs = 2000) {
  const port = await freePort();
  const seen: { method: string; url: string; body: string; headers: IncomingMessage["headers"] }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      seen.push({ method: request.method ?? "", url: request.url ?? "", body, headers: request.headers });
      handler(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${port}`;
  const agent = createAgent(baseUrl);
  const meter = new Meter();
  const abort = new AbortController();
  closers.push(() => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });
  return {
    client: new Client({ baseUrl, timeoutMs, meter, signal: abort.signal }, agent),
    seen,
    meter,
    abort,
    baseUrl,
  };
}

describe("the client of a simulated rater", () => {
  it("keeps cookies, sends its origin, and follows a redirect after a post with a get", async () => {
    const { client, seen, baseUrl } = await serve((request, response) => {
      if (request.method === "POST") {
        response.writeHead(303, {
          location: "/next?x=1",
          "set-cookie": ["s=1; Path=/; HttpOnly", "gone=; Max-Age=0"],
        });
        return response.end();
      }
      response.end("hello");
    });
    const page = await client.submit("/form", [["a", "1 & 2"]]);
    expect([page.status, page.path, page.text()]).toEqual([200, "/next?x=1", "hello"]);
    expect(seen.map((one) => [one.method, one.url, one.body])).toEqual([
      ["POST", "/form", "a=1+%26+2"],
      ["GET", "/next?x=1", ""],
    ]);
    expect(seen[0]?.headers).toMatchObject({
      origin: baseUrl,
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(seen[1]?.headers.cookie).toBe("s=1");
  });

  it("repeats a request whose connection was lost, once, with the same submission id", async () => {
    let calls = 0;
    const { client, seen, meter } = await serve((_, response) => {
      calls += 1;
      if (calls === 1) return response.destroy();
      response.end("done");
    });
    expect((await client.submit("/form", [["submissionId", "abc_12345678"]])).text()).toBe("done");
    expect(seen.map((one) => one.body)).toEqual(["submissionId=abc_12345678", "submissionId=abc_12345678"]);
    expect([meter.requests, meter.retries]).toEqual([2, 1]);
  });

  it("gives up after the second loss, naming the fault", async () => {
    const { client, seen } = await serve((_, response) => response.destroy());
    await expect(client.get("/x")).rejects.toMatchObject({
      name: "SimulationError",
      kind: "network ECONNRESET",
    });
    expect(seen).toHaveLength(2);
  });

  it("takes an answer that was cut off for a lost connection", async () => {
    const { client } = await serve((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      setTimeout(() => response.destroy(), 20);
    });
    await expect(client.get("/x")).rejects.toMatchObject({ kind: "network ECONNRESET" });
  });

  it("does not wait for ever", async () => {
    const { client } = await serve(() => {}, 100);
    await expect(client.get("/x")).rejects.toMatchObject({ kind: "network ETIMEDOUT" });
  });

  it("says what an error page says", async () => {
    const { client } = await serve((_, response) => {
      response.statusCode = 409;
      response.end(`<main><h1>Sorry</h1><div role="alert">All places of this study are taken.</div></main>`);
    });
    await expect(client.open("/x")).rejects.toThrow("/x: 409 All places of this study are taken.");
  });

  it("never follows a redirect to another site, nor in circles", async () => {
    const { client } = await serve((request, response) => {
      response.writeHead(302, { location: request.url === "/out" ? "http://elsewhere.test/" : "/again" });
      response.end();
    });
    await expect(client.open("/out")).rejects.toThrow("another site");
    await expect(client.open("/again")).rejects.toMatchObject({ kind: "redirect loop" });
  });

  it("stops at once when the run is stopped", async () => {
    const { client, abort } = await serve(() => {});
    const request = client.get("/slow");
    abort.abort(new Error("stopped by hand"));
    await expect(request).rejects.toThrow("stopped by hand");
  });
});
