/** A reverse proxy in front of several servers, as an operator would have: in turn, and past those that are down. */
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface Balancer {
  url: string;
  /** How many answers each server gave. */
  answers: Map<string, number>;
  stop(): Promise<void>;
}

/** `targets` are asked for anew with every request. */
export async function startBalancer(targets: () => readonly string[]): Promise<Balancer> {
  const answers = new Map<string, number>();
  let turn = 0;
  const server: Server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    const all = targets();
    const order = all.map((_, i) => all[(turn + i) % all.length] as string);
    turn += 1;
    const attempt = () => {
      const target = order.shift();
      if (target === undefined) return outgoing.writeHead(502).end("no server answers\n");
      const upstream = request(
        target + incoming.url,
        { method: incoming.method, headers: incoming.headers, agent: false },
        (reply) => {
          answers.set(target, (answers.get(target) ?? 0) + 1);
          outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
          reply.on("error", () => outgoing.destroy());
          reply.pipe(outgoing);
        },
      );
      upstream.on("error", (error: NodeJS.ErrnoException) => {
        // Only what never reached a server is sent to another one; the rest is the client's to repeat.
        if (error.code === "ECONNREFUSED" && !outgoing.headersSent) attempt();
        else outgoing.destroy();
      });
      upstream.end(body);
    };
    attempt();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
