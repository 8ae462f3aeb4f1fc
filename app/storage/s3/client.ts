import { S3Client } from "@aws-sdk/client-s3";
import { S3_PATIENCE, type S3Config, type S3Patience } from "../config.ts";

const CONNECTIONS = 64;
const HASH_HEADER = "x-amz-content-sha256";

export interface Connection {
  client: S3Client;
  config: S3Config;
  patience: S3Patience;
}

export function connect(config: S3Config): Connection {
  const patience = { ...S3_PATIENCE, ...config.patience };
  return { client: createClient(config, config.endpoint, patience), config, patience };
}

/** For links that browsers get: the host is part of what is signed. */
export function connectForBrowsers(config: S3Config): S3Client {
  return createClient(config, config.publicEndpoint ?? config.endpoint, {
    ...S3_PATIENCE,
    ...config.patience,
  });
}

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

function createClient(config: S3Config, endpoint: string | null, patience: S3Patience): S3Client {
  const agent = { keepAlive: true, maxSockets: CONNECTIONS };
  return new S3Client({
    region: config.region,
    ...(endpoint !== null && { endpoint }),
    ...(config.credentials && { credentials: config.credentials }),
    forcePathStyle: config.forcePathStyle,
    maxAttempts: patience.attempts,
    // What fails is thrown; the SDK would also print that it does not repeat a stream.
    logger: SILENT,
    // The checksums that the SDK would add by itself are unknown to many compatible services. Bytes are checked by the
    // signed hash of the body when written, and by their own hash when read.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      connectionTimeout: patience.connectMs,
      requestTimeout: patience.replyMs,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
      // Waiting for one of our own sockets is no news.
      socketAcquisitionWarningTimeout: patience.objectMs * 10,
    },
  });
}

/** Adds the known hash of a body to the next request, so that the service itself refuses bytes changed on the way. */
export function withBodyHash<C extends { middlewareStack: S3Client["middlewareStack"] | object }>(
  command: C,
  sha256: string,
): C {
  const stack = command.middlewareStack as S3Client["middlewareStack"];
  stack.add(
    (next) => (args) => {
      (args.request as { headers: Record<string, string> }).headers[HASH_HEADER] = sha256;
      return next(args);
    },
    { step: "build", name: "knownBodyHash" },
  );
  return command;
}

/** A megabyte a second: a big file gets the time that a slow line needs. */
const SLOWEST_BYTES_PER_MS = 1_000;

/** Aborted when `signal` is, or when sending so many bytes takes longer than a slow line needs. */
export function within(
  { objectMs }: S3Patience,
  bytes: number,
  signal: AbortSignal | undefined,
): AbortSignal {
  const deadline = AbortSignal.timeout(objectMs + Math.ceil(bytes / SLOWEST_BYTES_PER_MS));
  return signal ? AbortSignal.any([signal, deadline]) : deadline;
}
