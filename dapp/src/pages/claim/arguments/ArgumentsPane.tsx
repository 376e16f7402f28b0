import { Side } from "../../../../../sdk/market/side.ts";
import type { Claim } from "../../../claims/useClaims.ts";
import { counted } from "../../../format/numbers.ts";
import { Loading, Nothing, Shown, Trouble } from "../../../ui/states.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { ArgumentCard } from "./ArgumentCard.tsx";
import "./arguments.css";
import { type ArgumentRecord, argumentsOn } from "./history.ts";
import { MyAccount } from "./MyAccount.tsx";
import type { Account, Rules } from "./rules.ts";
import { Upkeep } from "./Upkeep.tsx";
import { type ArgumentPast, useAccount, useArgumentPast, useRules } from "./useArguments.ts";
import { WriteArgument } from "./WriteArgument.tsx";

/** What the cards and forms need to know. */
export interface Circumstances {
  readonly rules: Rules;
  /** Of the connected account; `undefined` where none is connected, or nothing is known of it yet. */
  readonly account: Account | undefined;
  readonly past: ArgumentPast;
}

/** What people say for and against a claim, with stake behind it. */
export default function ArgumentsPane({ claim: { claimId } }: { readonly claim: Pick<Claim, "claimId"> }) {
  const rules = useRules();
  const past = useArgumentPast();
  const account = useAccount(claimId);
  const { account: user } = useWallet();
  return (
    <Shown what="the rules of arguments" from={rules}>
      {(known) => {
        const circumstances = { rules: known, account: user === undefined ? undefined : account.data, past };
        return (
          <>
            <p>
              Stand by your words: an argument has a stake of its writer, and upvotes add to it. Stakes come back with
              interest; an argument that curators find unhelpful costs its writer the stake.
            </p>
            <WriteArgument claimId={claimId} {...circumstances} />
            {past.history.error !== null && <Trouble what="all arguments" error={past.history.error} />}
            <div className="columns">
              <SideColumn claimId={claimId} side={Side.Support} name="Support" {...circumstances} />
              <SideColumn claimId={claimId} side={Side.Oppose} name="Oppose" {...circumstances} />
            </div>
            <MyAccount account={account} rules={known} />
            <Upkeep {...circumstances} />
          </>
        );
      }}
    </Shown>
  );
}

function SideColumn({
  claimId,
  side,
  name,
  ...circumstances
}: Circumstances & { readonly claimId: string; readonly side: Side; readonly name: string }) {
  const { all, history } = circumstances.past;
  const found = argumentsOn(all, claimId, side);
  const standing = found.filter(({ status }) => status === "live").length;
  const id = `arguments-${name.toLowerCase()}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={name.toLowerCase()}>
        {name}
      </h2>
      <p className="hint" role="status">
        {found.length > 0 && `${counted(standing, "argument")}${history.isComplete ? "" : " so far"}`}
      </p>
      {found.length === 0 &&
        (history.isComplete ? (
          <Nothing>Nobody has argued on this side yet.</Nothing>
        ) : (
          <Loading what={`the arguments for ${name}`} />
        ))}
      <ArgumentList found={found} {...circumstances} />
    </section>
  );
}

function ArgumentList({ found, ...circumstances }: Circumstances & { readonly found: readonly ArgumentRecord[] }) {
  if (found.length === 0) return null;
  return (
    <ul className="arguments">
      {found.map((argument) => (
        <li key={String(argument.argumentId)} className="card">
          <ArgumentCard argument={argument} {...circumstances} />
        </li>
      ))}
    </ul>
  );
}
