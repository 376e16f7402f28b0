import { BPS } from "../../../sdk/bounds.ts";
import { VoteType } from "../../../sdk/council/governance.ts";
import { WAD } from "../../../sdk/market/params.ts";
import { sumOf } from "../checks.ts";
import { percent, plural, wrapped } from "../format.ts";
import { DAY } from "../time.ts";
import { moment } from "../timeline.ts";
import { wholeAct } from "./amounts.ts";
import { PEOPLE } from "./cast.ts";
import { type CouncilEvent, type EventOf, eventsOf } from "./events.ts";
import type { ProposalOutcome } from "./figures.ts";
import { KIND_NAMES, PROPOSALS, SESSION_KEYS, SESSIONS } from "./motions.ts";
import type { ReplayResult } from "./replay.ts";
import type { Refused } from "./run.ts";
import { END, type Refusal } from "./story.ts";

/** Columns that the chronicle keeps to. */
const WIDTH = 118;
const LABEL = "day 363 12:00  ".length;

/** Weeks that the routine of rewards is summed up for. */
const QUARTER = 13n;
const WEEK = 7n * DAY;

/** Kinds of events that are told with others, or in a quarter's sum. */
const UNTOLD = ["recorded", "period", "claimed", "compounded", "credited", "minted"] as const;

/** Events that are told by themselves. */
type Told = Exclude<CouncilEvent, { kind: (typeof UNTOLD)[number] }>;

/** Something that happened, was tried, was counted, or sums up a quarter. */
type Happening =
  | Told
  | (Refused & { readonly kind: "refused"; readonly at: bigint })
  | { readonly kind: "counted"; readonly at: bigint; readonly proposal: ProposalOutcome }
  | { readonly kind: "quarter"; readonly at: bigint; readonly from: bigint };

/** What happened in order of time, a line for each thing, or for things of one kind that follow each other. */
export function chronicle(result: ReplayResult): string {
  return inRuns(happenings(result))
    .flatMap((run) => {
      const [{ at }] = run as [Happening];
      const time = moment(at, result.start).padEnd(LABEL);
      return wrapped(describe(run, result), WIDTH - LABEL).map((line, index) => {
        return `${index === 0 ? time : " ".repeat(LABEL)}${line}`;
      });
    })
    .join("\n");
}

function happenings(result: ReplayResult): Happening[] {
  const { start, proposals, refused } = result;
  const quarters = [...Array(Number(END / WEEK / QUARTER)).keys()].map((quarter): Happening => {
    const from = start + BigInt(quarter) * QUARTER * WEEK;
    return { kind: "quarter", from, at: from + QUARTER * WEEK };
  });
  const all: Happening[] = [
    ...told(result),
    ...refused.map((each) => ({ ...each, kind: "refused" as const, at: start + each.step.at })),
    ...proposals.map((proposal) => ({ kind: "counted" as const, at: proposal.count.at, proposal })),
    ...quarters,
  ];
  return all.sort((a, b) => Number(a.at - b.at)); // stable
}

/** Events that are told by themselves. */
function told({ events }: ReplayResult): Told[] {
  const compounded = new Set(eventsOf(events, "compounded").map(({ positionId }) => positionId));
  // who is poked, and does nothing else, is told for the booster
  const others = new Set(events.filter(({ kind }) => kind !== "weighed").map((event) => event.transactionHash));
  const untold: readonly string[] = UNTOLD;
  return events.filter((event): event is Told => {
    if (event.kind === "staked") return !compounded.has(event.positionId);
    if (event.kind === "weighed") return !others.has(event.transactionHash);
    if (event.kind === "transferred") return BigInt(event.to) === 0n; // a burning
    return !untold.includes(event.kind);
  });
}

/** Puts together what is told in one line. */
function inRuns(all: readonly Happening[]): Happening[][] {
  const runs = new Map<string, Happening[]>();
  for (const [index, happening] of all.entries()) {
    const key = runOf(happening) ?? String(index);
    runs.set(key, [...(runs.get(key) ?? []), happening]);
  }
  return [...runs.values()];
}

/** What a happening is told together with; nothing else where undefined. */
function runOf(happening: Happening): string | undefined {
  switch (happening.kind) {
    case "staked":
      return `staked for ${happening.lockDays} at ${happening.at}`;
    case "voted":
      return `votes on ${happening.proposalId}`;
    case "voted in session":
      return `votes in ${happening.sessionId}`;
    case "weighed":
    case "delegated":
    case "registered":
    case "withdrawn":
      return `${happening.kind} at ${happening.at}`;
    default:
      return undefined;
  }
}

function describe(run: readonly Happening[], result: ReplayResult): string {
  const [first] = run as [Happening];
  const name = (user: string) => nameOf(user, result);
  switch (first.kind) {
    case "staked":
      return staked(run as EventOf<"staked">[], result);
    case "unstaked":
      return unstaked(first, result);
    case "extended":
      return `${owner(first.positionId, result)} locks for ${plural(first.lockDays, "day")} from now on`;
    case "tier reached":
      return `${owner(first.positionId, result)}'s stake counts as the ${first.tierDays}-day tier: power ${wholeAct(first.power)}`;
    case "delegated":
      return `delegated: ${(run as EventOf<"delegated">[]).map(({ user, to }) => `${name(user)} to ${name(to)}`).join(", ")}`;
    case "weighed":
      return poked(run as EventOf<"weighed">[], result);
    case "transferred":
      return `${name(first.from)} burns ${wholeAct(first.amount)} ACT`;
    case "proposed":
      return `${name(first.user)} proposes ${ordinal(first.proposalId, result)}, ${KIND_NAMES[Number(proposalOf(first.proposalId, result)?.kind)]}: ${first.description}`;
    case "voted":
      return votedOn(run as EventOf<"voted">[], result);
    case "counted":
      return counted(first.proposal, result);
    case "queued":
      return `${ordinal(first.proposalId, result)} is queued: the timelock holds it until ${moment(first.eta, result.start)}`;
    case "executed":
      return executed(first, result);
    case "registered":
      return `agents of the chamber: ${(run as EventOf<"registered">[]).map(({ user }) => name(user)).join(", ")}`;
    case "opened":
      return `${name(first.user)} opens session ${first.sessionId} for ${wholeAct(first.fee)} ACT${first.isSquareRoot ? ", votes weigh the square root" : ""}: ${first.topic} (${first.options.join(", ")})`;
    case "session funded":
      return `${name(first.user)} adds ${wholeAct(first.amount)} ACT to session ${first.sessionId}`;
    case "drawn":
      return `session ${first.sessionId} draws ${first.members.map(name).join(", ")}`;
    case "voted in session":
      return votedIn(run as EventOf<"voted in session">[], result);
    case "closed":
      return closed(first, result);
    case "withdrawn":
      return `${plural(run.length, "member withdraws", "members withdraw")} ${wholeAct(sumOf(run as EventOf<"withdrawn">[], ({ amount }) => amount))} ACT from the chamber`;
    case "refused":
      return refused(first, result);
    case "quarter":
      return quarter(first, result);
  }
}

function staked(run: readonly EventOf<"staked">[], result: ReplayResult): string {
  const days = run[0]?.lockDays ?? 0n;
  const who = run.map(({ user, amount }) => `${nameOf(user, result)} ${wholeAct(amount)}`).join(", ");
  return `staked ${days === 0n ? "without a lock" : `for ${plural(days, "day")}`}: ${who}`;
}

function unstaked({ user, amount, penalty }: EventOf<"unstaked">, result: ReplayResult): string {
  const who = nameOf(user, result);
  if (penalty === 0n) return `${who} unstakes ${wholeAct(amount)} ACT, the lock is over`;
  return `${who} leaves before the lock is over: ${wholeAct(amount - penalty)} ACT back, a penalty of ${wholeAct(penalty)} for the next period's rewards`;
}

function votedOn(run: readonly EventOf<"voted">[], result: ReplayResult): string {
  const voters = (support: VoteType, words: string) => {
    const names = run.filter((vote) => vote.support === support).map(({ user }) => nameOf(user, result));
    return names.length === 0 ? [] : [`${words} ${names.join(", ")}`];
  };
  const sides = [...voters(VoteType.For, "for"), ...voters(VoteType.Against, "against")];
  const all = [...sides, ...voters(VoteType.Abstain, "abstaining")].join("; ");
  return `votes on ${ordinal(run[0]?.proposalId ?? 0n, result)}: ${all}`;
}

/** Boosters that a poke lets count, or ends. */
function poked(run: readonly EventOf<"weighed">[], result: ReplayResult): string {
  const names = run.map(({ user }) => nameOf(user, result)).join(", ");
  const changes = new Set(run.map((event) => event.boosterBps - boosterBefore(event, result)));
  const change = [...changes].map((by) => `${by < 0n ? "-" : "+"}${bps(by < 0n ? -by : by)}`).join(" or ");
  return `somebody pokes ${names}: boosters ${change}`;
}

function counted({ count, proposalId }: ProposalOutcome, result: ReplayResult): string {
  const { inFavour, against, abstain, quorum, approvalBps, totalVotes } = count;
  const part = (votes: bigint, all: bigint) => percent(all === 0n ? 0n : (votes * WAD) / all);
  const reached = inFavour + abstain;
  const approval = `${part(inFavour, inFavour + against)} for, ${bps(approvalBps)} needed`;
  const turnout = `${part(reached, totalVotes)} of all votes for or abstaining, ${part(quorum, totalVotes)} needed`;
  const isApproved = inFavour * BPS >= (inFavour + against) * approvalBps;
  const outcome = reached < quorum ? "fails the quorum" : isApproved ? "passes" : "fails the approval";
  return `${ordinal(proposalId, result)} ${outcome}: ${approval}; ${turnout}`;
}

function executed({ proposalId, transactionHash }: EventOf<"executed">, result: ReplayResult): string {
  const minted = eventsOf(result.events, "minted").find((event) => event.transactionHash === transactionHash);
  const what = minted === undefined ? "" : `: ${wholeAct(minted.amount)} ACT are minted into the treasury`;
  return `${ordinal(proposalId, result)} is executed${what}`;
}

function votedIn(run: readonly EventOf<"voted in session">[], result: ReplayResult): string {
  const sessionId = run[0]?.sessionId ?? 0n;
  const session = SESSIONS[SESSION_KEYS[Number(sessionId) - 1] ?? "dissent"];
  const total = sumOf(run, ({ weight }) => weight);
  const sides = session.options.flatMap((option, index) => {
    const votes = run.filter((vote) => vote.option === BigInt(index));
    const part = percent((sumOf(votes, ({ weight }) => weight) * WAD) / total);
    return votes.length === 0
      ? []
      : [`${option} ${votes.map(({ user }) => nameOf(user, result)).join(", ")} (${part})`];
  });
  const voters = run.map(({ user }) => user);
  const drawn = eventsOf(result.events, "drawn").find((event) => event.sessionId === sessionId)?.members ?? [];
  const absent = drawn.filter((member) => !voters.includes(member)).map((member) => nameOf(member, result));
  const missing = absent.length === 0 ? "" : `; ${absent.join(", ")} does not vote`;
  return `votes in session ${sessionId}: ${sides.join("; ")}${missing}`;
}

function closed({ sessionId, decision, toRewards }: EventOf<"closed">, { events, ...result }: ReplayResult): string {
  const session = SESSIONS[SESSION_KEYS[Number(sessionId) - 1] ?? "dissent"];
  const credited = eventsOf(events, "credited").filter((event) => event.sessionId === sessionId);
  const shares = credited.map(({ user, amount }) => `${nameOf(user, result)} ${wholeAct(amount)}`).join(", ");
  const decided = session.options[Number(decision)];
  return `session ${sessionId} decides ${decided === undefined ? "nothing" : `"${decided}"`} and pays ${shares} ACT; ${plural(toRewards, "unit")} left for rewards`;
}

function refused({ step, error }: Extract<Happening, { kind: "refused" }>, result: ReplayResult): string {
  const who = "who" in step ? step.who : "somebody";
  const what = "proposal" in step ? `${step.kind} #${Object.keys(PROPOSALS).indexOf(step.proposal) + 1}` : step.kind;
  const { unlocksAt, staked: has, amount, max, min } = error.args.toObject();
  const reasons: Record<Refusal, () => string> = {
    PositionLocked: () => `locked until ${moment(unlocksAt, result.start)}`,
    StakeTooLarge: () => `${wholeAct(has)} staked and ${wholeAct(amount)} more, of ${wholeAct(max)} ACT at most`,
    VoterStakeTooLow: () => `${wholeAct(has)} of ${wholeAct(min)} ACT staked`,
    TimelockUnexpectedOperationState: () => "three days are not over",
  };
  return `${who} would ${what}, refused with ${error.name}: ${reasons[step.refusedWith]()}`;
}

/** What rewards came to in a quarter. */
function quarter({ from, at }: Extract<Happening, { kind: "quarter" }>, { events, start }: ReplayResult): string {
  const within = events.filter((event) => event.at >= from && event.at < at);
  const [claims, compounding] = [eventsOf(within, "claimed"), eventsOf(within, "compounded")];
  const total = (list: readonly { readonly amount: bigint }[]) => wholeAct(sumOf(list, ({ amount }) => amount));
  const by = (list: readonly { readonly user: string }[]) => new Set(list.map(({ user }) => user)).size;
  const first = (from - start) / WEEK + 1n;
  return [
    `weeks ${first} to ${first + QUARTER - 1n}: ${total(eventsOf(within, "period"))} ACT of rewards stream;`,
    `${by(claims)} claim ${total(claims)}, ${by(compounding)} compound ${total(compounding)}`,
  ].join(" ");
}

/** An account's boosters before they changed. */
function boosterBefore(event: EventOf<"weighed">, { events }: ReplayResult): bigint {
  const own = eventsOf(events, "weighed").filter(({ user }) => user === event.user);
  return own[own.indexOf(event) - 1]?.boosterBps ?? 0n;
}

function bps(value: bigint): string {
  return percent((value * WAD) / BPS);
}

function proposalOf(proposalId: bigint, { proposals }: ReplayResult): ProposalOutcome | undefined {
  return proposals.find((proposal) => proposal.proposalId === proposalId);
}

/** Proposals are numbered in the order of proposing. */
function ordinal(proposalId: bigint, { proposals }: ReplayResult): string {
  return `#${proposals.findIndex((proposal) => proposal.proposalId === proposalId) + 1}`;
}

/** Whose position it is. */
function owner(positionId: bigint, { events, users }: ReplayResult): string {
  const staked = eventsOf(events, "staked").find((event) => event.positionId === positionId);
  return nameOf(staked?.user ?? "", { users });
}

function nameOf(user: string, { users }: Pick<ReplayResult, "users">): string {
  return PEOPLE[users.findIndex((address) => address.toLowerCase() === user.toLowerCase())] ?? user;
}
