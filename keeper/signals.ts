/** Milliseconds between two looks at whether npm is still there. */
const WATCH_INTERVAL = 500;

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
  if (process.env.npm_lifecycle_event !== undefined) {
    // A signal sent to npm alone ends npm and its shell, which do not pass it on: what they started must not stay behind.
    const npm = process.ppid;
    setInterval(() => process.ppid !== npm && end.abort(), WATCH_INTERVAL).unref();
  }
  return end.signal;
}
