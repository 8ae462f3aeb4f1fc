/** A receiver of webhooks whose answers are scripted, and a check of signatures written from the convention alone. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A status; "hang": never answers; "drip": answers without end; "reset": cuts; or what a function does. */
export type Answer = number | "hang" | "drip" | "reset" | ((res: ServerResponse) => void);

export interface WebhookReceiver {
  url: string;
  received: Received[];
  /** Answers of the next requests, in order; 200 when none are left. */
  script(...answers: Answer[]): void;
  close(): Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const answers: Answer[] = [];
  const server = createServer(async (req, res) => {
    received.push({ path: req.url ?? "", headers: req.headers, body: await text(req) });
    const answer = answers.shift() ?? 200;
    if (typeof answer === "function") return answer(res);
    if (answer === "hang") return;
    if (answer === "reset") return req.socket.destroy();
    if (answer === "drip") {
      res.writeHead(200).write("x".repeat(100_000));
      return;
    }
    res.writeHead(answer, answer === 302 ? { location: "/elsewhere" } : {}).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    script: (...more) => answers.push(...more),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const TOLERANCE_S = 300;

/** The payload, if a signature of the message was made with the secret. Throws otherwise. */
export function verifyWebhook(secret: string, { headers, body }: Received, nowMs: number): unknown {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  if (typeof id !== "string" || typeof timestamp !== "string") throw new Error("headers are missing");
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_S) throw new Error("the message is too old");
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest();
  const matches = String(headers["webhook-signature"])
    .split(" ")
    .map((part) => part.split(","))
    .some(([version, signature = ""]) => {
      const given = Buffer.from(signature, "base64");
      return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
    });
  if (!matches) throw new Error("no signature matches");
  return JSON.parse(body);
}
