import { useState } from "react";
import { Link } from "wouter";
import { scheduleOf } from "../../../../../sdk/stake/schedule.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Shown } from "../../../ui/states.tsx";
import { Amount, When } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { CommitButton } from "./CommitButton.tsx";
import type { EpochProps } from "./EpochsPane.tsx";
import { PercentField } from "./PercentField.tsx";
import { Spoken } from "./Spoken.tsx";
import { type Standing, useStanding } from "./useSerum.ts";

/** Where a belief is sealed and committed in the epoch that runs. */
export function Speak(props: EpochProps & { readonly epoch: bigint }) {
  const { claimId, rules, epoch } = props;
  const standing = useStanding(claimId);
  const [belief, setBelief] = useState("");
  const [meta, setMeta] = useState("");
  const { endsAt, settleableAt } = scheduleOf(rules, epoch);
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <Spoken {...props} />
      <PercentField label="What you believe" text={belief} onText={setBelief}>
        How likely is it that the claim is true?
      </PercentField>
      <PercentField label="What others say" text={meta} onText={setMeta}>
        Which share of the other voices says that it is true?
      </PercentField>
      <Shown what="your voice" from={standing}>
        {(known) => (
          <>
            <Risk claimId={claimId} standing={known} />
            <p className="hint">
              Come back to open it after the epoch has ended, <When at={endsAt} />, and before the time to open ends,{" "}
              <When at={settleableAt} />. A belief that is not opened loses its whole weight.
            </p>
            <CommitButton
              {...props}
              belief={belief}
              meta={meta}
              standing={known}
              onDone={() => {
                setBelief("");
                setMeta("");
              }}
            />
          </>
        )}
      </Shown>
    </form>
  );
}

function Risk({ claimId, standing }: { readonly claimId: string; readonly standing: Standing }) {
  const { asset } = usePlace().network;
  const { account } = useWallet();
  if (account === undefined) return null;
  const { grossLock, atRisk, totalStake } = standing;
  if (grossLock === 0n) {
    return (
      <p className="note">
        You have no lock on this claim, and without one no voice.{" "}
        <Link href={`/claims/${claimId}/trade`}>Buy LONG or SHORT</Link> first: two per cent of it is the lock.
      </p>
    );
  }
  return (
    <Facts
      label="What you risk"
      of={[
        ["Your voice weighs", <Amount key="weight" units={grossLock} of={asset} />],
        ["You can lose at most", <Amount key="loss" units={grossLock} of={asset} paid />],
        ["At risk on this claim already", <Amount key="risk" units={atRisk} of={asset} />],
        ["Your stake", <Amount key="stake" units={totalStake} of={asset} />],
      ]}
    />
  );
}
