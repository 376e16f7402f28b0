/** What stands on every line of the keeper's log. */
interface Entry {
  readonly level: string;
  /** ISO 8601. */
  readonly time: string;
  readonly msg: string;
}

/** Told elsewhere on the terminal, or of no use to who watches a local chain. */
const UNTOLD = new Set(["network", "chainId", "serum", "dryRun", "items", "gasUsed", "hash"]);

/** Sums up what the lines before it have told. */
const SUMMARY = "pass ended";

/** Characters of an address or a hash at either end that are told. */
const ENDS = 6;

/**
 * Puts an entry of the keeper's log in one short line.
 *
 * @param entry A line of JSON.
 * @returns `undefined` for one that tells nothing new.
 */
export function lineOf(entry: string): string | undefined {
  const { level, time, msg, done, of, ...others }: Entry & Record<string, unknown> = JSON.parse(entry);
  if (msg === SUMMARY) return undefined;
  const facts = Object.entries(others)
    .filter(([name]) => !UNTOLD.has(name))
    .map(([name, value]) => `${name} ${shortened(value)}`);
  if (done !== undefined) facts.push(`${done} of ${of}`);
  const severity = level === "info" ? "" : `${level}: `;
  const details = facts.length === 0 ? "" : ` (${facts.join(", ")})`;
  return `keeper  ${new Date(time).toLocaleTimeString("en-GB")}  ${severity}${msg}${details}`;
}

function shortened(value: unknown): string {
  if (Array.isArray(value)) return value.map(shortened).join(" ");
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.replaceAll(/0x[0-9a-fA-F]{40,}/g, (hex) => `${hex.slice(0, ENDS)}…${hex.slice(-ENDS + 2)}`);
}
