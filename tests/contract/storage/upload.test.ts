import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { type UploadedFile, uploadFiles } from "../../../app/storage/s3/upload.ts";
import { createBucket, s3Config, type TestS3 } from "../../support/s3-server.ts";
import { makeTempDir } from "../../support/temp.ts";

const s3 = inject("s3");
const PART = 5 * 2 ** 20;

describe.skipIf(s3 === null)("the upload of a bundle", () => {
  let bucket: string;
  let client: S3Client;
  const server = s3 as TestS3;
  beforeAll(async () => {
    bucket = await createBucket(server);
    client = new S3Client({
      endpoint: server.endpoint,
      region: server.region,
      credentials: server.keys,
      forcePathStyle: true,
    });
  });

  function write(folder: string, name: string, bytes: Buffer): UploadedFile {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return {
      name,
      path,
      byteSize: bytes.byteLength,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    };
  }
  async function read(Key: string): Promise<Buffer> {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    return Buffer.from(await (Body as NonNullable<typeof Body>).transformToByteArray());
  }
  const pending = async () =>
    (await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }))).Uploads ?? [];

  it("brings every byte there, large files in parts, and keeps what is there when it is repeated", async () => {
    const folder = makeTempDir("upload");
    const large = Buffer.alloc(2 * PART + 12_345, "abcdefg");
    const files = [
      write(folder, "images-00000.tar", large),
      write(folder, "empty.jsonl", Buffer.alloc(0)),
      write(folder, "manifest.json", Buffer.from("{}\n")),
    ];
    const seen: number[] = [];
    const config = s3Config(server, bucket, { prefix: "releases/" });
    const options = {
      folder: "cats-1.0.0",
      partBytes: PART,
      onProgress: (p: { bytes: number }) => seen.push(p.bytes),
    };
    expect(await uploadFiles(config, files, options)).toEqual({
      uploaded: 3,
      kept: 0,
      bytes: large.byteLength + 3,
    });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect((await read("releases/cats-1.0.0/images-00000.tar")).equals(large)).toBe(true);
    expect((await read("releases/cats-1.0.0/empty.jsonl")).byteLength).toBe(0);
    expect(await uploadFiles(config, files, options)).toEqual({ uploaded: 0, kept: 3, bytes: 0 });
    const changed = [...files.slice(0, 2), write(folder, "manifest.json", Buffer.from("{ }"))];
    expect(await uploadFiles(config, changed, options)).toMatchObject({ uploaded: 1, kept: 2 });
    expect((await read("releases/cats-1.0.0/manifest.json")).toString()).toBe("{ }");
  });

  it("leaves nothing of a file that is not what its checksum says", async () => {
    const folder = makeTempDir("upload");
    for (const [name, bytes] of [
      ["small.csv", Buffer.from("a,b\r\n")],
      ["large.tar", Buffer.alloc(PART + 1)],
    ] as const) {
      const file = { ...write(folder, name, bytes), sha256: "0".repeat(64) };
      await expect(
        uploadFiles(s3Config(server, bucket), [file], { folder: "bad", partBytes: PART }),
      ).rejects.toThrow();
      const head = client.send(new HeadObjectCommand({ Bucket: bucket, Key: `bad/${name}` }));
      await expect(head).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
    }
    expect(await pending()).toEqual([]);
  });

  it("ends at once when it is stopped, without parts that nobody sees, and goes on later", async () => {
    const folder = makeTempDir("upload");
    const files = [
      write(folder, "first.csv", Buffer.from("1")),
      write(folder, "large.tar", Buffer.alloc(3 * PART, 1)),
    ];
    const stop = new AbortController();
    const run = uploadFiles(s3Config(server, bucket), files, {
      folder: "stopped",
      partBytes: PART,
      signal: stop.signal,
      onProgress: ({ bytes }) => bytes > PART && stop.abort(new Error("Stopped.")),
    });
    await expect(run).rejects.toThrow("Stopped.");
    expect(await pending()).toEqual([]);
    const again = await uploadFiles(s3Config(server, bucket), files, { folder: "stopped", partBytes: PART });
    expect(again).toMatchObject({ uploaded: 1, kept: 1 });
  });

  it("is a command that takes the place from the environment and says in its names what is wrong", async () => {
    const folder = join(makeTempDir("upload"), "bundle");
    mkdirSync(folder);
    const file = write(folder, "turns.csv", Buffer.from("turn_id\r\n"));
    write(folder, "SHA256SUMS", Buffer.from(`${file.sha256}  turns.csv\n`));
    const run = async (env: Record<string, string>, ...args: string[]) => {
      const child = spawn(process.execPath, ["cli/turnwise.ts", "upload", folder, ...args], {
        env: { ...process.env, ...env },
      });
      const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
      return { out, err };
    };
    expect((await run({})).err).toContain("set EXPORT_UPLOAD_BUCKET");
    const env = {
      EXPORT_UPLOAD_BUCKET: bucket,
      EXPORT_UPLOAD_ENDPOINT: server.endpoint,
      EXPORT_UPLOAD_ACCESS_KEY_ID: server.keys.accessKeyId,
      EXPORT_UPLOAD_SECRET_ACCESS_KEY: server.keys.secretAccessKey,
    };
    const wrong = await run({ ...env, EXPORT_UPLOAD_SECRET_ACCESS_KEY: "wrong" });
    expect(wrong.err).toContain("EXPORT_UPLOAD_SECRET_ACCESS_KEY");
    expect((await run(env, "--name", "../up")).err).toContain("--name NAME");
    expect((await run(env, "--name", "cats")).out).toContain(
      `2 files (85 B) uploaded, 0 were there: ${bucket}/cats`,
    );
    expect((await read("cats/turns.csv")).toString()).toBe("turn_id\r\n");
  });
});
