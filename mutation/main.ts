// npm run mutate -- --contract StakeVault
import { runMutation } from "./cli.ts";

if (import.meta.main) {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  process.exitCode = await runMutation(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    stopped: stop.signal,
  });
}
