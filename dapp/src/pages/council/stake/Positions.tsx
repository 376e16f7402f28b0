import type { StakingParams } from "../../../../../sdk/council/rules.ts";
import { nextTierAt, quoteExit } from "../../../../../sdk/council/tiers.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useHead } from "../../../chain/read.ts";
import { councilContracts } from "../../../contracts/council.ts";
import { ACT, amountText } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Nothing, Shown } from "../../../ui/states.tsx";
import { Amount, When } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { lockText, multiplierText, VOTES } from "../units.ts";
import { type OpenPosition, usePositions } from "../useStaking.ts";
import { ExtendLock } from "./ExtendLock.tsx";
import { LeaveEarly } from "./LeaveEarly.tsx";

/** The positions of whoever looks, and what can be done with each. */
export function Positions({ rules }: { readonly rules: StakingParams }) {
  const { account } = useWallet();
  const positions = usePositions();
  return (
    <section aria-labelledby="positions-title">
      <h2 id="positions-title">Your positions</h2>
      {account === undefined ? (
        <Nothing>Connect a wallet to see what you have staked, when it leaves, and what it counts.</Nothing>
      ) : (
        <Shown what="your positions" from={positions}>
          {(open) =>
            open.length === 0 ? (
              <Nothing>You have staked nothing yet: choose an amount and a lock below.</Nothing>
            ) : (
              <ul className="cards">
                {open.map((position) => (
                  <li key={position.positionId} className="card">
                    <PositionCard position={position} rules={rules} />
                  </li>
                ))}
              </ul>
            )
          }
        </Shown>
      )}
    </section>
  );
}

function PositionCard({ position, rules }: { readonly position: OpenPosition; readonly rules: StakingParams }) {
  const now = useHead().data?.timestamp;
  const { amount, tierDays, unlocksAt, power } = position;
  const tier = rules.tiers.find(({ lockDays }) => lockDays === tierDays) ?? rules.tiers[0];
  const next = now === undefined ? null : nextTierAt(position, now, rules.tiers);
  return (
    <article>
      <h3>
        {amountText(amount, ACT)}, {multiplierText(tier.multiplierBps)}
      </h3>
      <Facts
        of={[
          ["Staked", <When key="staked" at={position.stakedAt} />],
          ["Counts as", tierDays === 0n ? "no lock" : lockText(tierDays)],
          ["Voting power", <Amount key="power" units={power} of={VOTES} />],
          [now !== undefined && now < unlocksAt ? "Unlocks" : "Unlocked", <When key="unlocks" at={unlocksAt} />],
          ...(next === null
            ? []
            : ([
                [`Counts as ${lockText(next.tierDays)}`, next.at === now ? "now" : <When key="next" at={next.at} />],
              ] as const)),
        ]}
      />
      {now !== undefined && <PositionActions position={position} rules={rules} now={now} />}
    </article>
  );
}

function PositionActions({
  position,
  rules,
  now,
}: {
  readonly position: OpenPosition;
  readonly rules: StakingParams;
  readonly now: bigint;
}) {
  const { councilStaking } = councilContracts(usePlace().reader);
  const { positionId, amount, tierDays } = position;
  const next = nextTierAt(position, now, rules.tiers);
  const { paid, penalty } = quoteExit(position, rules, now);
  return (
    <>
      {next !== null && next.at <= now && next.tierDays > tierDays && (
        <ActionButton
          label={`Count as ${lockText(next.tierDays)}`}
          action={() => ({
            title: `Let a position of ${amountText(amount, ACT)} count as ${lockText(next.tierDays)}`,
            unit: ACT,
            call: () => councilStaking.poke.populateTransaction(positionId),
          })}
        />
      )}
      {now < position.unlocksAt ? (
        <LeaveEarly positionId={positionId} paid={paid} penalty={penalty} rules={rules} />
      ) : (
        <ActionButton
          label="Unstake"
          action={() => ({
            title: `Unstake ${amountText(amount, ACT)}`,
            unit: ACT,
            call: () => councilStaking.unstake.populateTransaction(positionId),
          })}
        />
      )}
      <ExtendLock position={position} rules={rules} now={now} />
    </>
  );
}
