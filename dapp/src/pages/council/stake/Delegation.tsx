import { ZeroAddress } from "ethers";
import { useState } from "react";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { councilContracts } from "../../../contracts/council.ts";
import { typedAddress } from "../../../format/addresses.ts";
import { ACT } from "../../../format/amounts.ts";
import { shortened } from "../../../format/numbers.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Address, Amount } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { VOTES } from "../units.ts";
import { type CouncilAccount, useCouncilAccount } from "../useStaking.ts";

/** Whom one's power counts for. */
export function Delegation() {
  const { account } = useWallet();
  const { councilStaking } = councilContracts(usePlace().reader);
  const [to, setTo] = useState("");
  const mine = useCouncilAccount().data;
  const isDelegated = mine !== undefined && mine.delegate !== account;
  const target = typedAddress(to) ?? ZeroAddress;
  const problem =
    to.trim() === ""
      ? "Say whom your votes go to."
      : target === ZeroAddress
        ? "Enter an account's address: 0x and 40 digits."
        : target === mine?.delegate
          ? "Your votes go there already."
          : undefined;
  const delegate = (delegatee: string, title: string) => () => ({
    title,
    unit: ACT,
    call: () => councilStaking.delegate.populateTransaction(delegatee),
  });
  return (
    <section className="card" aria-labelledby="delegation-title">
      <h2 id="delegation-title">Delegate votes</h2>
      <p>
        Your own power counts for you without doing anything. Whoever delegates gives all of it to one other account,
        and keeps the stake and its rewards.
      </p>
      {mine !== undefined && account !== undefined && <VotesFacts mine={mine} account={account} />}
      {isDelegated && account !== undefined && (
        <ActionButton label="Take my votes back" look="quiet" action={delegate(account, "Take delegated votes back")} />
      )}
      <label className="field">
        <span>Delegate to</span>
        <input
          value={to}
          autoComplete="off"
          spellCheck={false}
          placeholder="0x…"
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </label>
      <ActionButton
        label="Delegate"
        problem={problem}
        action={delegate(target, `Delegate votes to ${shortened(target)}`)}
        onDone={() => setTo("")}
      />
    </section>
  );
}

function VotesFacts({ mine, account }: { readonly mine: CouncilAccount; readonly account: string }) {
  const isOwn = mine.delegate === account;
  return (
    <Facts
      label="Your votes"
      of={[
        ["Your power counts for", isOwn ? "you" : <Address key="delegate" of={mine.delegate} />],
        [
          "Others' power that counts for you",
          <Amount key="others" units={mine.votes - (isOwn ? mine.power : 0n)} of={VOTES} />,
        ],
        ["Your votes", <Amount key="votes" units={mine.votes} of={VOTES} />],
      ]}
    />
  );
}
