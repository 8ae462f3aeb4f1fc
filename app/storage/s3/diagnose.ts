import { createHash, randomBytes } from "node:crypto";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import type { Finding } from "../port.ts";
import { type Connection, withBodyHash } from "./client.ts";
import { codeOf, explainS3Error, statusOf } from "./explain.ts";
import { createS3Links } from "./links.ts";

const CLOCKS_APART_MS = 60_000;
const ANSWER_WITHIN_MS = 5_000;

interface Step {
  what: string;
  /** The detail of success, or a finding of its own. Throws on failure. */
  run(): Promise<string | Omit<Finding, "what">>;
  /** What follows makes no sense without it. */
  needed: boolean;
}

/** Tries everything that Turnwise does with a bucket, on a probe object of its own that is removed at the end. */
export async function* diagnoseS3(
  s3: Connection,
  { createBucket = false }: { createBucket?: boolean } = {},
): AsyncGenerator<Finding> {
  const { client, config } = s3;
  const { bucket: Bucket, prefix } = config;
  const Key = `${prefix}.turnwise-check-${randomBytes(6).toString("hex")}`;
  const body = randomBytes(1000);
  const sha256 = createHash("sha256").update(body).digest("hex");
  const put = (ifNoneMatch?: "*") =>
    client.send(
      withBodyHash(
        new PutObjectCommand({ Bucket, Key, Body: body, ...(ifNoneMatch && { IfNoneMatch: ifNoneMatch }) }),
        sha256,
      ),
    );
  const steps: Step[] = [
    { what: "reach the service", needed: true, run: () => reach(s3) },
    {
      what: "find credentials",
      needed: true,
      async run() {
        const { accessKeyId } = await client.config.credentials();
        return `access key ${accessKeyId.slice(0, 4)}…`;
      },
    },
    { what: "open the bucket", needed: true, run: () => openBucket(s3, createBucket) },
    {
      what: "write an object",
      needed: true,
      async run() {
        await put();
        return Key;
      },
    },
    {
      what: "read it back, whole and in part",
      needed: true,
      async run() {
        const whole = await client.send(new GetObjectCommand({ Bucket, Key }));
        const part = await client.send(new GetObjectCommand({ Bucket, Key, Range: "bytes=10-19" }));
        const bytes = Buffer.from((await whole.Body?.transformToByteArray()) ?? []);
        const some = Buffer.from((await part.Body?.transformToByteArray()) ?? []);
        if (!bytes.equals(body)) throw new Error("other bytes came back than were written");
        if (!some.equals(body.subarray(10, 20))) throw new Error("the service does not serve byte ranges");
        return "the same bytes";
      },
    },
    {
      what: "write only what is not there yet",
      needed: false,
      async run() {
        try {
          await put("*");
        } catch (error) {
          if (statusOf(error) === 412) return "refused, as it should be";
          if (statusOf(error) !== 501 && !/^(NotImplemented|InvalidArgument)$/.test(codeOf(error)))
            throw error;
        }
        return "not supported by this service; Turnwise looks first instead";
      },
    },
    {
      what: "list objects (for migrate and sweep)",
      needed: false,
      async run() {
        await client.send(new ListObjectsV2Command({ Bucket, Prefix: prefix, MaxKeys: 1 }));
        return "listed";
      },
    },
    { what: "keep strangers out", needed: false, run: () => keepsStrangersOut(s3, Key) },
    ...(config.presignedSeconds > 0
      ? [{ what: "serve a short-lived link", needed: false, run: () => servesLink(s3, Key, body) }]
      : []),
    {
      what: "remove the object",
      needed: false,
      async run() {
        await client.send(new DeleteObjectCommand({ Bucket, Key }));
        return "removed";
      },
    },
  ];
  for (const { what, run, needed } of steps) {
    try {
      const result = await run();
      yield { what, ...(typeof result === "string" ? { outcome: "ok", detail: result } : result) };
    } catch (error) {
      yield { what, outcome: "failed", detail: explainS3Error(config, error).message };
      if (needed) return;
    }
  }
}

/** Asks without credentials, so that network, name and certificate are told apart from rights; compares the clocks. */
async function reach({ config }: Connection): Promise<string | Omit<Finding, "what">> {
  const endpoint = config.endpoint ?? `https://s3.${config.region}.amazonaws.com`;
  const startedAt = performance.now();
  const reply = await fetch(endpoint, {
    method: "HEAD",
    redirect: "manual",
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  const detail = `${endpoint} in ${Math.round(performance.now() - startedAt)} ms`;
  const theirs = Date.parse(reply.headers.get("date") ?? "");
  const apartMs = Number.isNaN(theirs) ? 0 : Math.abs(Date.now() - theirs);
  if (apartMs < CLOCKS_APART_MS) return { outcome: "ok", detail };
  return {
    outcome: "warning",
    detail: `${detail}, but its clock and this machine's are ${Math.round(apartMs / 1000)} s apart. Set the clock (NTP).`,
  };
}

async function openBucket({ client, config }: Connection, create: boolean): Promise<string> {
  const { bucket: Bucket, region } = config;
  try {
    await client.send(new HeadBucketCommand({ Bucket }));
    return Bucket;
  } catch (error) {
    if (statusOf(error) !== 404 && codeOf(error) !== "NoSuchBucket")
      return explainedByListing(client, config, error);
    if (!create) throw Object.assign(new Error(Bucket), { name: "NoSuchBucket", cause: error });
    const elsewhere = config.endpoint === null && region !== "us-east-1";
    await client
      .send(
        new CreateBucketCommand({
          Bucket,
          ...(elsewhere && { CreateBucketConfiguration: { LocationConstraint: region as never } }),
        }),
      )
      .catch((error: unknown) => {
        // Another process made it at this moment.
        if (codeOf(error) !== "BucketAlreadyOwnedByYou") throw error;
      });
    return `${Bucket} (made)`;
  }
}

/** A reply to HEAD has no body, and so no reason: the same question by GET has one. */
async function explainedByListing(
  client: Connection["client"],
  { bucket: Bucket, prefix }: Connection["config"],
  error: unknown,
): Promise<string> {
  if (statusOf(error) === undefined) throw error;
  await client.send(new ListObjectsV2Command({ Bucket, Prefix: prefix, MaxKeys: 1 }));
  return Bucket;
}

async function keepsStrangersOut({ config }: Connection, key: string): Promise<Omit<Finding, "what">> {
  const { url } = await createS3Links({ ...config, publicEndpoint: null, presignedSeconds: 60 })(
    key,
    "text/plain",
  );
  const unsigned = new URL(url);
  unsigned.search = "";
  const reply = await fetch(unsigned, { redirect: "manual", signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  await reply.body?.cancel();
  if (reply.status >= 300) return { outcome: "ok", detail: `status ${reply.status} without credentials` };
  return {
    outcome: "warning",
    detail: `Anybody can read ${config.bucket} without credentials. Take away its public access.`,
  };
}

async function servesLink(
  { config }: Connection,
  key: string,
  body: Buffer,
): Promise<string | Omit<Finding, "what">> {
  const { url } = await createS3Links(config)(key, "image/webp");
  const { origin } = new URL(url);
  try {
    const reply = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const bytes = Buffer.from(await reply.arrayBuffer());
    if (reply.status === 200 && bytes.equals(body))
      return `${origin}, valid for ${config.presignedSeconds} s`;
    return {
      outcome: "failed",
      detail: `${origin} answered a signed link with status ${reply.status}. Check S3_PUBLIC_ENDPOINT: the host is part of the signature.`,
    };
  } catch (error) {
    const { message } = explainS3Error({ ...config, endpoint: origin }, error);
    return {
      outcome: "warning",
      detail: `${message} It is raters' browsers that must reach it, not this machine.`,
    };
  }
}
