import { whenNpmEnds } from "../scripts/npm.ts";

/**
 * A signal that is given on Ctrl-C or a polite kill, so that work can end in order. A second one ends the process at
 * once: nothing is lost by that either.
 */
export function onEnd(): AbortSignal {
  const end = new AbortController();
  const stop = (): void => {
    if (end.signal.aborted) process.exit(1);
    end.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  whenNpmEnds(() => end.abort());
  return end.signal;
}
