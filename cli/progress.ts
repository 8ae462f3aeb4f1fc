/** A line of progress on stderr: rewritten in place on a terminal, every few seconds elsewhere. */
export interface Progress {
  update(text: string): void;
  /** Prints a line of its own without disturbing the progress. */
  note(text: string): void;
  end(): void;
}

const TERMINAL_EVERY_MS = 100;
const LOG_EVERY_MS = 5_000;

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const everyMs = stream.isTTY ? TERMINAL_EVERY_MS : LOG_EVERY_MS;
  const clear = stream.isTTY ? "\r\u001b[K" : "";
  let shownAt = stream.isTTY ? Number.NEGATIVE_INFINITY : performance.now();
  let isOnLine = false;
  return {
    update(text) {
      if (performance.now() - shownAt < everyMs) return;
      shownAt = performance.now();
      stream.write(stream.isTTY ? clear + text : `${text}\n`);
      isOnLine = stream.isTTY;
    },
    note(text) {
      stream.write(`${isOnLine ? clear : ""}${text}\n`);
      isOnLine = false;
    },
    end() {
      if (isOnLine) stream.write(clear);
      isOnLine = false;
    },
  };
}
