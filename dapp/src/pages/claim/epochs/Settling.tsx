import type { EpochState } from "../../../../../sdk/stake/state.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { stakeContracts } from "../../../contracts/stake.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Shown } from "../../../ui/states.tsx";
import type { VoiceRecord } from "./records.ts";
import { useEpochState } from "./useSerum.ts";

/** Participants that one transaction goes through at most: it stays below 16,000,000 gas. */
const BATCH = 250n;

interface Props {
  readonly claimId: string;
  readonly epoch: bigint;
  /** The connected account's voice, if it has one. */
  readonly own: VoiceRecord | undefined;
}

/** How far an epoch's settlement is, and a way to bring it further. */
export function Settling({ claimId, epoch, own }: Props) {
  const state = useEpochState(claimId, epoch);
  return (
    <Shown what="how far it is settled" from={state}>
      {(known) => <Progress {...{ claimId, epoch, own }} state={known} />}
    </Shown>
  );
}

function Progress({ claimId, epoch, own, state }: Props & { readonly state: EpochState }) {
  const { joined, scored, distributed, isSettled } = state;
  if (joined === 0n || distributed === joined) return null;
  const done = isSettled ? distributed : scored;
  const words = isSettled ? "paid" : "scored";
  return (
    <div className="note">
      <label className="epoch-progress">
        {String(done)} of {String(joined)} {joined === 1n ? "voice is" : "voices are"} {words}.
        <progress max={Number(joined)} value={Number(done)} />
      </label>
      <p className="hint">A keeper usually does this. Anybody may, and pays gas alone.</p>
      <div className="buttons">
        <Advance claimId={claimId} epoch={epoch} isSettled={isSettled} />
        {isSettled && own !== undefined && !own.isDistributed && <ClaimPart {...{ claimId, epoch }} user={own.user} />}
      </div>
    </div>
  );
}

function Advance({ claimId, epoch, isSettled }: Pick<Props, "claimId" | "epoch"> & { readonly isSettled: boolean }) {
  const { reader, network } = usePlace();
  const { truthSerum } = stakeContracts(reader);
  return isSettled ? (
    <ActionButton
      key="distribute"
      label="Pay everybody"
      look="quiet"
      action={() => ({
        title: `Distribute epoch ${epoch}`,
        unit: network.asset,
        call: () => truthSerum.distribute.populateTransaction(claimId, epoch, BATCH),
      })}
    />
  ) : (
    <ActionButton
      key="settle"
      label="Settle it"
      look="quiet"
      action={() => ({
        title: `Settle epoch ${epoch}`,
        unit: network.asset,
        call: () => truthSerum.settle.populateTransaction(claimId, epoch, BATCH),
      })}
    />
  );
}

function ClaimPart({ claimId, epoch, user }: Pick<Props, "claimId" | "epoch"> & { readonly user: string }) {
  const { reader, network } = usePlace();
  const { truthSerum } = stakeContracts(reader);
  return (
    <ActionButton
      label="Claim my part"
      action={() => ({
        title: `Claim a part of epoch ${epoch}`,
        unit: network.asset,
        call: () => truthSerum.claim.populateTransaction(user, claimId, epoch),
      })}
    />
  );
}
