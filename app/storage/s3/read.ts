import type { Readable } from "node:stream";
import { GetObjectCommand, type GetObjectCommandOutput } from "@aws-sdk/client-s3";
import { ObjectMissingError } from "../errors.ts";
import type { ObjectRange } from "../port.ts";
import type { Connection } from "./client.ts";
import { codeOf, explainS3Error, statusOf } from "./explain.ts";

/** A body that breaks off is taken up where it ended, so often. */
const RESUMES = 3;

/** Opens an object, or a part of it. Throws {@link ObjectMissingError} and ObjectStoreError before the first byte. */
export async function openS3Object(
  s3: Connection,
  key: string,
  range: ObjectRange | undefined,
): Promise<AsyncGenerator<Buffer>> {
  const first = await request(s3, key, range && header(range.start, range.end));
  return bytesOf(s3, key, first, range?.start ?? 0);
}

const header = (start: number, end: number) => `bytes=${start}-${end}`;

async function request(s3: Connection, key: string, range?: string): Promise<GetObjectCommandOutput> {
  try {
    return await s3.client.send(
      new GetObjectCommand({ Bucket: s3.config.bucket, Key: key, ...(range && { Range: range }) }),
      { abortSignal: AbortSignal.timeout(s3.patience.objectMs) },
    );
  } catch (error) {
    // A bucket that is gone is a fault; an object that is not there is an answer.
    if (codeOf(error) === "NoSuchKey" || (statusOf(error) === 404 && codeOf(error) !== "NoSuchBucket")) {
      throw new ObjectMissingError(`object ${key} is not in the store`, { cause: error });
    }
    throw explainS3Error(s3.config, error);
  }
}

async function* bytesOf(
  s3: Connection,
  key: string,
  first: GetObjectCommandOutput,
  start: number,
): AsyncGenerator<Buffer> {
  const end = start + (first.ContentLength ?? 0);
  const deadline = performance.now() + s3.patience.objectMs;
  let offset = start;
  let reply = first;
  for (let resumes = 0; ; resumes++) {
    const body = reply.Body as Readable;
    try {
      for await (const chunk of inTime(body, s3.patience.idleMs, deadline)) {
        offset += chunk.byteLength;
        yield chunk;
      }
      if (offset >= end) return;
      throw Object.assign(new Error(`the body ended ${end - offset} bytes early`), {
        code: "IncompleteBody",
      });
    } catch (error) {
      if (resumes >= RESUMES || performance.now() > deadline) throw explainS3Error(s3.config, error);
    } finally {
      body.destroy();
    }
    reply = await request(s3, key, header(offset, end - 1));
  }
}

/** Passes a body on while its pieces keep coming. */
async function* inTime(body: Readable, idleMs: number, deadline: number): AsyncGenerator<Buffer> {
  const giveUp = () =>
    body.destroy(Object.assign(new Error("the body stopped coming"), { code: "ETIMEDOUT" }));
  let timer = setTimeout(giveUp, idleMs);
  try {
    for await (const chunk of body) {
      clearTimeout(timer);
      if (performance.now() > deadline) giveUp();
      yield chunk as Buffer;
      timer = setTimeout(giveUp, idleMs);
    }
  } finally {
    clearTimeout(timer);
  }
}
