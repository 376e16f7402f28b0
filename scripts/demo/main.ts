import { runDemo } from "./cli.ts";

if (import.meta.main) {
  // A reader such as `head` may close the pipe before the table ends: no more to say then.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  process.exitCode = await runDemo(process.argv.slice(2), process);
}
