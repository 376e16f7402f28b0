import { scheduleOf } from "../../../../../sdk/stake/schedule.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { counted } from "../../../format/numbers.ts";
import { useKeepsakes } from "../../../keepsakes/useKeepsakes.ts";
import { Shown } from "../../../ui/states.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import type { EpochProps } from "./EpochsPane.tsx";
import { keptFor } from "./kept.ts";
import { Opening } from "./Opening.tsx";
import { Timeline } from "./Timeline.tsx";
import { useEpochState } from "./useSerum.ts";

/** The epoch whose beliefs have to be opened now: those of the connected account, and others sealed in this browser. */
export function Openings(props: EpochProps & { readonly epoch: bigint }) {
  const { claimId, epoch, rules, now } = props;
  const { network } = usePlace();
  const { account } = useWallet();
  const state = useEpochState(claimId, epoch).data;
  const kept = useKeepsakes();
  const sealers = keptFor(kept.data ?? [], network, { claimId, epoch }).map((keepsake) => keepsake.account);
  if (state === undefined || state.joined === 0n) return null;
  const { joined, opened } = state;
  const accounts = [...new Set([...(account === undefined ? [] : [account]), ...sealers])];
  return (
    <section className="card epochs-opening" aria-labelledby="opening-title">
      <h2 id="opening-title">Epoch {String(epoch)} is being opened</h2>
      <Timeline schedule={scheduleOf(rules, epoch)} now={now} />
      <p className="hint">
        {String(opened)} of {counted(joined, "belief is", "beliefs are")} open.
      </p>
      <Shown what="what is kept in this browser" from={kept}>
        {(all) => accounts.map((each) => <Opening key={each} {...props} all={all} user={each} />)}
      </Shown>
    </section>
  );
}
