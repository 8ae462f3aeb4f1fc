import pino from "pino";
import type { Log } from "../services/context.ts";

/** JSON lines on stderr; secrets and typed text are cut out by path. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: [
          "*.password",
          "*.token",
          "*.secret",
          "*.authorization",
          "*.cookie",
          "password",
          "token",
          "cookie",
        ],
        censor: "[redacted]",
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
