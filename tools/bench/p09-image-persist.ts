import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { ServiceContext } from "../../app/services/context.ts";
import { inspectImage, prepareImage } from "../../app/services/generation/prepare-image.ts";
import { sha256Of } from "../../app/storage/hash.ts";
import { connect } from "../../app/storage/s3/client.ts";
import { startPostgres } from "../../tests/support/postgres.ts";
import { createBucket, s3Config, s3Env, startS3Server } from "../../tests/support/s3-server.ts";
import { openBenchContext } from "./context.ts";
import { compare, type Ratio } from "./measure.ts";
import { makePhotograph } from "./photograph.ts";

export const EDGE_PX = 1024;
const PER_ROUND = 24;
/** As many as a worker renders at once. */
const AT_ONCE = 4;
const STUDY_ID = "std_bench";
const FOLDER_FILLERS = 1_000;

export interface ImagePersist {
  ratio: Ratio;
  imageBytes: number;
  /** Median milliseconds of what else a render does with an image: decode it and make the copy that raters see. */
  displayMs: number;
}

/** P9 on a folder and SQLite: verify, hash, store, row ÷ the same bytes written durably and nothing else. */
export async function benchPersistLocal(dir: string): Promise<ImagePersist> {
  const { ctx, close } = await openBenchContext(`file:${join(dir, "p9.db")}`, dir);
  const raw = join(dir, "p9-raw");
  mkdirSync(raw);
  try {
    // A study's folders are made by its first images; what is measured are the others.
    const store = ctx.objects.inStudy(STUDY_ID);
    for (let i = 0; i < FOLDER_FILLERS; i++) {
      const bytes = randomBytes(16);
      await store.put(createHash("sha256").update(bytes).digest("hex"), bytes);
    }
    return await measure(ctx, async (bytes, name) => {
      const file = await open(join(raw, `${name}.part`), "wx");
      await file.writeFile(bytes);
      await file.sync();
      await file.close();
      await rename(join(raw, `${name}.part`), join(raw, name));
      const folder = await open(raw, "r");
      await folder.sync();
      await folder.close();
    });
  } finally {
    await close();
    rmSync(raw, { recursive: true, force: true });
    rmSync(join(dir, "objects"), { recursive: true, force: true });
  }
}

/** P9 on S3 and PostgreSQL: the same ÷ a PUT of the same bytes by Amazon's client. */
export async function benchPersistS3(dir: string): Promise<ImagePersist> {
  const [postgres, s3] = await Promise.all([startPostgres(), startS3Server()]);
  const bucket = await createBucket(s3);
  const { ctx, close } = await openBenchContext(await postgres.createDatabase(), dir, s3Env(s3, bucket));
  const { client } = connect(s3Config(s3, bucket));
  try {
    return await measure(ctx, async (bytes, name) => {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: `raw/${name}`, Body: bytes }));
    });
  } finally {
    client.destroy();
    await close();
    await Promise.all([postgres.stop(), s3.stop()]);
  }
}

async function measure(
  ctx: ServiceContext,
  rawPut: (bytes: Buffer, name: string) => Promise<void>,
): Promise<ImagePersist> {
  const image = await makePhotograph(EDGE_PX);
  const store = ctx.objects.inStudy(STUDY_ID);
  const { objects } = ctx.store.t;
  const ratio = await compare(
    () =>
      imagesPerSecond(image, async (bytes) => {
        const { format, width, height } = await inspectImage(bytes);
        const sha256 = await sha256Of(bytes);
        await store.put(sha256, bytes);
        await ctx.store.tx((tx) =>
          tx
            .insert(objects)
            .values({
              sha256,
              byteSize: bytes.byteLength,
              mimeType: `image/${format}`,
              widthPx: width,
              heightPx: height,
              createdAtMs: ctx.now(),
            })
            .onConflictDoNothing(),
        );
      }),
    () => imagesPerSecond(image, rawPut),
  );
  return { ratio, imageBytes: image.byteLength, displayMs: await displayMs(image) };
}

/** Every image is another one: a store keeps the same bytes once. What follows a PNG's end is no part of the picture. */
async function imagesPerSecond(
  image: Buffer,
  work: (bytes: Buffer, name: string) => Promise<unknown>,
): Promise<number> {
  const queue = Array.from({ length: PER_ROUND }, () => Buffer.concat([image, randomBytes(16)]));
  const started = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let bytes = queue.pop(); bytes !== undefined; bytes = queue.pop()) {
        await work(bytes, bytes.subarray(-16).toString("hex"));
      }
    }),
  );
  return PER_ROUND / ((performance.now() - started) / 1000);
}

async function displayMs(image: Buffer): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    await prepareImage({ bytes: image, mimeType: "image/png", widthPx: EDGE_PX, heightPx: EDGE_PX });
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[2] ?? Number.NaN;
}
