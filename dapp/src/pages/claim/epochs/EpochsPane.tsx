import { type EpochRules, epochOf, scheduleOf } from "../../../../../sdk/stake/schedule.ts";
import { useHead } from "../../../chain/read.ts";
import type { Claim } from "../../../claims/useClaims.ts";
import { counted } from "../../../format/numbers.ts";
import { Backup } from "../../../keepsakes/Backup.tsx";
import { Loading, Shown } from "../../../ui/states.tsx";
import { Openings } from "./Openings.tsx";
import { PastEpochs } from "./PastEpochs.tsx";
import { phaseOf } from "./phases.ts";
import type { EpochRecord } from "./records.ts";
import { Speak } from "./Speak.tsx";
import { Timeline } from "./Timeline.tsx";
import { useEpochRecords, useEpochRules, useEpochState } from "./useSerum.ts";
import "./epochs.css";

/** The epochs of a claim: to speak in the one that runs, open what was said in the last, and see what came of others. */
export default function EpochsPane({ claim: { claimId } }: { readonly claim: Pick<Claim, "claimId"> }) {
  const rules = useEpochRules();
  const now = useHead().data?.timestamp;
  if (now === undefined) return <Loading what="the chain's time" />;
  return (
    <Shown what="the epochs" from={rules}>
      {(known) => <Epochs claimId={claimId} rules={known} now={now} />}
    </Shown>
  );
}

function Epochs({
  claimId,
  rules,
  now,
}: {
  readonly claimId: string;
  readonly rules: EpochRules;
  readonly now: bigint;
}) {
  const { records, history } = useEpochRecords(claimId);
  const current = epochOf(rules, now);
  const last = current - 1n;
  const isOpening = current > 0n && phaseOf(scheduleOf(rules, last), now) === "opening";
  const props = { claimId, rules, now, records };
  return (
    <>
      {isOpening && <Openings {...props} epoch={last} />}
      <div className="columns">
        <div className="epochs-stack">
          <section className="card" aria-labelledby="current-title">
            <h2 id="current-title">Epoch {String(current)} runs</h2>
            <Timeline schedule={scheduleOf(rules, current)} now={now} />
            <Joined claimId={claimId} epoch={current} />
          </section>
          <section className="card" aria-labelledby="speak-title">
            <h2 id="speak-title">Speak</h2>
            <Speak {...props} epoch={current} />
          </section>
        </div>
        <div className="epochs-stack">
          <section className="card" aria-labelledby="how-title">
            <h2 id="how-title">How it works</h2>
            <HowItWorks />
          </section>
          <Backup />
        </div>
      </div>
      <PastEpochs {...props} history={history} />
    </>
  );
}

/** What the parts of the pane share. */
export interface EpochProps {
  readonly claimId: string;
  readonly rules: EpochRules;
  readonly now: bigint;
  readonly records: readonly EpochRecord[];
}

function Joined({ claimId, epoch }: { readonly claimId: string; readonly epoch: bigint }) {
  const state = useEpochState(claimId, epoch);
  return (
    <Shown what="the epoch" from={state}>
      {({ joined }) => (
        <p className="hint">
          {joined === 0n
            ? "Nobody has committed a belief yet."
            : `${counted(joined, "person has", "people have")} committed a belief so far.`}
        </p>
      )}
    </Shown>
  );
}

function HowItWorks() {
  return (
    <>
      <p>
        You say what you believe, and what you think others believe. Nobody sees it until the epoch is over. Stake then
        moves from those who knew less about the others to those who knew more; no truth is ever entered.
      </p>
      <p>
        You gain when your belief turns out more common than people expected, and when you predict well what others say.
        You can lose the weight of your voice at most: both your locks on this claim.
      </p>
      <p>
        Do not speak where one party holds most of the locks: it decides what you are compared with. With fewer than two
        opened beliefs an epoch is void, and nothing moves.
      </p>
    </>
  );
}
