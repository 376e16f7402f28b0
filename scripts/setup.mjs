// Brings a clone to where the commands of package.json can run; each of them calls this first.
//
//   node scripts/setup.mjs            installs what package-lock.json pins, unless it is there already
//   node scripts/setup.mjs --build    ... and compiles the contracts and their TypeScript bindings
//
// Runs on whatever Node the machine has (20 or newer), before anything is installed: it may import nothing but Node.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const LOCK = join(ROOT, "package-lock.json");
const MODULES = join(ROOT, "node_modules");
const STAMP = join(MODULES, ".setup-stamp");

/**
 * npm leaves out the optional packages whose `engines` refuse the Node that npm itself runs on. Hardhat's native EVM is
 * one of them and asks for this version.
 */
const OLDEST_NODE_FOR_NPM = 22;

const IS_WINDOWS = process.platform === "win32";

class SetupError extends Error {}

function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Runs a command in the project, on the terminal of this one, and fails unless it succeeds. */
function run(command, env, remedy) {
  // Ctrl-C reaches the command too: wait until it has tidied up, or the next command would meet it at work.
  process.once("SIGINT", () => {});
  const [program, ...args] = command;
  const { error, signal, status } = spawnSync(program, args, { cwd: ROOT, env, stdio: "inherit", shell: IS_WINDOWS });
  if (status === 0) return;
  const reason = error?.message ?? (signal === null ? `exit code ${status}` : `stopped by ${signal}`);
  throw new SetupError(`\`${command.join(" ")}\` failed (${reason}).\n${remedy}`);
}

/** The environment outside this project: `npm run` puts `node_modules/.bin`, and with it our own Node, on the path. */
function outerEnvironment() {
  const bin = join(MODULES, ".bin");
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const path = (process.env[key] ?? "").split(delimiter).filter((folder) => folder !== bin);
  return { ...process.env, [key]: path.join(delimiter) };
}

/** Major version of the Node that npm would run on. */
function outerNodeMajor(env) {
  const { stdout } = spawnSync("node", ["--version"], { env, encoding: "utf8", shell: IS_WINDOWS });
  const version = stdout || process.version;
  return Number.parseInt(version.replace(/^v/, ""), 10);
}

function install(lock) {
  // A half-finished install must not look like a finished one, nor lend its Node to the next.
  try {
    rmSync(MODULES, { recursive: true, force: true, maxRetries: 10 });
  } catch (error) {
    throw new SetupError(`Cannot remove node_modules (${error.message}).\nStop what uses it, delete it and try again.`);
  }

  const env = outerEnvironment();
  const node = JSON.parse(lock).packages["node_modules/node"].version;
  const npmCi = ["npm", "ci", "--no-audit", "--no-fund"];
  const isOld = outerNodeMajor(env) < OLDEST_NODE_FOR_NPM;
  say("Installing the packages that package-lock.json pins. This happens once and takes a minute or so.");
  run(
    isOld ? ["npx", "-y", "-p", `node@${node}`, "--", ...npmCi] : npmCi,
    env,
    "The reason is in the lines above; without network access nothing can be installed. The next command tries again.",
  );

  const ownNode = join(MODULES, "node", "bin", IS_WINDOWS ? "node.exe" : "node");
  run(
    [ownNode, "--eval=require('@nomicfoundation/edr')"],
    env,
    `Hardhat's native EVM did not come with the install (${process.platform} ${process.arch}, npm on ` +
      `Node ${isOld ? node : process.version}). Check that npm installs optional packages: \`npm config get omit\`.`,
  );
}

function build() {
  run(
    ["hardhat", "build", "--no-tests", "--quiet"],
    { ...process.env, PATH: join(MODULES, ".bin") + delimiter + (process.env.PATH ?? "") },
    "The compiler's errors are in the lines above.",
  );
}

function stampOrNothing() {
  try {
    return readFileSync(STAMP, "utf8");
  } catch {
    return undefined;
  }
}

try {
  const lock = readFileSync(LOCK);
  const hash = createHash("sha256").update(lock).digest("hex");
  if (stampOrNothing() !== hash) {
    install(lock.toString());
    writeFileSync(STAMP, hash);
  }
  if (process.argv.includes("--build")) build();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(`\nSet-up failed: ${error.message}`);
  process.exitCode = 1;
}
