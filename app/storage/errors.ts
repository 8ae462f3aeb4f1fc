/** A row says that an object is there, and it is not. */
export class ObjectMissingError extends Error {
  override readonly name = "ObjectMissingError";
}

/** Stored bytes do not have the hash that they are stored under. */
export class ObjectDamagedError extends Error {
  override readonly name = "ObjectDamagedError";
}

/**
 * The store cannot do what is asked; nothing is wrong with the request. `message` is for the operator: what is wrong and
 * what to do about it. The cause keeps the service's own words.
 */
export class ObjectStoreError extends Error {
  override readonly name = "ObjectStoreError";
  /** Stable, for programs, e.g. "bucket-missing". */
  readonly kind: string;

  constructor(kind: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
