/** A fault that the operator can mend; `userMessage` is one line that says how. */
export class StartupError extends Error {
  override readonly name = "StartupError";
  readonly userMessage: string;

  constructor(userMessage: string, options?: ErrorOptions) {
    super(userMessage, options);
    this.userMessage = userMessage;
  }
}

/** The database's own code of an error, wherever the driver or Drizzle put it. */
export function databaseErrorCode(error: unknown): string | undefined {
  for (let e = error as { code?: unknown; cause?: unknown } | undefined, depth = 0; e && depth < 5; depth++) {
    if (typeof e.code === "string") return e.code;
    e = e.cause as typeof e;
  }
  return undefined;
}

export function isUniqueViolation(error: unknown): boolean {
  const code = databaseErrorCode(error);
  return code === "23505" || code === "SQLITE_CONSTRAINT_UNIQUE" || code === "SQLITE_CONSTRAINT_PRIMARYKEY";
}

/** The disk is full or read-only, or the database is out of reach: nothing wrong with the request. */
export function isStorageFault(error: unknown): boolean {
  const code = databaseErrorCode(error) ?? "";
  return (
    /^SQLITE_(FULL|READONLY|IOERR|CANTOPEN|BUSY)/.test(code) ||
    /^(ENOSPC|EROFS|EDQUOT|EACCES|ECONNREFUSED|ECONNRESET|ETIMEDOUT)$/.test(code) ||
    /^(53|57P|08)/.test(code) ||
    isLostConnection(error)
  );
}

/** node-postgres gives a lost or unavailable connection no code. */
function isLostConnection(error: unknown): boolean {
  for (
    let e = error as { message?: unknown; cause?: unknown } | undefined, depth = 0;
    e && depth < 5;
    depth++
  ) {
    if (/Connection terminated|timeout exceeded when trying to connect|not queryable/.test(String(e.message)))
      return true;
    e = e.cause as typeof e;
  }
  return false;
}
