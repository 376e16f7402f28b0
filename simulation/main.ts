// npm run simulate -- --seed N --steps M
import { runSimulation } from "./cli.ts";

if (import.meta.main) {
  // A reader such as `head` may close the pipe before the report ends: no more to say then.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  process.exitCode = await runSimulation(process.argv.slice(2), process);
}
