import type { BaseContract, ContractTransaction, Signature } from "ethers";
import type { TestUSDC } from "../../../typechain-types/index.ts";
import type { Unit } from "../format/amounts.ts";

/** What is to be asked of which contract. */
export type Call = Pick<ContractTransaction, "to" | "data">;

/** Tokens that an action takes from whoever acts. */
export interface Spending {
  /** With EIP-2612; `TestUSDC` stands for every token that has it. */
  readonly token: Pick<
    TestUSDC,
    "allowance" | "approve" | "eip712Domain" | "nonces" | "getAddress" | "name" | "DOMAIN_SEPARATOR"
  >;
  /** Who takes them. */
  readonly spender: BaseContract;
  /** In units. */
  readonly amount: bigint;
  /** The call that takes a permit in place of an allowance, where the contract has one. */
  readonly withPermit?: (deadline: bigint, permit: Signature) => Promise<Call>;
}

/** Something that a person does on chain. */
export interface Action {
  /** In words, as a list of transactions shows it: "Commit 100 USDC to Support". */
  readonly title: string;
  readonly call: () => Promise<Call>;
  readonly spending?: Spending | undefined;
  /** What amounts are in, in the contract's refusals. */
  readonly unit: Unit;
}

/** How far an action is. */
export type Stage =
  | { readonly name: "idle" }
  | { readonly name: "checking" }
  /** The contract would refuse it, or something went wrong: in words. */
  | { readonly name: "refused"; readonly reason: string }
  /** The wallet is asked. */
  | { readonly name: "signing"; readonly what: "permit" | "approval" | "transaction" }
  /** The person said no to the wallet. */
  | { readonly name: "rejected" }
  | { readonly name: "pending"; readonly hash: string }
  | { readonly name: "confirmed"; readonly hash: string }
  | { readonly name: "failed"; readonly hash: string }
  /** Another transaction has its nonce: the wallet may have sent it again for more, or cancelled it. */
  | { readonly name: "replaced"; readonly hash: string };

/** What became of a transaction. */
export type End = "confirmed" | "failed" | "replaced";
