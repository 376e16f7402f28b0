import { useState } from "react";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { assetContract } from "../../../contracts/market.ts";
import { stakeContracts } from "../../../contracts/stake.ts";
import { amountText, paidText, parseAmount } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { AmountField } from "../../../ui/AmountField.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Nothing, Shown } from "../../../ui/states.tsx";
import { Amount } from "../../../ui/values.tsx";
import { useBalance } from "../../../wallet/useBalance.ts";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { type Holding, useHolding } from "./useTrade.ts";

/** The connected account's stake in the vault, over all claims: to be added to and taken from. */
export function StakeBox({ claimId }: { readonly claimId: string }) {
  const { account } = useWallet();
  const holding = useHolding(claimId);
  return (
    <section className="card" aria-labelledby="stake-title">
      <h2 id="stake-title">My stake</h2>
      <p className="hint">
        One stake covers the locks and voices on all claims. What is neither locked nor at risk is free.
      </p>
      {account === undefined ? (
        <Nothing>Connect a wallet to see your stake.</Nothing>
      ) : (
        <Shown what="your stake" from={holding}>
          {(held) => (
            <>
              <StakeFacts of={held} />
              <Deposit to={held} />
              <Withdraw from={held} />
            </>
          )}
        </Shown>
      )}
    </section>
  );
}

function StakeFacts({ of }: { readonly of: Holding }) {
  const { asset } = usePlace().network;
  const { totalStake, totalLocked, encumbered, withdrawable } = of;
  return (
    <>
      <Facts
        label="Your stake"
        of={[
          ["Stake", <Amount key="stake" units={totalStake} of={asset} />],
          ["Locked behind positions", <Amount key="locked" units={totalLocked} of={asset} />],
          [
            "Kept back beyond locks, for voices at risk",
            <Amount key="risk" units={encumbered - totalLocked} of={asset} />,
          ],
          ["Free to withdraw", <Amount key="free" units={withdrawable} of={asset} />],
        ]}
      />
      {totalStake < encumbered && (
        <p className="note">
          Your stake is <Amount units={encumbered - totalStake} of={asset} /> less than what it should cover, after a
          loss. Nobody takes your position: your next purchase makes it up, or a deposit, or selling all of a side.
        </p>
      )}
    </>
  );
}

/** What a stake comes to after a deposit or a withdrawal. */
function MoveFacts({ label, paid, got, after }: { readonly label: string } & Moved) {
  const { asset } = usePlace().network;
  const { totalStake, encumbered } = after;
  const free = totalStake > encumbered ? totalStake - encumbered : 0n;
  return (
    <Facts
      label={label}
      of={[
        ...(paid === undefined ? [] : ([["You pay", <Amount key="paid" units={paid} of={asset} paid />]] as const)),
        ...(got === undefined ? [] : ([["You get", <Amount key="got" units={got} of={asset} />]] as const)),
        ["Your stake then", <Amount key="stake" units={totalStake} of={asset} />],
        ["Of it locked or at risk", <Amount key="kept" units={encumbered} of={asset} paid />],
        ["Free to withdraw then", <Amount key="free" units={free} of={asset} />],
      ]}
    />
  );
}

interface Moved {
  readonly paid?: bigint;
  readonly got?: bigint;
  readonly after: Pick<Holding, "totalStake" | "encumbered">;
}

function Deposit({ to }: { readonly to: Holding }) {
  const { reader, network } = usePlace();
  const { asset } = network;
  const { stakeVault } = stakeContracts(reader);
  const token = assetContract(reader);
  const balance = useBalance(token);
  const [text, setText] = useState("");
  const parsed = parseAmount(text, asset);
  const amount = "units" in parsed ? parsed.units : 0n;
  const shortage = balance !== undefined && amount > balance ? `You have ${amountText(balance, asset)}.` : undefined;
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <AmountField label="Deposit" unit={asset} text={text} onText={setText} available={balance} problem={shortage} />
      {amount > 0n && (
        <MoveFacts
          label="What the deposit comes to"
          paid={amount}
          after={{ totalStake: to.totalStake + amount, encumbered: to.encumbered }}
        />
      )}
      <ActionButton
        label="Deposit stake"
        problem={amount === 0n ? "Enter an amount." : shortage}
        onDone={() => setText("")}
        action={() => ({
          title: `Deposit ${paidText(amount, asset)} of stake`,
          unit: asset,
          call: () => stakeVault.deposit.populateTransaction(amount),
          spending: {
            token,
            spender: stakeVault,
            amount,
            withPermit: (deadline, { v, r, s }) =>
              stakeVault.depositWithPermit.populateTransaction(amount, deadline, v, r, s),
          },
        })}
      />
    </form>
  );
}

function Withdraw({ from }: { readonly from: Holding }) {
  const { withdrawable: most, totalStake, encumbered } = from;
  const { reader, network } = usePlace();
  const { asset } = network;
  const { stakeVault } = stakeContracts(reader);
  const [text, setText] = useState("");
  const parsed = parseAmount(text, asset);
  const amount = "units" in parsed ? parsed.units : 0n;
  const excess = amount > most ? `Only ${amountText(most, asset)} is free.` : undefined;
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <AmountField
        label="Withdraw"
        unit={asset}
        text={text}
        onText={setText}
        available={most === 0n ? undefined : most}
        problem={excess}
      />
      {amount > 0n && amount <= most && (
        <MoveFacts
          label="What the withdrawal comes to"
          got={amount}
          after={{ totalStake: totalStake - amount, encumbered }}
        />
      )}
      <ActionButton
        label="Withdraw stake"
        look="quiet"
        problem={most === 0n ? "Nothing of your stake is free." : amount === 0n ? "Enter an amount." : excess}
        onDone={() => setText("")}
        action={() => ({
          title: `Withdraw ${amountText(amount, asset)} of stake`,
          unit: asset,
          call: () => stakeVault.withdraw.populateTransaction(amount),
        })}
      />
    </form>
  );
}
