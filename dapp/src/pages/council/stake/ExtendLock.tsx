import { Collapsible } from "@base-ui/react/collapsible";
import { useState } from "react";
import type { StakingParams } from "../../../../../sdk/council/rules.ts";
import { powerDown, tierAt } from "../../../../../sdk/council/tiers.ts";
import { max } from "../../../../../sdk/math.ts";
import { DAY } from "../../../../../sdk/time.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { councilContracts } from "../../../contracts/council.ts";
import { ACT, amountText } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount, When } from "../../../ui/values.tsx";
import { TierChoice } from "../TierChoice.tsx";
import { lockText, VOTES } from "../units.ts";
import type { OpenPosition } from "../useStaking.ts";
import { longerLocks } from "./staking.ts";

/** Where a position gets a lock that ends later than the one it has. */
export function ExtendLock({
  position,
  rules,
  now,
}: {
  readonly position: OpenPosition;
  readonly rules: StakingParams;
  readonly now: bigint;
}) {
  const { councilStaking } = councilContracts(usePlace().reader);
  const [chosen, setChosen] = useState<bigint>();
  const locks = longerLocks(position, rules.tiers, now);
  const lock = locks.find(({ lockDays }) => lockDays === chosen) ?? locks.at(-1);
  if (lock === undefined) return null;
  const tierDays = max(lock.lockDays, tierAt(position, now, rules.tiers));
  return (
    <Collapsible.Root className="more">
      <Collapsible.Trigger className="quiet">Lock for longer</Collapsible.Trigger>
      <Collapsible.Panel>
        <TierChoice label="New lock, from now on" tiers={locks} lockDays={lock.lockDays} onLockDays={setChosen} />
        <Facts
          label="What the new lock comes to"
          of={[
            ["Unlocks", <When key="unlocks" at={now + lock.lockDays * DAY} />],
            ["Voting power now", <Amount key="before" units={position.power} of={VOTES} />],
            [
              "Voting power then",
              <Amount key="after" units={powerDown(position.amount, tierDays, rules.tiers)} of={VOTES} />,
            ],
          ]}
        />
        <ActionButton
          label={`Lock for ${lockText(lock.lockDays)}`}
          action={() => ({
            title: `Lock ${amountText(position.amount, ACT)} for ${lockText(lock.lockDays)}`,
            unit: ACT,
            call: () => councilStaking.extendLock.populateTransaction(position.positionId, lock.lockDays),
          })}
        />
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}
