/** Copies the files of a bundle into a bucket under their own names, for people to fetch them from there. */
import { createHash, hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import type { S3Config } from "../config.ts";
import { ObjectDamagedError, ObjectStoreError } from "../errors.ts";
import { type Connection, connect, withBodyHash, within } from "./client.ts";
import { explainS3Error, statusOf } from "./explain.ts";

export interface UploadedFile {
  name: string;
  path: string;
  byteSize: number;
  sha256: string;
}

export interface UploadOptions {
  /** Below the prefix; without slashes at its ends. */
  folder: string;
  signal?: AbortSignal;
  onProgress?: (progress: { name: string; bytes: number; totalBytes: number }) => void;
  /** Files of more go up in parts of at least this size. */
  partBytes?: number;
}

export interface UploadResult {
  uploaded: number;
  /** Were there already, whole. */
  kept: number;
  bytes: number;
}

const PART_BYTES = 64 * 2 ** 20;
const PARTS_MAX = 9_000;
const TRIES = 3;

/**
 * One file after the other, in the order given. A file that an earlier try brought there is kept, so that a broken upload
 * goes on with the file that it broke off in. The service checks every body against its signed hash. Throws
 * {@link ObjectStoreError}, and {@link ObjectDamagedError} when a file is not what its hash says; of a file that failed
 * nothing stays.
 */
export async function uploadFiles(
  config: S3Config,
  files: readonly UploadedFile[],
  { folder, signal, onProgress, partBytes = PART_BYTES }: UploadOptions,
): Promise<UploadResult> {
  const s3 = connect(config);
  const totalBytes = files.reduce((sum, file) => sum + file.byteSize, 0);
  const result: UploadResult = { uploaded: 0, kept: 0, bytes: 0 };
  let before = 0;
  try {
    for (const file of files) {
      signal?.throwIfAborted();
      const key = `${config.prefix}${folder}/${file.name}`;
      const show = (bytes: number) => onProgress?.({ name: file.name, bytes: before + bytes, totalBytes });
      if (await isThere(s3, key, file)) result.kept += 1;
      else {
        if (file.byteSize > partBytes) await putInParts(s3, key, file, { signal, show, partBytes });
        else await putWhole(s3, key, file, signal);
        if (!(await isThere(s3, key, file)))
          throw new ObjectStoreError(
            "other",
            `${file.name} was sent, but the bucket does not have it whole.`,
          );
        result.uploaded += 1;
        result.bytes += file.byteSize;
      }
      before += file.byteSize;
      show(0);
    }
    return result;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof ObjectDamagedError) throw error;
    throw explainS3Error(config, error);
  } finally {
    s3.client.destroy();
  }
}

async function isThere({ client, config }: Connection, Key: string, file: UploadedFile): Promise<boolean> {
  try {
    const head = await client.send(new HeadObjectCommand({ Bucket: config.bucket, Key }));
    return head.ContentLength === file.byteSize && head.Metadata?.sha256 === file.sha256;
  } catch (error) {
    // Without ListBucket, AWS answers 403 for what is not there.
    if (statusOf(error) === 404 || statusOf(error) === 403) return false;
    throw error;
  }
}

async function putWhole(
  { client, config, patience }: Connection,
  Key: string,
  { path, byteSize, sha256 }: UploadedFile,
  signal: AbortSignal | undefined,
): Promise<void> {
  await again(signal, () => {
    const command = new PutObjectCommand({
      Bucket: config.bucket,
      Key,
      Body: byteSize === 0 ? Buffer.alloc(0) : createReadStream(path),
      ContentLength: byteSize,
      Metadata: { sha256 },
    });
    return client.send(withBodyHash(command, sha256), {
      abortSignal: within(patience, byteSize, signal),
    });
  });
}

async function putInParts(
  { client, config, patience }: Connection,
  Key: string,
  { name, path, byteSize, sha256 }: UploadedFile,
  { signal, show, partBytes }: { signal?: AbortSignal; show(bytes: number): void; partBytes: number },
): Promise<void> {
  const target = { Bucket: config.bucket, Key };
  const size = Math.max(partBytes, Math.ceil(byteSize / PARTS_MAX));
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ ...target, Metadata: { sha256 } }),
    { abortSignal: within(patience, 0, signal) },
  );
  const file = await open(path);
  try {
    const whole = createHash("sha256");
    const parts: { PartNumber: number; ETag: string | undefined }[] = [];
    for (let start = 0; start < byteSize; start += size) {
      const bytes = await readPart(file, start, Math.min(size, byteSize - start));
      whole.update(bytes);
      const PartNumber = parts.length + 1;
      const { ETag } = await again(signal, () =>
        client.send(
          withBodyHash(
            new UploadPartCommand({ ...target, UploadId, PartNumber, Body: bytes }),
            hash("sha256", bytes, "hex"),
          ),
          { abortSignal: within(patience, bytes.byteLength, signal) },
        ),
      );
      parts.push({ PartNumber, ETag });
      show(start + bytes.byteLength);
    }
    if (whole.digest("hex") !== sha256)
      throw new ObjectDamagedError(
        `${name} is not what its checksum says. Nothing of it was kept in the bucket.`,
      );
    await client.send(
      new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts: parts } }),
      { abortSignal: within(patience, byteSize, signal) },
    );
  } catch (error) {
    // Parts that nobody completes cost money and are seen by nobody.
    await client.send(new AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
}

async function readPart(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, start + filled);
    if (bytesRead === 0) throw new ObjectDamagedError("A file became shorter while it was sent.");
    filled += bytesRead;
  }
  return bytes;
}

/** What the service refused stays refused; what broke off is sent anew. */
async function again<T>(signal: AbortSignal | undefined, send: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await send();
    } catch (error) {
      const status = statusOf(error) ?? 500;
      if (signal?.aborted || tries >= TRIES || status < 500) throw error;
    }
  }
}
