/**
 * A request that cannot be done, with the message that its sender may read.
 * `message` (for logs) and `userMessage` (for people) are kept apart; `code` is stable for programs.
 */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly code: RequestErrorCode;
  readonly userMessage: string;
  /** Message per form field. */
  readonly fields: Record<string, string>;

  /** For programs: what belongs to the code, e.g. why there is no place, and until when. */
  readonly details: Record<string, unknown>;

  constructor(
    code: RequestErrorCode,
    userMessage: string,
    fields: Record<string, string> = {},
    details: Record<string, unknown> = {},
  ) {
    super(`${code}: ${userMessage}`);
    this.code = code;
    this.userMessage = userMessage;
    this.fields = fields;
    this.details = details;
  }

  get status(): number {
    return STATUS[this.code];
  }
}

const STATUS = {
  BAD_REQUEST: 400,
  SIGN_IN_NEEDED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  API_KEY_NEEDED: 401,
  API_KEY_INVALID: 401,
  SCOPE_MISSING: 403,
  METHOD_NOT_ALLOWED: 405,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  INVALID_INPUT: 422,
  SUBMISSION_ID_REUSED: 409,
  TURN_ALREADY_CHOSEN: 409,
  TURN_NOT_READY: 409,
  WRONG_PHASE: 409,
  ASSIGNMENT_NOT_LIVE: 409,
  ASSIGNMENT_PAUSED: 409,
  OFFER_NOT_TAKEN: 409,
  EVALUATION_INCOMPLETE: 422,
  STUDY_NOT_OPEN: 409,
  STUDY_FULL: 409,
  RATER_CAP_REACHED: 409,
  PAUSE_NEEDED: 409,
  NOT_ELIGIBLE: 403,
  ASSIGNMENT_ALREADY_LIVE: 409,
  WRITER_MOVED: 409,
  ILLEGAL_TRANSITION: 409,
  TEXTS_UNDECIDED: 409,
  INVITATION_INVALID: 410,
  EMAIL_TAKEN: 409,
  TOO_MANY_REQUESTS: 429,
  STORAGE_UNAVAILABLE: 503,
} as const;
export type RequestErrorCode = keyof typeof STATUS;

export function notFound(what: string): RequestError {
  return new RequestError("NOT_FOUND", `There is no such ${what}, or it is not yours to see.`);
}
