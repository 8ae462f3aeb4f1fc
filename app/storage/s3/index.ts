import { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3ServiceException,
} from "@aws-sdk/client-s3";
import type { S3Config } from "../config.ts";
import { assertHashOf, assertSha256, assertStudyId, isSha256, isStudyId, verified } from "../hash.ts";
import type { ListedObject, ObjectStore } from "../port.ts";
import { connect } from "./client.ts";
import { diagnoseS3 } from "./diagnose.ts";
import { explainS3Error, NOT_S3, statusOf } from "./explain.ts";
import { createS3Links } from "./links.ts";
import { openS3Object } from "./read.ts";
import { S3Writer } from "./write.ts";

const PROBE = "Turnwise can write here.\n";

/** Objects as `<prefix><study>/<sha256>` in one bucket of S3 or a service that speaks its protocol. */
export function createS3ObjectStore(config: S3Config): ObjectStore {
  const s3 = connect(config);
  const { client } = s3;
  const { bucket: Bucket, prefix } = config;
  const writer = new S3Writer(s3);
  const temporaryUrl = config.presignedSeconds > 0 ? createS3Links(config) : null;
  const probe = `${prefix}.turnwise-check`;

  const keyOf = (studyId: string | null, sha256: string) => {
    assertSha256(sha256);
    if (studyId === null) throw new TypeError("every object in S3 belongs to a study");
    assertStudyId(studyId);
    return `${prefix}${studyId}/${sha256}`;
  };
  async function explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explainS3Error(config, error);
    }
  }

  return {
    id: "s3",
    description: `bucket ${Bucket}${prefix && `/${prefix}`} at ${config.endpoint ?? `S3 in ${config.region}`}`,
    async browserOrigin() {
      return temporaryUrl ? new URL((await temporaryUrl(probe, "text/plain")).url).origin : null;
    },
    inStudy(studyId) {
      return {
        async put(sha256, bytes, options) {
          await assertHashOf(sha256, bytes);
          await writer.put(keyOf(studyId, sha256), sha256, bytes, options?.signal);
        },
        putFile: (sha256, path, options) =>
          writer.putFile(keyOf(studyId, sha256), sha256, path, options?.signal),
        size: (sha256) =>
          explained(async () => {
            try {
              const head = await client.send(new HeadObjectCommand({ Bucket, Key: keyOf(studyId, sha256) }));
              return head.ContentLength ?? null;
            } catch (error) {
              if (statusOf(error) === 404) return null;
              throw error;
            }
          }),
        async read(sha256, range) {
          const source = await openS3Object(s3, keyOf(studyId, sha256), range);
          return Readable.from(range ? source : verified(sha256, source), { objectMode: false });
        },
        temporaryUrl: async (sha256, { mimeType }) =>
          temporaryUrl ? temporaryUrl(keyOf(studyId, sha256), mimeType) : null,
      };
    },
    async *list() {
      try {
        for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix: prefix })) {
          if (page.Name === undefined && page.KeyCount === undefined) throw notS3("not a list of objects");
          for (const { Key = "", Size = 0, LastModified } of page.Contents ?? []) {
            const object = parseKey(Key.slice(prefix.length));
            if (object)
              yield { ...object, byteSize: Size, storedAtMs: LastModified?.getTime() ?? Date.now() };
          }
        }
      } catch (error) {
        throw explainS3Error(config, error);
      }
    },
    remove: ({ studyId, sha256 }, options) =>
      explained(async () => {
        const Key = keyOf(studyId, sha256);
        if (options) {
          const head = await client.send(new HeadObjectCommand({ Bucket, Key })).catch((error: unknown) => {
            if (statusOf(error) !== 404) throw error;
            return null;
          });
          if ((head?.LastModified?.getTime() ?? 0) > options.storedBeforeMs) return false;
        }
        await client.send(new DeleteObjectCommand({ Bucket, Key }));
        return true;
      }),
    check: () =>
      explained(async () => {
        await client.send(new PutObjectCommand({ Bucket, Key: probe, Body: PROBE }));
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: probe }));
        if ((await Body?.transformToString()) !== PROBE)
          throw notS3("other bytes came back than were written");
      }),
    ping: () =>
      explained(async () => {
        await client
          .send(new HeadObjectCommand({ Bucket, Key: probe }))
          .catch((error: S3ServiceException) => {
            // The service answers and knows us; that the probe is not there says nothing.
            if (statusOf(error) !== 404) throw error;
          });
      }),
    diagnose: (options) => diagnoseS3(s3, options),
  };
}

function notS3(what: string): Error {
  return Object.assign(new Error(what), { code: NOT_S3 });
}

function parseKey(key: string): Pick<ListedObject, "studyId" | "sha256"> | null {
  const [studyId = "", sha256 = "", ...rest] = key.split("/");
  return rest.length === 0 && isStudyId(studyId) && isSha256(sha256) ? { studyId, sha256 } : null;
}
