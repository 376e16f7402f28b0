import { ACT } from "../../../format/amounts.ts";
import { Facts } from "../../../ui/Facts.tsx";
import { Shown } from "../../../ui/states.tsx";
import { Amount, Percent } from "../../../ui/values.tsx";
import { shareWad, VOTES } from "../units.ts";
import { useCouncilAccount, useCouncilTotals, useStakingRules } from "../useStaking.ts";
import { Delegation } from "./Delegation.tsx";
import { Positions } from "./Positions.tsx";
import { StakeForm } from "./StakeForm.tsx";

/** Stake: what there is, one's own positions, a new one, and delegation. */
export function StakeTab() {
  const rules = useStakingRules();
  return (
    <>
      <StakeFacts />
      <Shown what="the rules of staking" from={rules}>
        {(known) => (
          <>
            <Positions rules={known} />
            <div className="columns">
              <StakeForm rules={known} />
              <Delegation />
            </div>
          </>
        )}
      </Shown>
    </>
  );
}

function StakeFacts() {
  const totals = useCouncilTotals();
  const mine = useCouncilAccount().data;
  return (
    <Shown what="the council's stake" from={totals}>
      {({ staked, power }) => (
        <div className="card">
          <Facts
            label="The council's stake"
            of={[
              ["Staked by all", <Amount key="staked" units={staked} of={ACT} />],
              ["Voting power of all", <Amount key="power" units={power} of={VOTES} />],
              ...(mine === undefined
                ? []
                : ([
                    ["Staked by you", <Amount key="mine" units={mine.staked} of={ACT} />],
                    ["Your voting power", <Amount key="my power" units={mine.power} of={VOTES} />],
                    ["Your share of all voting power", <Percent key="share" wad={shareWad(mine.power, power)} />],
                  ] as const)),
            ]}
          />
        </div>
      )}
    </Shown>
  );
}
