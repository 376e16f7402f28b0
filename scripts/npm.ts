/** Milliseconds between two looks at whether npm is still there. */
const WATCH_INTERVAL = 500;

/**
 * Calls `stop` when the npm that runs this process has ended. A signal sent to npm alone ends npm and its shell, which do
 * not pass it on: what they started must not stay behind. Does nothing outside npm.
 */
export function whenNpmEnds(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const npm = process.ppid;
  setInterval(() => process.ppid !== npm && stop(), WATCH_INTERVAL).unref();
}
