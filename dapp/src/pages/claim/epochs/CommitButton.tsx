import { useRef } from "react";
import { randomSalt } from "../../../../../sdk/salt.ts";
import type { Belief } from "../../../../../sdk/stake/score.ts";
import type { Action } from "../../../actions/action.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { stakeContracts } from "../../../contracts/stake.ts";
import { sealed } from "../../../keepsakes/keepsake.ts";
import { useKeeping } from "../../../keepsakes/useKeepsakes.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import type { EpochProps } from "./EpochsPane.tsx";
import { parsePercent } from "./percent.ts";
import { blockingEpoch } from "./records.ts";
import type { Standing } from "./useSerum.ts";

/** Seals a belief, keeps what opens it in this browser, and commits the seal. */
export function CommitButton({
  claimId,
  epoch,
  records,
  belief,
  meta,
  standing,
  onDone,
}: EpochProps & {
  readonly epoch: bigint;
  /** What is in the fields. */
  readonly belief: string;
  readonly meta: string;
  readonly standing: Standing;
  readonly onDone: () => void;
}) {
  const { reader, network } = usePlace();
  const { account } = useWallet();
  const { keptBefore } = useKeeping();
  const { truthSerum } = stakeContracts(reader);
  const said = saidIn(belief, meta);
  const draft = useRef({ of: "", salt: "" });
  const blocking = account === undefined ? undefined : blockingEpoch(records, account, epoch);
  const problem = problemOf(standing, blocking) ?? ("problem" in said ? said.problem : undefined);

  const action = (): Action => {
    const secret = "problem" in said ? { belief: 0n, meta: 0n } : said;
    // Who tries again with the same belief means the same seal: one secret is kept of it.
    const of = [network.chainId, account, claimId, epoch, secret.belief, secret.meta].join();
    if (draft.current.of !== of) draft.current = { of, salt: randomSalt() };
    const keepsake = sealed({
      ...{ kind: "belief", claimId, epoch, ...secret, salt: draft.current.salt, account: account ?? "" },
      ...{ chainId: network.chainId, contract: network.contracts.TruthSerum.address },
    });
    return {
      title: `Commit a belief in epoch ${epoch}`,
      unit: network.asset,
      call: () =>
        keptBefore(keepsake, () => truthSerum.commitBeliefIn.populateTransaction(claimId, epoch, keepsake.seal)),
    };
  };
  const finish = () => {
    draft.current = { of: "", salt: "" };
    onDone();
  };
  return <ActionButton label="Seal and commit" action={action} problem={problem} onDone={finish} />;
}

/** What the fields say, or what is missing or wrong in them. */
function saidIn(belief: string, meta: string): Belief | { readonly problem: string } {
  if (belief === "" || meta === "") return { problem: "Say both what you believe and what others say." };
  const [own, others] = [parsePercent(belief), parsePercent(meta)];
  if ("problem" in own || "problem" in others) return { problem: "Mend the percentages." };
  return { belief: own.wad, meta: others.wad };
}

/** Why somebody may not speak now. */
function problemOf({ isPaused, grossLock }: Standing, blocking: bigint | undefined): string | undefined {
  if (isPaused) return "The guardian has paused commits. Opening and settling go on.";
  if (grossLock === 0n) return "Without a lock on this claim you have no voice.";
  if (blocking !== undefined) return `Your voice of epoch ${blocking} is not settled yet: settle it first, below.`;
  return undefined;
}
