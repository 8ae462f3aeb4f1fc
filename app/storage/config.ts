/** Where objects are kept, as the operator set it. */
export interface StorageConfig {
  /** Which of the two this installation uses. */
  kind: "local" | "s3";
  local: { folder: string };
  /** Null when nothing is set for S3. */
  s3: S3Config | null;
}

export interface S3Config {
  bucket: string;
  region: string;
  /** Null = AWS. */
  endpoint: string | null;
  /** Address by which raters' browsers reach the service, where that is another one. */
  publicEndpoint: string | null;
  /** Null = found as the AWS SDK does: environment, shared files, the machine's role. */
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } | null;
  /** "" or a path that ends in "/". */
  prefix: string;
  /** `https://host/bucket/key` instead of `https://bucket.host/key`. */
  forcePathStyle: boolean;
  /** Life of the links that browsers get, in seconds; 0 = the server hands all bytes on itself. */
  presignedSeconds: number;
  /** For tests; production takes the defaults. */
  patience?: Partial<S3Patience>;
}

export interface S3Patience {
  connectMs: number;
  /** From the beginning of the request, body included, to the head of the reply. */
  replyMs: number;
  /** Between two pieces of a body. */
  idleMs: number;
  /** Everything about one object, repetitions included. */
  objectMs: number;
  attempts: number;
}

export const S3_PATIENCE: S3Patience = {
  connectMs: 3_000,
  replyMs: 15_000,
  idleMs: 10_000,
  objectMs: 40_000,
  attempts: 4,
};
