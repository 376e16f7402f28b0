import type { ErrorDescription } from "ethers";
import { UnhelpfulReason } from "../../../sdk/argument/state.ts";
import { BPS } from "../../../sdk/bounds.ts";
import { WAD } from "../../../sdk/market/params.ts";
import { sumOf } from "../checks.ts";
import { actBrief, actShort, percent, plural, wrapped } from "../format.ts";
import { DAY } from "../time.ts";
import { moment } from "../timeline.ts";
import type { DebateEvent, EventOf } from "./events.ts";
import type { ReplayResult } from "./replay.ts";
import type { Refused } from "./stage.ts";
import type { Refusal } from "./story.ts";

/** Columns that the chronicle keeps to. */
const WIDTH = 100;

/** Something that happened, or was tried. */
type Happening = DebateEvent | (Refused & { readonly kind: "refused" });

type Names = Pick<ReplayResult, "users" | "people" | "start" | "arguments">;

/** What happened in order of time, a line for each thing, or for things of one kind that follow each other in a day. */
export function chronicle(result: ReplayResult): string {
  const happenings: Happening[] = [
    ...result.events,
    ...result.refused.map((refused) => ({ ...refused, kind: "refused" as const })),
  ].sort((a, b) => Number(a.at - b.at)); // stable: what happened at one second stays in its order
  return inRuns(happenings, result)
    .flatMap((run) => {
      const time = moment((run[0] as Happening).at, result.start).padEnd(LABEL);
      return wrapped(describe(run, result), WIDTH - LABEL).map((line, index) => {
        return `${index === 0 ? time : " ".repeat(LABEL)}${line}`;
      });
    })
    .join("\n");
}

const LABEL = "day 16 12:00  ".length;

/** Puts together what is told in one line. */
function inRuns(happenings: readonly Happening[], names: Names): Happening[][] {
  const runs: Happening[][] = [];
  let latest: string | undefined;
  for (const happening of happenings) {
    const { kind, at } = happening;
    const isTold =
      kind === "created" || kind === "upvoted" || kind === "marked" || kind === "expired" || kind === "withdrawn";
    const what = kind === "upvoted" && isCrowd(happening.user, names) ? `crowd at ${at}` : kind;
    const key = isTold ? `${what} on day ${(at - names.start) / DAY}` : undefined;
    if (key !== undefined && key === latest) runs.at(-1)?.push(happening);
    else runs.push([happening]);
    latest = key;
  }
  return runs;
}

function describe(run: readonly Happening[], names: Names): string {
  const [first] = run as [Happening];
  switch (first.kind) {
    case "created":
      return created(run as EventOf<"created">[], names);
    case "upvoted":
      return upvoted(run as EventOf<"upvoted">[], names);
    case "marked":
      return marked(run as EventOf<"marked">[], names);
    case "expired":
      return expired(run as EventOf<"expired">[]);
    case "withdrawn": {
      const amount = sumOf(run as EventOf<"withdrawn">[], (withdrawn) => withdrawn.amount);
      return `${plural(run.length, "person withdraws", "people withdraw")} ${actShort(amount)} ACT`;
    }
    case "deleted":
      return `#${first.argumentId} is taken back: ${actBrief(first.amount)} ACT returned, ${actShort(first.freed)} freed`;
    case "unhelpful":
      return unhelpful(first, names);
    case "jailed":
      return `${nameOf(first.user, names)} is jailed until ${moment(first.until, names.start)}`;
    case "unjailed":
      return `${nameOf(first.user, names)} is out of jail`;
    case "funded":
      return `${nameOf(first.user, names)} pays ${actBrief(first.amount)} ACT into the reserve`;
    case "refused":
      return refused(first, names);
  }
}

function created(run: readonly EventOf<"created">[], names: Names): string {
  const who = run.map(({ user, argumentId }) => `${nameOf(user, names)} #${argumentId}`).join(", ");
  const promised = sumOf(run, ({ interest }) => interest);
  return `written: ${who}; ${actShort(promised)} ACT of interest are set aside`;
}

function upvoted(run: readonly EventOf<"upvoted">[], names: Names): string {
  if (!run.some(({ user }) => isCrowd(user, names))) {
    return `upvoted: ${run.map(({ user, argumentId }) => `#${argumentId} by ${nameOf(user, names)}`).join(", ")}`;
  }
  const votes = new Map<bigint, number>();
  for (const { argumentId } of run) votes.set(argumentId, (votes.get(argumentId) ?? 0) + 1);
  const counted = [...votes].sort(([a], [b]) => Number(a - b)).map(([id, count]) => `${count} for #${id}`);
  return `${plural(run.length, "upvote")} by the crowd: ${counted.join(", ")}`;
}

function marked(run: readonly EventOf<"marked">[], names: Names): string {
  const marks = run.map(({ user, reason }) => `${nameOf(user, names)} (${reasonName(reason)})`).join(", ");
  return `#${run[0]?.argumentId} is marked unhelpful by ${marks}`;
}

function expired(run: readonly EventOf<"expired">[]): string {
  const transactions = new Set(run.map(({ transactionHash }) => transactionHash)).size;
  const amount = sumOf(run, (stake) => stake.amount);
  const interest = sumOf(run, (stake) => stake.interest + stake.creatorInterest);
  const stakes = `${plural(run.length, "expired stake")} in ${plural(transactions, "transaction")}`;
  return `the keeper pays ${stakes}: ${actBrief(amount)} ACT and ${actShort(interest)} of interest`;
}

function unhelpful(
  { argumentId, slashed, curatorReward, freed }: EventOf<"unhelpful">,
  { arguments: all }: Names,
): string {
  const { marks = 0n, curatorRewards = 0n } = all.find(({ id }) => id === argumentId) ?? {};
  return [
    `#${argumentId} is found unhelpful: ${actBrief(slashed)} ACT slashed,`,
    `${actBrief(curatorReward)} for each of ${plural(marks, "curator")},`,
    `${actBrief(slashed - curatorRewards)} for the reserve; ${actShort(freed)} of interest freed`,
  ].join(" ");
}

function refused({ step, argumentId, error }: Refused, { people, start }: Names): string {
  const who = people[step.person]?.name ?? "";
  const what = argumentId === undefined ? "write" : `upvote #${argumentId}`;
  return `${who} would ${what}, refused with ${error.name}: ${whyRefused(error, start)}`;
}

function whyRefused({ name, args }: ErrorDescription, start: bigint): string {
  const { staked, total, limitBps, free, needed, until } = args.toObject();
  switch (name as Refusal) {
    case "StakeLimitReached":
      return `${actBrief(staked)} of ${actBrief(total)} ACT are staked, the limit is ${percent((limitBps * WAD) / BPS)}`;
    case "RewardReserveTooLow":
      return `${actShort(free)} ACT are free in the reserve, ${actShort(needed)} needed`;
    case "CreatorJailed":
      return `in jail until ${moment(until, start)}`;
  }
}

function nameOf(user: string, { users, people }: Names): string {
  return people[users.indexOf(user)]?.name ?? user;
}

function isCrowd(user: string, { users, people }: Names): boolean {
  return people[users.indexOf(user)]?.isCrowd ?? false;
}

function reasonName(reason: bigint): string {
  const [name = String(reason)] = Object.entries(UnhelpfulReason).find(([, number]) => BigInt(number) === reason) ?? [];
  return name.toLowerCase();
}
