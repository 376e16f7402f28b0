import { Collapsible } from "@base-ui/react/collapsible";
import { scheduleOf } from "../../../../../sdk/stake/schedule.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { counted } from "../../../format/numbers.ts";
import { BeliefBar } from "../../../ui/BeliefBar.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount, Percent, When } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import type { EpochProps } from "./EpochsPane.tsx";
import { MyScore } from "./MyScore.tsx";
import { type EpochRecord, type EpochResult, voiceOf } from "./records.ts";
import { Settling } from "./Settling.tsx";
import { VoiceTable } from "./VoiceTable.tsx";

/** An epoch that is over: what it came to, for all and for the connected account. */
export function PastEpoch({ claimId, rules, record }: EpochProps & { readonly record: EpochRecord }) {
  const { account } = useWallet();
  const { epoch, voices, result, isDistributed } = record;
  const opened = voices.filter((voice) => voice.opened !== undefined).length;
  const own = account === undefined ? undefined : voiceOf(record, account);
  return (
    <article className="card epoch-past" aria-labelledby={`epoch-${epoch}`}>
      <h3 id={`epoch-${epoch}`}>Epoch {String(epoch)}</h3>
      <p className="hint">
        Ended <When at={scheduleOf(rules, epoch).endsAt} />. {counted(voices.length, "voice")}, {opened} opened.
      </p>
      {!isDistributed && <Settling claimId={claimId} epoch={epoch} own={own} />}
      <div className="columns epoch-result">
        {result !== undefined && <Result of={result} opened={opened} />}
        {own !== undefined && <MyScore voice={own} record={record} />}
      </div>
      <Collapsible.Root>
        <Collapsible.Trigger className="link">All voices of epoch {String(epoch)}</Collapsible.Trigger>
        <Collapsible.Panel>
          <VoiceTable record={record} />
        </Collapsible.Panel>
      </Collapsible.Root>
    </article>
  );
}

function Result({ of, opened }: { readonly of: EpochResult; readonly opened: number }) {
  const { asset } = usePlace().network;
  if (opened === 0) return <p>No belief was opened: there is no consensus, and nothing moved.</p>;
  const { consensus, meanMeta, supportShare, isSurprisinglyPopular, isVoid, pot } = of;
  return (
    <div>
      <h4>All voices together</h4>
      <BeliefBar wad={consensus} />
      <Facts
        label="What all voices came to"
        of={[
          ["Consensus", <Percent key="consensus" wad={consensus} />],
          ["Weight of those who say yes", <Percent key="support" wad={supportShare} />],
          ["Predicted share of yes", <Percent key="meta" wad={meanMeta} />],
          ["Surprisingly popular", isSurprisinglyPopular ? "Yes" : "No"],
          [isVoid ? "Given back" : "Moved to winners", <Amount key="pot" units={pot} of={asset} />],
        ]}
      />
      {isVoid && (
        <p className="hint">
          The epoch is void: {opened < 2 ? "fewer than two beliefs were opened" : "no score was above zero"}.
        </p>
      )}
    </div>
  );
}
