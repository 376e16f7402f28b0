import { Link } from "wouter";
import { ACT } from "../../format/amounts.ts";
import { type Column, DataTable } from "../../ui/DataTable.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Nothing, Shown } from "../../ui/states.tsx";
import { Amount, When } from "../../ui/values.tsx";
import { useAgent } from "../council/sessions/useSessions.ts";
import { lockText, VOTES } from "../council/units.ts";
import { type OpenPosition, useCouncilAccount, usePositions } from "../council/useStaking.ts";

/** An account's stake in the council. */
export function CouncilSection() {
  const positions = usePositions();
  const stake = useCouncilAccount().data;
  const agent = useAgent().data;
  return (
    <section aria-labelledby="council-title">
      <h2 id="council-title">Council</h2>
      <Shown what="your stake in the council" from={positions}>
        {(open) =>
          open.length === 0 ? (
            <Nothing>
              You have staked nothing in the council. <Link href="/council">Stake ACT for votes and rewards</Link>
            </Nothing>
          ) : (
            <>
              {stake !== undefined && (
                <div className="card">
                  <Facts
                    label="Your stake in the council"
                    of={[
                      ["Staked", <Amount key="staked" units={stake.staked} of={ACT} />],
                      ["Your votes", <Amount key="votes" units={stake.votes} of={VOTES} />],
                      ["Agent of the chamber", agent?.isRegistered ? "yes" : "no"],
                    ]}
                  />
                </div>
              )}
              <PositionTable of={open} />
              <p>
                <Link href="/council">Change your stake</Link>
              </p>
            </>
          )
        }
      </Shown>
    </section>
  );
}

const POSITIONS: readonly Column<OpenPosition>[] = [
  { head: "Amount", isNumber: true, cell: ({ amount }) => <Amount units={amount} of={ACT} /> },
  { head: "Counts as", cell: ({ tierDays }) => lockText(tierDays) },
  { head: "Voting power", isNumber: true, cell: ({ power }) => <Amount units={power} of={VOTES} /> },
  { head: "Unlocks", cell: ({ unlocksAt }) => <When at={unlocksAt} /> },
];

function PositionTable({ of }: { readonly of: readonly OpenPosition[] }) {
  const keyOf = ({ positionId }: OpenPosition) => String(positionId);
  return <DataTable label="Your positions in the council" columns={POSITIONS} rows={of} keyOf={keyOf} />;
}
