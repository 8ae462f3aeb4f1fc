/** For container health checks: exit code 0 while this machine's Turnwise answers the given path with success. */
const path = process.argv[2] ?? "/health";
try {
  const reply = await fetch(`http://127.0.0.1:${process.env.PORT || 3000}${path}`, {
    signal: AbortSignal.timeout(4_500),
  });
  process.exitCode = reply.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
