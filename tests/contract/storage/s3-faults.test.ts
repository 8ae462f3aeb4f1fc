import { createHash, randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import type { S3Config } from "../../../app/storage/config.ts";
import { ObjectDamagedError, ObjectMissingError, ObjectStoreError } from "../../../app/storage/errors.ts";
import type { Finding, ObjectStore } from "../../../app/storage/port.ts";
import { createS3ObjectStore } from "../../../app/storage/s3/index.ts";
import { createS3Links } from "../../../app/storage/s3/links.ts";
import { type FaultProxy, startFaultProxy } from "../../support/fault-proxy.ts";
import { createBucket, s3Config, type TestS3 } from "../../support/s3-server.ts";

const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const image = randomBytes(700_000);
const impatient = { connectMs: 500, replyMs: 400, idleMs: 300, objectMs: 4_000, attempts: 3 };
const s3 = inject("s3");

async function failure(work: Promise<unknown>): Promise<ObjectStoreError> {
  const error = await work.then(
    () => new Error("nothing failed"),
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(ObjectStoreError);
  return error as ObjectStoreError;
}

async function findings(store: ObjectStore, options?: { createBucket: boolean }): Promise<Finding[]> {
  const all: Finding[] = [];
  for await (const finding of store.diagnose(options)) all.push(finding);
  return all;
}

describe.skipIf(s3 === null)("S3 with something wrong", () => {
  const server = s3 as TestS3;
  let bucket: string;
  let proxy: FaultProxy;
  const open = (overrides: Partial<S3Config> = {}) =>
    createS3ObjectStore(s3Config(server, bucket, { patience: impatient, ...overrides }));
  const behindProxy = () => open({ endpoint: proxy.endpoint });

  beforeAll(async () => {
    bucket = await createBucket(server);
    proxy = await startFaultProxy(server.endpoint);
  });
  afterEach(() => proxy.set({ kind: "none" }));
  afterAll(() => proxy.stop());

  test.each<[string, Partial<S3Config>, string, RegExp]>([
    [
      "a wrong secret",
      { credentials: { ...server?.keys, secretAccessKey: "not-the-secret-at-all" } as never },
      "secret-wrong",
      /S3_SECRET_ACCESS_KEY/,
    ],
    [
      "an unknown key",
      { credentials: { accessKeyId: "NOBODY", secretAccessKey: "x".repeat(20) } },
      "access-key-unknown",
      /S3_ACCESS_KEY_ID/,
    ],
    [
      "a missing bucket",
      { bucket: "no-such-bucket" },
      "bucket-missing",
      /no bucket "no-such-bucket".*S3_BUCKET/,
    ],
    [
      "a key that may only read",
      { credentials: server?.readOnlyKeys ?? null },
      "permission-missing",
      /PutObject/,
    ],
    [
      "a port where nothing listens",
      { endpoint: "http://127.0.0.1:2" },
      "refused",
      /Nothing answers.*S3_ENDPOINT/,
    ],
    ["a name that nobody knows", { endpoint: "http://s3.invalid" }, "host-unknown", /cannot be resolved/],
    [
      "https where http is spoken",
      { endpoint: server?.endpoint.replace("http:", "https:") ?? null },
      "tls",
      /http or https/,
    ],
  ])("says what to do about %s", async (_what, overrides, kind, sentence) => {
    const store = open(overrides);
    const error = await failure(store.check());
    expect([error.kind, error.message]).toEqual([kind, expect.stringMatching(sentence)]);
    expect(error.message).not.toContain("not-the-secret-at-all");
    expect((await failure(store.inStudy("std_a").put(sha(image), image))).kind).toBe(kind);
    const last = (await findings(store)).at(-1);
    expect([last?.outcome, last?.detail]).toEqual(["failed", expect.stringMatching(sentence)]);
  });

  test("the diagnosis tries everything, leaves nothing behind, and makes the bucket when asked", async () => {
    const fresh = `t-${randomBytes(6).toString("hex")}`;
    const store = open({ bucket: fresh, presignedSeconds: 60 });
    expect((await findings(store)).at(-1)).toMatchObject({ what: "open the bucket", outcome: "failed" });
    const all = await findings(store, { createBucket: true });
    expect(all.filter(({ outcome }) => outcome !== "ok")).toEqual([]);
    expect(all.map(({ what }) => what)).toContain("serve a short-lived link");
    for await (const object of store.list()) expect(object).toBe("not there");
  });

  test("an object that was damaged in the store never looks whole", async () => {
    const client = new S3Client({
      endpoint: server.endpoint,
      region: server.region,
      credentials: server.keys,
      forcePathStyle: true,
    });
    const damaged = Buffer.from(image);
    damaged[350_000] = (damaged[350_000] ?? 0) ^ 1;
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: `std_d/${sha(image)}`, Body: damaged }));
    client.destroy();
    let received = 0;
    const read = async () => {
      const stream = await open().inStudy("std_d").read(sha(image));
      for await (const chunk of stream) received += (chunk as Buffer).byteLength;
    };
    await expect(read()).rejects.toBeInstanceOf(ObjectDamagedError);
    expect(received).toBeLessThan(image.byteLength);
  });

  test("bytes that change on the way to the store are refused by the service itself", async () => {
    // The body on the wire is not the one whose hash was signed.
    const reply = await sendWithWrongBody(server, bucket);
    expect(reply).toBe(400);
  });

  test("a put survives connections that are reset, as long as one goes through", async () => {
    proxy.set({ kind: "reset" }, 2);
    const store = behindProxy().inStudy("std_put");
    await store.put(sha(image), image);
    expect(await open().inStudy("std_put").size(sha(image))).toBe(image.byteLength);
  });

  test("a reply that is lost after the put took effect is no error", async () => {
    proxy.set({ kind: "cut", afterBytes: 5 }, 1);
    await behindProxy().inStudy("std_lost").put(sha(image), image);
    expect(await open().inStudy("std_lost").size(sha(image))).toBe(image.byteLength);
  });

  test.each(["cut", "stall"] as const)(
    "a body that ends in a %s is taken up where it broke off",
    async (kind) => {
      await open().inStudy("std_read").put(sha(image), image);
      proxy.set({ kind, afterBytes: 250_000 }, 2);
      const bytes = await buffer(await behindProxy().inStudy("std_read").read(sha(image)));
      expect(bytes.equals(image)).toBe(true);
      proxy.set({ kind, afterBytes: 100_000 }, 1);
      const part = await buffer(
        await behindProxy().inStudy("std_read").read(sha(image), { start: 1000, end: 600_999 }),
      );
      expect(part.equals(image.subarray(1000, 601_000))).toBe(true);
    },
  );

  test.each([
    ["always reset", { kind: "reset" }],
    ["silent", { kind: "stall", afterBytes: 0 }],
  ] as const)("a service that is %s fails in time, with its cause", async (_what, fault) => {
    proxy.set(fault);
    const startedAt = performance.now();
    const store = behindProxy();
    const error = await failure(store.inStudy("std_x").put(sha(image), image));
    expect(["connection-lost", "too-slow"]).toContain(error.kind);
    expect(error.cause).toBeDefined();
    await failure(store.inStudy("std_x").read(sha(image)));
    await failure(store.ping());
    expect(performance.now() - startedAt).toBeLessThan(12_000);
  });

  test("a put ends at once when its caller gives up", async () => {
    proxy.set({ kind: "stall", afterBytes: 0 });
    const reason = new Error("the turn is over");
    const startedAt = performance.now();
    const given = AbortSignal.any([AbortSignal.timeout(10_000)]);
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 50);
    await expect(
      behindProxy().inStudy("std_y").put(sha(image), image, { signal: controller.signal }),
    ).rejects.toBe(reason);
    expect(given.aborted).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test("links for browsers: the same for a while, then a new one, always valid longer than they are remembered", async () => {
    const store = open({ presignedSeconds: 120 }).inStudy("std_l");
    await store.put(sha(image), image);
    const link = await store.temporaryUrl(sha(image), { mimeType: "image/webp" });
    expect(link?.validForMs).toBeGreaterThanOrEqual(60_000);
    expect(link?.validForMs).toBeLessThanOrEqual(120_000);
    const reply = await fetch(link?.url ?? "");
    expect([reply.status, reply.headers.get("content-type")]).toEqual([200, "image/webp"]);
    expect(reply.headers.get("cache-control")).toContain("immutable");
    expect(Buffer.from(await reply.arrayBuffer()).equals(image)).toBe(true);
    const other = (link?.url ?? "").replace(sha(image), sha(Buffer.from("x")));
    expect((await fetch(other)).status).toBe(403);
    const atMs = Date.now();
    const urlAt = async (ms: number) => {
      const config = s3Config(server, bucket, { presignedSeconds: 120 });
      return (await createS3Links(config, () => ms)(`std_l/${sha(image)}`, "image/webp")).url;
    };
    const windowAtMs = Math.floor(atMs / 60_000) * 60_000;
    expect(await urlAt(windowAtMs + 59_999)).toBe(await urlAt(windowAtMs));
    expect(await urlAt(windowAtMs + 60_000)).not.toBe(await urlAt(windowAtMs));
    // What was made two minutes ago is dead; the same address of ours now leads to a link that works.
    expect((await fetch(await urlAt(windowAtMs - 120_000))).status).toBe(403);
    expect((await fetch(await urlAt(atMs))).status).toBe(200);
    expect(await open().inStudy("std_l").temporaryUrl(sha(image), { mimeType: "image/webp" })).toBeNull();
  });
});

/** Signs one body and sends another of the same length. */
async function sendWithWrongBody(server: TestS3, bucket: string): Promise<number> {
  const { withBodyHash } = await import("../../../app/storage/s3/client.ts");
  const client = new S3Client({
    endpoint: server.endpoint,
    region: server.region,
    credentials: server.keys,
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
  const command = new PutObjectCommand({ Bucket: bucket, Key: "std_z/wrong", Body: Buffer.from("altered") });
  const error = await client.send(withBodyHash(command, sha(Buffer.from("correct")))).then(
    () => ({ $metadata: { httpStatusCode: 200 } }),
    (e: unknown) => e as { $metadata: { httpStatusCode: number } },
  );
  client.destroy();
  return error.$metadata.httpStatusCode;
}

/** A service that is scripted because no real one here behaves like it. */
describe("S3 that is not quite S3", () => {
  let scripted: Server | null = null;
  afterEach(() => {
    scripted?.closeAllConnections();
    scripted?.close();
  });
  async function serve(
    answer: (
      method: string,
      headers: Record<string, unknown>,
      url: string,
    ) => [number, string, Record<string, string>?],
  ) {
    const seen: string[] = [];
    scripted = createServer((req, res) => {
      const conditional = req.headers["if-none-match"] === "*" ? " if new" : "";
      seen.push(`${req.method}${conditional}`);
      req.resume();
      req.on("end", () => {
        const [status, body, headers] = answer(req.method ?? "", req.headers, req.url ?? "");
        res.writeHead(status, headers).end(req.method === "HEAD" ? undefined : body);
      });
    });
    await new Promise<void>((resolve) => scripted?.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${(scripted.address() as AddressInfo).port}`;
    const config: S3Config = {
      bucket: "bucket",
      region: "eu-central-1",
      endpoint,
      publicEndpoint: null,
      credentials: { accessKeyId: "k", secretAccessKey: "s" },
      prefix: "",
      forcePathStyle: true,
      presignedSeconds: 0,
      patience: { ...impatient, attempts: 1 },
    };
    return { seen, store: createS3ObjectStore(config) };
  }
  const xml = (code: string, more = "") =>
    `<?xml version="1.0"?><Error><Code>${code}</Code><Message>m</Message>${more}</Error>`;

  test("a service without conditional writes is asked once, and looked at first from then on", async () => {
    const { seen, store } = await serve((method, headers) => {
      if (headers["if-none-match"]) return [501, xml("NotImplemented")];
      return method === "HEAD" ? [404, ""] : [200, ""];
    });
    await store.inStudy("std_a").put(sha(image), image);
    await store.inStudy("std_a").put(sha(image), image);
    expect(seen).toEqual(["PUT if new", "HEAD", "PUT", "HEAD", "PUT"]);
  });

  test("an object that is there and young is left alone; an old one is written again, and seen as in use", async () => {
    let ageMs = 0;
    const { seen, store } = await serve((method, headers) => {
      if (headers["if-none-match"]) return [412, xml("PreconditionFailed")];
      if (method !== "HEAD") return [200, ""];
      const modified = new Date(Date.now() - ageMs).toUTCString();
      return [200, "", { "content-length": String(image.byteLength), "last-modified": modified }];
    });
    await store.inStudy("std_a").put(sha(image), image);
    ageMs = 2 * 60 * 60_000;
    await store.inStudy("std_a").put(sha(image), image);
    expect(seen).toEqual(["PUT if new", "HEAD", "PUT if new", "HEAD", "PUT"]);
  });

  test("two writers of one object at the same moment both succeed", async () => {
    let conflicts = 2;
    const { seen, store } = await serve(() =>
      conflicts-- > 0 ? [409, xml("ConditionalRequestConflict")] : [200, ""],
    );
    await store.inStudy("std_a").put(sha(image), image);
    expect(seen).toEqual(["PUT if new", "PUT if new", "PUT if new"]);
  });

  test.each<[string, number, string, Record<string, string>, string, RegExp]>([
    [
      "a bucket elsewhere",
      301,
      xml("PermanentRedirect"),
      { "x-amz-bucket-region": "us-west-2" },
      "region-wrong",
      /S3_REGION=us-west-2/,
    ],
    [
      "a signature for another region",
      400,
      xml("AuthorizationHeaderMalformed", "<Region>us-west-2</Region>"),
      {},
      "region-wrong",
      /S3_REGION=us-west-2/,
    ],
    ["clocks that are apart", 403, xml("RequestTimeTooSkewed"), {}, "clock-wrong", /clock/],
    ["a quota", 403, xml("QuotaExceeded"), {}, "full", /quota/],
    ["too many requests", 503, xml("SlowDown"), {}, "busy", /limits requests/],
    ["a fault inside", 500, xml("InternalError"), {}, "service-fault", /status 500.*own log/],
    ["a session that ended", 400, xml("ExpiredToken"), {}, "session-ended", /S3_SESSION_TOKEN/],
    [
      "a web page",
      200,
      "<!doctype html><title>Welcome</title>",
      { "content-type": "text/html" },
      "not-s3",
      /does not answer like an S3 service/,
    ],
  ])("says what to do about %s", async (_what, status, body, headers, kind, sentence) => {
    const { store } = await serve(() => [status, body, headers]);
    const list = async () => {
      for await (const _ of store.list());
    };
    const error = await failure(list());
    expect([error.kind, error.message]).toEqual([kind, expect.stringMatching(sentence)]);
  });

  test("an object that is not there is an answer; a bucket that is not there is a fault", async () => {
    let code = "NoSuchKey";
    const { store } = await serve(() => [404, xml(code)]);
    await expect(store.inStudy("std_a").read(sha(image))).rejects.toBeInstanceOf(ObjectMissingError);
    code = "NoSuchBucket";
    expect((await failure(store.inStudy("std_a").read(sha(image)))).kind).toBe("bucket-missing");
  });
});
