const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const SPIN_EVERY_MS = 120;
const REMIND_EVERY_MS = 20_000;

/** "0.4 s", "6.2 s", "41 s" */
export function seconds(ms) {
  return ms < 9_950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/** Runs `work` and shows its name and how long it takes: a spinner on a terminal, plain lines elsewhere. */
export async function phase(name, work) {
  const out = process.stdout;
  const spins = out.isTTY === true && !process.env.CI && process.env.TERM !== "dumb";
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const head = `turnwise  ${name} …`;
  let frame = 0;

  const draw = () => {
    frame = (frame + 1) % FRAMES.length;
    out.write(`\r${head} ${seconds(elapsed())} ${FRAMES[frame]}\x1b[K`);
  };
  if (!spins) out.write(`${head}\n`);
  const timer = spins
    ? setInterval(draw, SPIN_EVERY_MS)
    : setInterval(() => out.write(`${head} ${seconds(elapsed())} so far\n`), REMIND_EVERY_MS);
  const end = (word) => {
    clearInterval(timer);
    out.write(`${spins ? "\r" : ""}${head} ${word}${seconds(elapsed())}${spins ? "\x1b[K" : ""}\n`);
  };

  try {
    const result = await work();
    end("");
    return result;
  } catch (error) {
    end("failed after ");
    throw error;
  }
}
