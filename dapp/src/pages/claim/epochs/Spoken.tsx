import { usePlace } from "../../../chain/NetworkContext.tsx";
import { openerOf } from "../../../keepsakes/keepsake.ts";
import { SaveBackup } from "../../../keepsakes/SaveBackup.tsx";
import { useKeepsakes } from "../../../keepsakes/useKeepsakes.ts";
import { Amount, Percent } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import type { EpochProps } from "./EpochsPane.tsx";
import { type BeliefKeepsakes, keptFor } from "./kept.ts";
import { voiceOf } from "./records.ts";
import { useVoice } from "./useSerum.ts";

/** What the connected account has committed in the epoch that runs, if anything. */
export function Spoken({ claimId, epoch, records }: EpochProps & { readonly epoch: bigint }) {
  const { network } = usePlace();
  const { account } = useWallet();
  const voice = useVoice(claimId, epoch, account).data;
  const all = useKeepsakes().data;
  if (account === undefined || voice === null || voice === undefined || all === undefined) return null;
  const kept = keptFor(all, network, { claimId, epoch, account });
  return (
    <div className="note" role="status">
      <p>
        You have committed a belief in this epoch; it weighs <Amount units={voice.weight} of={network.asset} />. Until
        the epoch ends you can replace it.
      </p>
      <Knowledge kept={kept} seal={sealIn(records, epoch, account)} />
    </div>
  );
}

function Knowledge({ kept, seal }: { readonly kept: BeliefKeepsakes; readonly seal: string | undefined }) {
  const opener = openerOf(kept, seal);
  if (opener === undefined) {
    return (
      <p className="complaint">
        What opens it is not in this browser. Restore it from its backup, or commit again here: the new one replaces it.
      </p>
    );
  }
  return (
    <>
      <p>
        Kept in this browser: you believe <Percent wad={opener.belief} />, and that <Percent wad={opener.meta} /> of
        others say so. Should this browser lose it, only a backup file can open it.
      </p>
      <SaveBackup />
    </>
  );
}

/** What somebody sealed last in an epoch, where events have told it. */
export function sealIn(records: EpochProps["records"], epoch: bigint, user: string): string | undefined {
  const record = records.find((each) => each.epoch === epoch);
  return record && voiceOf(record, user)?.seal;
}
