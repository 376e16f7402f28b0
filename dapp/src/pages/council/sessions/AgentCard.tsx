import { useState } from "react";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { councilContracts } from "../../../contracts/council.ts";
import { ACT, amountText, paidText } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Nothing, Shown } from "../../../ui/states.tsx";
import { Amount } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { VOTES } from "../units.ts";
import { type CouncilAccount, useCouncilAccount } from "../useStaking.ts";
import { SessionCredit } from "./SessionCredit.tsx";
import { type AgentNow, useAgent, useChamber } from "./useSessions.ts";

/** Agents: how many there are, whether one is one, and what sessions owe. */
export function AgentCard() {
  const { account } = useWallet();
  const chamber = useChamber();
  const agent = useAgent();
  const stake = useCouncilAccount();
  return (
    <Shown what="the chamber" from={chamber}>
      {({ agents, totalWeight, minAgentStake }) => (
        <div className="columns">
          <section className="card" aria-labelledby="agents-title">
            <h2 id="agents-title">Agents</h2>
            <Facts
              label="Agents"
              of={[
                ["Ever registered", String(agents)],
                ["Weight of all in a draw", <Amount key="weight" units={totalWeight} of={VOTES} />],
                ["Stake of an agent", <Amount key="stake" units={minAgentStake} of={ACT} paid />],
              ]}
            />
            {account === undefined ? (
              <Nothing>Connect a wallet to become an agent, and to see what sessions owe you.</Nothing>
            ) : (
              <Shown what="what the chamber knows of you" from={agent}>
                {(mine) => (
                  <Shown what="your stake" from={stake}>
                    {(known) => <Registration mine={mine} stake={known} min={minAgentStake} account={account} />}
                  </Shown>
                )}
              </Shown>
            )}
          </section>
          {agent.data !== undefined && <SessionCredit credited={agent.data.credited} />}
        </div>
      )}
    </Shown>
  );
}

function Registration({
  mine,
  stake,
  min,
  account,
}: {
  readonly mine: AgentNow;
  readonly stake: CouncilAccount;
  readonly min: bigint;
  readonly account: string;
}) {
  const { councilChamber } = councilContracts(usePlace().reader);
  const weight = stake.staked < min ? 0n : stake.votes;
  if (!mine.isRegistered) return <Register staked={stake.staked} min={min} />;
  return (
    <>
      <p>
        You are an agent, and weigh <Amount units={mine.weight} of={VOTES} /> in a draw.
      </p>
      {weight !== mine.weight && (
        <ActionButton
          label={`Weigh ${amountText(weight, VOTES)} from now on`}
          action={() => ({
            title: "Bring an agent's weight up to date",
            unit: ACT,
            call: () => councilChamber.refreshAgent.populateTransaction(account),
          })}
        />
      )}
      <ActionButton
        label="Be no agent any more"
        look="quiet"
        action={() => ({
          title: "Unregister as an agent",
          unit: ACT,
          call: () => councilChamber.unregisterAgent.populateTransaction(),
        })}
      />
    </>
  );
}

function Register({ staked, min }: { readonly staked: bigint; readonly min: bigint }) {
  const { councilChamber } = councilContracts(usePlace().reader);
  const [uri, setUri] = useState("");
  const problem =
    staked < min
      ? `An agent has at least ${paidText(min, ACT)} staked; you have ${amountText(staked, ACT)}.`
      : undefined;
  return (
    <>
      <label className="field">
        <span>Where you tell who you are (optional)</span>
        <input
          value={uri}
          maxLength={200}
          placeholder="https://…"
          onChange={(event) => setUri(event.currentTarget.value)}
        />
      </label>
      <ActionButton
        label="Become an agent"
        problem={problem}
        action={() => ({
          title: "Register as an agent",
          unit: ACT,
          call: () => councilChamber.registerAgent.populateTransaction(uri.trim()),
        })}
      />
    </>
  );
}
