/** A TCP proxy that breaks connections on demand, between a client and a real service. */
import { createServer, connect as dial, type Socket } from "node:net";

export type Fault =
  /** Everything passes. */
  | { kind: "none" }
  /** Connections are reset as soon as they are made. */
  | { kind: "reset" }
  /** Of what the service answers, so many bytes pass; then the connection is reset. */
  | { kind: "cut"; afterBytes: number }
  /** Of what the service answers, so many bytes pass; then nothing more comes. */
  | { kind: "stall"; afterBytes: number };

export interface FaultProxy {
  endpoint: string;
  /** For connections made from now on; older ones are ended. `times`: so many of them, then no fault any more. */
  set(fault: Fault, times?: number): void;
  stop(): Promise<void>;
}

export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let fault: Fault = { kind: "none" };
  let left = Number.POSITIVE_INFINITY;

  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    const current = left > 0 ? fault : ({ kind: "none" } as const);
    left -= 1;
    if (current.kind === "reset") return client.resetAndDestroy();
    const upstream = dial(Number(port), hostname);
    keep(upstream);
    client.pipe(upstream);
    client.on("close", () => upstream.destroy());
    upstream.on("end", () => client.end());
    upstream.on("close", () => client.destroy());
    let passed = 0;
    upstream.on("data", (chunk: Buffer) => {
      const room = "afterBytes" in current ? Math.max(0, current.afterBytes - passed) : chunk.byteLength;
      passed += chunk.byteLength;
      if (room > 0) client.write(chunk.subarray(0, room));
      if (room < chunk.byteLength && current.kind === "cut") setTimeout(() => client.resetAndDestroy(), 5);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    endpoint: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    set(next, times = Number.POSITIVE_INFINITY) {
      fault = next;
      left = times;
      for (const socket of sockets) socket.destroy();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
