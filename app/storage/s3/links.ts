import { GetObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { S3Config } from "../config.ts";
import { connectForBrowsers } from "./client.ts";
import { explainS3Error } from "./explain.ts";

/** Kept by the browser as long as by our own address: bytes under a hash never change. */
const CACHE_CONTROL = "private, max-age=31536000, immutable";

type TemporaryUrl = (key: string, mimeType: string) => Promise<{ url: string; validForMs: number }>;

/**
 * Makes links that serve one object to anybody for a short while. All links made in the same half of that while are the
 * same, so that a browser that asks again finds the bytes in its cache; each works for the other half at least.
 */
export function createS3Links(config: S3Config, now: () => number = Date.now): TemporaryUrl {
  const client = connectForBrowsers(config);
  const lifeMs = config.presignedSeconds * 1000;
  return async (key, mimeType) => {
    try {
      const nowMs = now();
      const windowMs = lifeMs / 2;
      const signedAtMs = Math.floor(nowMs / windowMs) * windowMs;
      const command = new GetObjectCommand({
        Bucket: config.bucket,
        Key: key,
        ResponseContentType: mimeType,
        ResponseCacheControl: CACHE_CONTROL,
      });
      const url = await getSignedUrl(client, command, {
        expiresIn: config.presignedSeconds,
        signingDate: new Date(signedAtMs),
      });
      const { expiration } = await client.config.credentials();
      const endsAtMs = Math.min(signedAtMs + lifeMs, expiration?.getTime() ?? Number.POSITIVE_INFINITY);
      return { url, validForMs: Math.max(0, endsAtMs - nowMs) };
    } catch (error) {
      throw explainS3Error(config, error);
    }
  };
}
