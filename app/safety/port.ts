/** Port of the safety filters: what may be drawn, and what may be shown. Adapters live beside this file. */

export interface SafetyVerdict {
  /** null = nothing against it; otherwise why not, for coordinators. Never shown to raters. */
  reason: string | null;
}

/** Looks at what raters write and at what generators propose, before anything is drawn of it. */
export interface PromptFilter {
  readonly id: string;
  check(text: string, signal: AbortSignal): Promise<SafetyVerdict>;
}

/** Looks at every image before anybody sees it. */
export interface ImageFilter {
  readonly id: string;
  /** `image` is the display size, WebP. */
  check(image: { bytes: Buffer }, signal: AbortSignal): Promise<SafetyVerdict>;
}

/** Something was stopped by a filter of ours; a model's own filter is a ProviderError with the fault "blocked". */
export class BlockedError extends Error {
  override readonly name = "BlockedError";
  /** Filter or provider that stopped it. */
  readonly source: string;

  constructor(source: string, message: string) {
    super(message);
    this.source = source;
  }
}
