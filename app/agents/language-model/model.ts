import type { CallParameters, ProviderError, ReportCall } from "../../domain/provider-call.ts";

export type LanguagePart = { text: string } | { image: { base64: string; mimeType: "image/jpeg" } };

export interface LanguageRequest {
  /** Fixed rules; never holds anything that a person typed. */
  system: string;
  parts: LanguagePart[];
  /** JSON schema of the answer. */
  schema: Record<string, unknown>;
  /** 31-bit; services that take none ignore it. */
  seed: number;
  /** Recorded with the call. */
  parameters: CallParameters;
}

/** What the answer's text gave: `error` when it is of no use. */
export interface ReadAnswer<T> {
  value: T | null;
  error?: ProviderError;
  parameters?: CallParameters;
}

/** A remote language model: one adapter per protocol. */
export interface LanguageModel {
  readonly id: string;
  /** Model as configured. */
  readonly model: string;
  /** Most images that a request may hold; 0 = it cannot see. */
  readonly maxImages: number;
  /** One upstream call, reported whatever becomes of it. Throws ProviderError. */
  complete<T>(
    request: LanguageRequest,
    read: (text: string) => ReadAnswer<T>,
    signal: AbortSignal,
    report: ReportCall | undefined,
  ): Promise<T>;
}
