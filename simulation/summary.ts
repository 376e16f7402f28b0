import { ArgumentStatus } from "../sdk/argument/state.ts";
import { ProposalState } from "../sdk/council/governance.ts";
import { Outcome as QueryOutcome } from "../sdk/query/state.ts";
import type { HostileToken } from "./deployment.ts";
import type { Life } from "./life.ts";

/** How often things happened, by name. */
export type Counts = Readonly<Record<string, number>>;

/** What happened in a life. */
export interface Summary {
  /** Seconds from the first step on. */
  readonly lived: bigint;
  readonly hostileToken: HostileToken;
  /** People by character. */
  readonly people: Counts;
  /** Calls that were done, by kind of contract and method. */
  readonly calls: Counts;
  /** Calls that were refused, by error. */
  readonly refusals: Counts;
  readonly keepers: Counts;
  /** What keepers could not do, by their reason; they try it again with the next pass. */
  readonly complaints: Counts;
  /** What there is of markets, epochs, arguments, queries, proposals and sessions, and how it ended. */
  readonly affairs: Counts;
  /** Views that were compared. */
  readonly figures: number;
}

const CAME = "came: ";
const KEEPERS = "keepers";

/** What happened so far. */
export function summaryOf({ scene, clock, keepers, hostileToken, callbacks }: Life): Summary {
  const { done, refused, figures } = scene.stage.world;
  const entries = Object.entries(done);
  const named = (prefix: string) =>
    entries.filter(([name]) => name.startsWith(prefix)).map(([name, count]) => [name.slice(prefix.length), count]);
  return {
    lived: clock.lived,
    hostileToken,
    people: Object.fromEntries(named(CAME)),
    keepers: Object.fromEntries(named(`${KEEPERS} `)),
    complaints: countOf(keepers.complaints.map(reasonIn)),
    calls: Object.fromEntries(entries.filter(([name]) => !name.startsWith(CAME) && !name.startsWith(KEEPERS))),
    refusals: { ...refused },
    affairs: { ...affairsOf(scene), ...(callbacks > 0 && { "callbacks of the token refused": callbacks }) },
    figures,
  };
}

function affairsOf({ stage, now }: Life["scene"]): Counts {
  const { usdc, hostile, arguing, governance, chamber } = stage;
  const zones = [usdc, hostile];
  const affairs: Record<string, number> = {};
  const count = (name: string, times = 1) => {
    affairs[name] = (affairs[name] ?? 0) + times;
  };
  for (const { markets, stake, queries } of zones) {
    count("markets", markets.byClaim.size);
    count("pools", stake.pools.length);
    for (const claimId of stake.pools) {
      for (const epoch of stake.epochsOf(claimId, now)) {
        const { joined, isSettled, isVoid } = stake.model.serum.epochState(claimId, epoch);
        if (joined > 0n) count(isVoid ? "epochs void" : isSettled ? "epochs settled with gains" : "epochs not settled");
      }
    }
    for (const queryId of queries.queryIds())
      count(`queries: ${nameOf(QueryOutcome, queries.model.outcome(queryId).result)}`);
  }
  for (const id of arguing.argumentIds())
    count(`arguments: ${nameOf(ArgumentStatus, arguing.model.argument(id).status)}`);
  for (const proposal of governance.proposals)
    count(`proposals: ${nameOf(ProposalState, governance.state(proposal, now))}`);
  for (const { end, members } of chamber.sessions) {
    count(`sessions: ${end === "none" ? (members.length > 0 ? "voting" : "not drawn") : end}`);
  }
  return affairs;
}

function nameOf(values: Readonly<Record<string, bigint | number>>, value: bigint | number): string {
  const found = Object.entries(values).find(([, each]) => each === value);
  return found?.[0] ?? String(value);
}

function countOf(names: readonly string[]): Counts {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Why, in a line of a keeper's log. */
function reasonIn(line: string): string {
  const { reason, msg } = JSON.parse(line) as { readonly reason?: string; readonly msg: string };
  return reason ?? msg;
}
