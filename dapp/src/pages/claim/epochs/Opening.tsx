import { scheduleOf } from "../../../../../sdk/stake/schedule.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { stakeContracts } from "../../../contracts/stake.ts";
import { type Keepsake, type KeepsakeOf, openerOf } from "../../../keepsakes/keepsake.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Address, Amount, Percent, When } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import type { EpochProps } from "./EpochsPane.tsx";
import { keptFor } from "./kept.ts";
import { sealIn } from "./Spoken.tsx";
import { useVoice } from "./useSerum.ts";

/** What somebody sealed, in the time when it has to be opened. */
export function Opening(
  props: EpochProps & { readonly epoch: bigint; readonly all: readonly Keepsake[]; readonly user: string },
) {
  const { claimId, epoch, records, rules, all, user } = props;
  const { network } = usePlace();
  const { account } = useWallet();
  const voice = useVoice(claimId, epoch, user).data;
  if (voice === null || voice === undefined) return null;
  const whose =
    user === account ? (
      "Your belief"
    ) : (
      <>
        The belief of <Address of={user} />
      </>
    );
  if (voice.isOpened) {
    return (
      <p role="status">
        {whose} is open: <Percent wad={voice.belief} />, and <Percent wad={voice.meta} /> of others.
      </p>
    );
  }
  const kept = keptFor(all, network, { claimId, epoch, account: user });
  const opener = openerOf(kept, sealIn(records, epoch, user));
  return (
    <div className="epochs-alarm">
      <p role="alert">
        <strong>{whose} is not open yet.</strong> If it is not opened until the window closes{" "}
        <When at={scheduleOf(rules, epoch).settleableAt} />, <Amount units={voice.weight} of={network.asset} paid /> of
        stake are lost.
      </p>
      {opener === undefined ? (
        <p>What opens it is not in this browser: restore it from its backup file, under “What you have sealed”.</p>
      ) : (
        <Open keepsake={opener} />
      )}
    </div>
  );
}

function Open({ keepsake }: { readonly keepsake: KeepsakeOf<"belief"> }) {
  const { reader, network } = usePlace();
  const { truthSerum } = stakeContracts(reader);
  const { account, claimId, epoch, belief, meta, salt } = keepsake;
  return (
    <>
      <p>
        It says <Percent wad={belief} />, and that <Percent wad={meta} /> of others say so.
      </p>
      <ActionButton
        label="Open the belief"
        action={() => ({
          title: `Open a belief of epoch ${epoch}`,
          unit: network.asset,
          call: () => truthSerum.revealBelief.populateTransaction(account, claimId, epoch, belief, meta, salt),
        })}
      />
    </>
  );
}
