import { formatEther } from "ethers";
import { messageOf } from "../sdk/errors.ts";
import type { Chain } from "./chain.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";

/** What watching the chain and the account needs. */
export interface VitalsOptions {
  readonly metrics: Pick<Metrics, "sawHead" | "sawBalance">;
  /** Wei below which to warn; `undefined` for never. */
  readonly minBalance: bigint | undefined;
  readonly log: Log;
}

/** Looks at the chain's head and at the balance of the account that sends. */
export class Vitals {
  readonly #chain: Chain;
  readonly #options: VitalsOptions;
  #isLow = false;

  constructor(chain: Chain, options: VitalsOptions) {
    this.#chain = chain;
    this.#options = options;
  }

  /** Looks once, and warns where the balance has fallen too low. That the node does not tell is for passes to report. */
  async look(): Promise<void> {
    const { metrics, log } = this.#options;
    try {
      const head = await this.#chain.provider.getBlock("latest");
      if (head !== null) metrics.sawHead(head.number, head.timestamp);
      const balance = await this.#chain.provider.getBalance(this.#chain.account);
      metrics.sawBalance(balance);
      this.#warn(balance);
    } catch (error) {
      log.debug({ reason: messageOf(error) }, "the node tells neither its head nor the balance");
    }
  }

  #warn(balance: bigint): void {
    const { minBalance = 0n, log } = this.#options;
    const isLow = balance < minBalance;
    if (isLow && !this.#isLow) {
      const facts = {
        balance: formatEther(balance),
        minBalance: formatEther(minBalance),
        account: this.#chain.account,
      };
      log.warn(facts, "the balance is low: send ether to the account");
    }
    this.#isLow = isLow;
  }
}
