import { getAddress, ZeroAddress } from "ethers";
import type { EventLog } from "../event-log.ts";
import { sum } from "../math.ts";
import { revertWith } from "./errors.ts";
import type { CouncilEventFacts } from "./events.ts";

/** Votes that came to a delegate, or left where negative. */
interface Move {
  /** In unix seconds. */
  readonly at: bigint;
  readonly delegate: string;
  readonly amount: bigint;
}

/** Whom an account delegated to. */
interface Delegation {
  readonly account: string;
  readonly delegate: string;
}

/** Voting power as a list of moves, and nothing else: the past is the sum of those until then. */
export class VoteBook {
  readonly #moves: Move[] = [];
  readonly #delegations: Delegation[] = [];
  readonly #events: EventLog<CouncilEventFacts>;

  constructor(events: EventLog<CouncilEventFacts>) {
    this.#events = events;
  }

  /** Whom an account's power counts for: itself where it chose nobody. */
  delegates(account: string): string {
    const chosen = this.#delegations.findLast((delegation) => delegation.account === account)?.delegate ?? ZeroAddress;
    return chosen === ZeroAddress ? account : chosen;
  }

  /** Power comes to an account, or leaves it where negative. */
  change(account: string, amount: bigint, now: bigint): void {
    this.#move(this.delegates(account), amount, now);
  }

  /** An account's `power` counts for `to` from now on; for itself where that is the zero address. */
  delegate(account: string, to: string, power: bigint, now: bigint): void {
    const from = this.delegates(account);
    this.#delegations.push({ account, delegate: getAddress(to) });
    this.#events.emit("DelegateChanged", {
      delegator: account,
      fromDelegate: from,
      toDelegate: this.delegates(account),
    });
    if (this.delegates(account) === from) return;
    this.#move(from, -power, now);
    this.#move(this.delegates(account), power, now);
  }

  /** What counts for an account, of all that was ever moved. */
  votesOf(account: string): bigint {
    return sum(this.#moves.filter(({ delegate }) => delegate === account).map(({ amount }) => amount));
  }

  /** What counted for an account at the end of the second `timepoint`. Throws `ERC5805FutureLookup`. */
  pastVotesOf(account: string, timepoint: bigint, clock: bigint): bigint {
    return sum(
      this.#until(timepoint, clock)
        .filter(({ delegate }) => delegate === account)
        .map(({ amount }) => amount),
    );
  }

  /** All power at the end of the second `timepoint`. Throws `ERC5805FutureLookup`. */
  pastTotal(timepoint: bigint, clock: bigint): bigint {
    return sum(this.#until(timepoint, clock).map(({ amount }) => amount));
  }

  /** All power. */
  total(): bigint {
    return sum(this.#moves.map(({ amount }) => amount));
  }

  #until(timepoint: bigint, clock: bigint): Move[] {
    if (timepoint >= clock) revertWith("ERC5805FutureLookup", { timepoint, clock });
    return this.#moves.filter(({ at }) => at <= timepoint);
  }

  #move(delegate: string, amount: bigint, at: bigint): void {
    if (amount === 0n) return;
    const previousVotes = this.votesOf(delegate);
    this.#moves.push({ at, delegate, amount });
    this.#events.emit("DelegateVotesChanged", { delegate, previousVotes, newVotes: previousVotes + amount });
  }
}
