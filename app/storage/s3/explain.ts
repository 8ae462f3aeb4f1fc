import type { S3Config } from "../config.ts";
import { ObjectStoreError } from "../errors.ts";

interface Failure {
  name: string;
  code: string;
  message: string;
  status: number | undefined;
  region: string | undefined;
}

/** What the SDK says about a failure, wherever it puts it. */
function failureOf(error: unknown): Failure {
  const e = error as {
    name?: string;
    code?: string;
    Code?: string;
    message?: string;
    cause?: { code?: string; message?: string };
    errors?: { code?: string }[];
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number; headers?: Record<string, string> };
    Region?: string;
  };
  return {
    name: e.name ?? "Error",
    code: e.Code ?? e.code ?? e.errors?.[0]?.code ?? e.cause?.code ?? e.name ?? "",
    message: e.message || e.cause?.message || "",
    status: e.$metadata?.httpStatusCode ?? e.$response?.statusCode,
    region: e.Region ?? e.$response?.headers?.["x-amz-bucket-region"],
  };
}

export function statusOf(error: unknown): number | undefined {
  return failureOf(error).status;
}

/** The name that the service gives the failure, e.g. "NoSuchKey". */
export function codeOf(error: unknown): string {
  const { code, name } = failureOf(error);
  return code || name;
}

/** A code of our own for answers that make no sense. */
export const NOT_S3 = "NotS3";

type Sentence = (config: S3Config, failure: Failure, where: string) => string;

/** [kind, how it is recognised, what to tell the operator] */
const EXPLANATIONS: [string, RegExp, Sentence][] = [
  [
    "access-key-unknown",
    /^(InvalidAccessKeyId|InvalidTokenId|UnrecognizedClientException)$/,
    (_, __, where) =>
      `${where} does not know the access key. Check S3_ACCESS_KEY_ID, and that it belongs to this service.`,
  ],
  [
    "secret-wrong",
    /^SignatureDoesNotMatch$/,
    (_, __, where) =>
      `${where} refused the signature. Check S3_SECRET_ACCESS_KEY; behind a proxy, that it keeps the Host header.`,
  ],
  [
    "session-ended",
    /^(ExpiredToken|InvalidToken|TokenRefreshRequired)$/,
    () =>
      "The session credentials have ended or are not valid. Get new ones (S3_SESSION_TOKEN), or use the machine's role.",
  ],
  [
    "credentials-missing",
    /^(CredentialsProviderError|CredentialsError)$/,
    () =>
      "There are no credentials. Set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or give this machine a role.",
  ],
  [
    "bucket-missing",
    /^NoSuchBucket$/,
    ({ bucket }, _, where) =>
      `${where} has no bucket "${bucket}". Make it (turnwise storage check --create-bucket), or correct S3_BUCKET.`,
  ],
  [
    "region-wrong",
    /^(PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException|InvalidLocationConstraint|TemporaryRedirect)$/,
    ({ bucket, region }, failure) =>
      `The bucket "${bucket}" is not in region ${region}. Set S3_REGION=${failure.region ?? "<the bucket's region>"}.`,
  ],
  [
    "clock-wrong",
    /^(RequestTimeTooSkewed|RequestExpired)$/,
    (_, __, where) => `This machine's clock and that of ${where} are too far apart. Set the clock (NTP).`,
  ],
  [
    "permission-missing",
    /^(AccessDenied|AllAccessDisabled|AccountProblem|Forbidden|403)$/,
    ({ bucket, prefix }, _, where) =>
      `${where} does not let this key do that. It needs GetObject, PutObject and DeleteObject on ${bucket}/${prefix}*, and ListBucket on ${bucket}.`,
  ],
  [
    "full",
    /^(QuotaExceeded|InsufficientStorage|XMinioStorageFull|EntityTooLarge|507)$/,
    (_, __, where) => `${where} is full, or a quota is used up. Free some space, or raise the quota.`,
  ],
  [
    "busy",
    /^(SlowDown|ServiceUnavailable|TooManyRequests|TooManyRequestsException|RequestLimitExceeded|429|503)$/,
    (_, __, where) =>
      `${where} is overloaded or limits requests. It was asked several times; try again later.`,
  ],
  [
    "host-unknown",
    /^(ENOTFOUND|EAI_AGAIN)$/,
    ({ endpoint, forcePathStyle }, { message }) =>
      `The name of the S3 service cannot be resolved (${message}). Check S3_ENDPOINT${endpoint && !forcePathStyle ? ", or set S3_FORCE_PATH_STYLE=1" : " and the network"}.`,
  ],
  [
    "refused",
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/,
    (_, __, where) => `Nothing answers at ${where}. Start the service, or correct S3_ENDPOINT.`,
  ],
  [
    "too-slow",
    /^(TimeoutError|ETIMEDOUT|ESOCKETTIMEDOUT|AbortError|RequestTimeout|RequestTimeoutException)$/,
    (_, __, where) =>
      `${where} did not answer in time. It was asked several times; check the service and the network.`,
  ],
  [
    "connection-lost",
    /^(ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE|ERR_STREAM_DESTROYED|IncompleteBody)$/,
    (_, __, where) => `The connection to ${where} broke off, repeatedly. Check the service and the network.`,
  ],
  [
    "tls",
    /^(EPROTO|ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_|HPE_)/,
    ({ endpoint }, { message }) =>
      `No secure connection to ${endpoint ?? "S3"} (${message}). Check http or https in S3_ENDPOINT; for a private authority set NODE_EXTRA_CA_CERTS.`,
  ],
];

/** The same failure as one sentence for the operator, with the service's own words as its cause. */
export function explainS3Error(config: S3Config, error: unknown): ObjectStoreError {
  if (error instanceof ObjectStoreError) return error;
  const failure = failureOf(error);
  const where = config.endpoint ?? `S3 in ${config.region}`;
  // The status alone says least: it counts when nothing else is known.
  for (const mark of [failure.code, failure.name, String(failure.status ?? "")]) {
    const known = EXPLANATIONS.find(([, pattern]) => pattern.test(mark));
    if (known) return new ObjectStoreError(known[0], known[2](config, failure, where), { cause: error });
  }
  if (failure.status !== undefined && failure.status >= 500) {
    const message = `${where} answered with status ${failure.status} (${failure.code}). Look at the service's own log.`;
    return new ObjectStoreError("service-fault", message, { cause: error });
  }
  if (
    failure.code === NOT_S3 ||
    /Deserialization error|Unable to parse|UnknownError|is not expected|char '/.test(
      `${failure.message} ${failure.name}`,
    )
  ) {
    const message = `${where} does not answer like an S3 service (status ${failure.status ?? "unknown"}). Check S3_ENDPOINT.`;
    return new ObjectStoreError("not-s3", message, { cause: error });
  }
  const message = `${where}: ${failure.code}${failure.message ? `, ${failure.message}` : ""}`;
  return new ObjectStoreError("other", message, { cause: error });
}
