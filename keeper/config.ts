import { isIP } from "node:net";
import { resolve } from "node:path";
import { Command, Option } from "commander";
import { getAddress, isAddress, parseEther, parseUnits } from "ethers";
import { z } from "zod/v4";
import { KeeperConfigError } from "./errors.ts";
import { LOG_LEVELS } from "./log.ts";

/** The jobs there are. */
export const JOB_NAMES = ["epochs", "arguments", "queries", "rewards", "governance"] as const;
export type JobName = (typeof JOB_NAMES)[number];

/** A setting as people see it; docs/keeper.md has the same table. */
export interface Setting {
  readonly name: keyof KeeperConfig;
  /** On the command line, with what stands after it. */
  readonly flag: string;
  /** In the environment, for where the flag is not given. */
  readonly variable: string;
  /** As it would be typed; `undefined` where there is none. */
  readonly standard: string | undefined;
  readonly meaning: string;
}

/** Every setting, in the order in which help and documentation list them. */
export const SETTINGS: readonly Setting[] = [
  setting("network", "<name>", undefined, "network of hardhat.config.ts; must be given"),
  setting("once", "", "false", "do what is due, and end"),
  setting(
    "jobs",
    "<list>",
    undefined,
    `what to do, with commas between: ${JOB_NAMES.join(", ")}; by default all that the deployment has`,
  ),
  setting("dryRun", "", "false", "tell what would be sent, and send nothing"),
  setting("from", "<address>", undefined, "account that sends; the network's first by default"),
  setting("url", "<url>", undefined, "node to talk to, over HTTP or a WebSocket; the network's by default"),
  setting("timeout", "<seconds>", "60", "time to wait for an answer of the node"),
  setting("deployment", "<folder>", undefined, "Ignition's journal; the chain's in ignition/deployments by default"),
  setting(
    "beliefs",
    "<path>",
    undefined,
    "entrusted beliefs: a file of JSON lines, or a folder of *.jsonl; none by default",
  ),
  setting(
    "state",
    "<file>",
    undefined,
    "what to remember between runs, with files of other jobs beside it; in cache/keeper by default",
  ),
  setting("interval", "<seconds>", "30", "time between two passes"),
  setting("confirmations", "<blocks>", "12", "blocks on top of one that counts as final"),
  setting("logSpan", "<blocks>", "5000", "most blocks of a log query; fewer where the node refuses"),
  setting("gasCap", "<gas>", "16777216", "most gas of a transaction, where a block holds as much"),
  setting("maxFee", "<gwei>", undefined, "most to pay for a unit of gas; whatever the chain asks by default"),
  setting("stuckAfter", "<seconds>", "120", "time to wait before a transaction that is not mined is replaced"),
  setting(
    "minBalance",
    "<ether>",
    undefined,
    "balance of the account below which the keeper warns; by default it does not",
  ),
  setting(
    "metricsPort",
    "<port>",
    undefined,
    "port for /metrics, /healthz and /readyz, 0 for a free one; by default there is none",
  ),
  setting("metricsHost", "<host>", "127.0.0.1", "address on which that port is open"),
  setting("logLevel", "<level>", "info", `least important of what is logged: ${LOG_LEVELS.join(", ")}`),
];

/** What the operator wants, checked. Times are in milliseconds, fees in wei. */
export type KeeperConfig = z.infer<ReturnType<typeof schemaFrom>>;

/** Largest number of seconds a setting takes: a day. */
const DAY = 86_400;

function schemaFrom(folder: string) {
  const path = z.string().transform((given) => resolve(folder, given));
  return z.object({
    network: z.string("given: a network of hardhat.config.ts"),
    once: flag(),
    jobs: z
      .string()
      .transform((list) => [...new Set(list.split(","))])
      .pipe(z.array(z.enum(JOB_NAMES, `a list of ${JOB_NAMES.join(", ")}`)))
      .optional(),
    dryRun: flag(),
    from: z.string().refine(isAddress, { error: "an address", abort: true }).transform(getAddress).optional(),
    url: z.url({ protocol: /^(https?|wss?)$/, error: "a URL that begins with http or ws" }).optional(),
    timeout: wholeNumber(1, 3_600).transform(toMilliseconds),
    deployment: path.optional(),
    beliefs: path.optional(),
    state: path.optional(),
    interval: wholeNumber(1, DAY).transform(toMilliseconds),
    // Nodes keep the state of the last 128 blocks, and what is final is read from it.
    confirmations: wholeNumber(0, 100),
    logSpan: wholeNumber(1, 1_000_000),
    gasCap: wholeNumber(100_000, 1_000_000_000).transform(BigInt),
    maxFee: z
      .string()
      .regex(/^\d{1,9}(\.\d{1,9})?$/, { error: "a number of gwei, with at most nine decimals", abort: true })
      .transform((gwei) => parseUnits(gwei, "gwei"))
      .optional(),
    stuckAfter: wholeNumber(1, DAY).transform(toMilliseconds),
    minBalance: z
      .string()
      .regex(/^\d{1,9}(\.\d{1,18})?$/, { error: "a number of ether, with at most eighteen decimals", abort: true })
      .transform(parseEther)
      .optional(),
    metricsPort: wholeNumber(0, 65_535).optional(),
    metricsHost: z.string().refine(isHost, "an address or a name of this machine"),
    logLevel: z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(", ")}`),
  });
}

/**
 * Reads the settings from the command line, the environment and their defaults, in this order.
 *
 * @param args What stands on the command line after the command.
 * @param output Where help and complaints about the command line go.
 * @throws KeeperConfigError that names every setting which is wrong; commander's error for an unknown flag and for help.
 */
export function readConfig(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  output: { stdout: NodeJS.WritableStream; stderr: NodeJS.WritableStream },
): KeeperConfig {
  const flags = commandFor(output)
    .parse([...args], { from: "user" })
    .opts<Record<string, string | true>>();
  const given = SETTINGS.flatMap(({ name, variable, standard }) => {
    const value = flags[name] ?? (env[variable] || standard);
    return value === undefined ? [] : [[name, String(value)]];
  });
  // npm runs scripts in the project's folder; a path on the command line starts where the user stands.
  const parsed = schemaFrom(env.INIT_CWD ?? process.cwd()).safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  throw new KeeperConfigError(
    parsed.error.issues.map((issue) => complaint(issue, Object.fromEntries(given))).join("\n"),
  );
}

function complaint({ path, message }: z.core.$ZodIssue, given: Record<string, string>): string {
  const wrong = SETTINGS.find(({ name }) => name === path[0]);
  // A URL may hold a secret.
  const value = wrong?.name === "url" ? undefined : given[String(path[0])];
  return `${wrong?.flag} (${wrong?.variable}) must be ${message}${value === undefined ? "" : `, not "${value}"`}`;
}

function commandFor({ stdout, stderr }: { stdout: NodeJS.WritableStream; stderr: NodeJS.WritableStream }): Command {
  const command = new Command("npm run keeper --")
    .description(
      "Does what anyone may do and somebody has to: opens entrusted beliefs, settles and distributes epochs, " +
        "pays expired stakes, settles queries, begins periods of rewards and pokes what time has changed, queues and " +
        "executes proposals.",
    )
    .addHelpText("after", HELP)
    .allowExcessArguments(false)
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .exitOverride();
  for (const { flag, variable, standard, meaning } of SETTINGS) {
    const isSwitch = !flag.includes("<");
    const notes = standard === undefined || isSwitch ? variable : `${variable}, default: ${standard}`;
    command.addOption(new Option(flag, `${meaning} (${notes})`));
  }
  return command;
}

const HELP = `
Each setting can be given by its flag or by the environment variable named with it; the flag counts more.

Exit code: 0 all went well, 1 with --once something due could not be done, 2 a setting is wrong or nothing is deployed.

Examples:
  npm run keeper -- --network localhost
  npm run keeper -- --network sepolia --once --dry-run
  npm run keeper -- --network sepolia --beliefs ~/entrusted.jsonl --max-fee 30 --metrics-port 9464`;

function setting(name: keyof KeeperConfig, value: string, standard: string | undefined, meaning: string): Setting {
  const words = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const variable = `KEEPER_${words.replaceAll("-", "_").toUpperCase()}`;
  return { name, flag: `--${words} ${value}`.trim(), variable, standard, meaning };
}

function flag() {
  const yes = ["true", "1"];
  return z.enum([...yes, "false", "0"], "true or false").transform((given) => yes.includes(given));
}

function wholeNumber(least: number, most: number) {
  const problem = `a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, { error: problem, abort: true })
    .transform(Number)
    .refine((value) => value >= least && value <= most, problem);
}

function isHost(given: string): boolean {
  return isIP(given) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(given);
}

function toMilliseconds(seconds: number): number {
  return seconds * 1_000;
}
