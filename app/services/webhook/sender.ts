/** Port: one POST to a receiver. */
export interface WebhookSender {
  /** Whether plain http may be used for this address: only where the operator permits a private receiver. */
  allowsHttp(url: string): boolean;
  /** Never rejects; follows no redirects; reads little of the answer. */
  send(request: {
    url: string;
    headers: Record<string, string>;
    body: string;
    timeoutMs: number;
    signal?: AbortSignal;
  }): Promise<SendResult>;
}

export type SendResult =
  | { kind: "answered"; status: number; retryAfterMs: number }
  /** No answer: refused, too slow, cut off, or an address that may not be called. `reason` is for the coordinator. */
  | { kind: "failed"; reason: string };
