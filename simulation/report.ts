import { count } from "../scripts/demo/format.ts";
import { renderTable } from "../scripts/demo/table.ts";
import { DAY } from "../sdk/time.ts";
import type { Holding } from "./conservation.ts";
import type { Outcome } from "./simulate.ts";
import type { Counts, Summary } from "./summary.ts";

/** Names of counted things on a line. */
const PER_LINE = 3;

/** What a run came to, for a terminal. */
export function reportOf(seed: number, steps: number, { summary, holdings }: Outcome): string {
  const { calls, refusals, keepers, complaints, people, affairs } = summary;
  const sections = [
    headOf(seed, steps, summary),
    section("Who came", people),
    section("What was done", calls),
    section("What was refused, and by the models too", refusals),
    section("Keepers", keepers),
    ...(Object.keys(complaints).length > 0 ? [complaintsOf(complaints)] : []),
    section("What became of it", affairs),
  ];
  if (holdings.length > 0) sections.push(`What is left once everybody has left\n\n${conservationTable(holdings)}`);
  return `${sections.join("\n\n")}\n`;
}

/** A life that went well, in a line. */
export function lineOf(seed: number, steps: number, { summary }: Outcome): string {
  return `${factsOf(seed, steps, summary)}\n`;
}

function headOf(seed: number, steps: number, summary: Summary): string {
  return [
    "All five mechanisms on one deployment, after its handover, and belief markets, stake system and queries once more",
    `on a hostile token (${summary.hostileToken}). Contracts and models agreed in everything that was compared.`,
    "",
    factsOf(seed, steps, summary),
  ].join("\n");
}

function factsOf(seed: number, steps: number, { lived, people, calls, refusals, figures }: Summary): string {
  const lives = `Seed ${seed}, ${count(steps)} steps, ${count(lived / DAY)} days, ${count(totalOf(people))} people`;
  const done = `${count(totalOf(calls))} calls done, ${count(totalOf(refusals))} refused`;
  return `${lives}: ${done}, ${count(figures)} views compared.`;
}

function section(title: string, counts: Counts): string {
  const entries = Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const lines = Math.ceil(entries.length / PER_LINE);
  const cellsAt = (place: number): [string, string] => {
    const [name, times] = entries[place] ?? [];
    return name === undefined || times === undefined ? ["", ""] : [name, count(times)];
  };
  const rows = Array.from({ length: lines }, (_, line) =>
    Array.from({ length: PER_LINE }, (_, column) => cellsAt(column * lines + line)).flat(),
  );
  const columns = Array.from({ length: PER_LINE }, () => [
    { head: "what", align: "left" } as const,
    { head: "times", align: "right" } as const,
  ]).flat();
  return `${title}\n\n${renderTable(columns, rows).trimStart()}`;
}

function complaintsOf(complaints: Counts): string {
  const lines = Object.entries(complaints).map(([reason, times]) => `${count(times)} times: ${reason}`);
  return ["What keepers could not do at once", "", ...lines].join("\n");
}

/** What each contract holds in the end, by name, in units of the token. */
function conservationTable(holdings: readonly Holding[]): string {
  const rows = holdings.flatMap(({ holder, token, held, remainders }) => {
    const first = [holder, token, count(held)];
    if (remainders.length === 0) return [[...first, "nothing", "0", "0", ""]];
    return remainders.map(({ name, amount, bound, because }, index) => [
      ...(index === 0 ? first : ["", "", ""]),
      ...[name, count(amount), count(bound), because],
    ]);
  });
  const left = (head: string) => ({ head, align: "left" }) as const;
  const right = (head: string) => ({ head, align: "right" }) as const;
  const columns = [left("held by"), left("token"), right("units"), left("of which"), right("units"), right("at most")];
  return renderTable([...columns, left("that is")], rows).trimStart();
}

function totalOf(counts: Counts): number {
  return Object.values(counts).reduce((total, times) => total + times, 0);
}
