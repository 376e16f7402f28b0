import { ACT } from "../../format/amounts.ts";
import { counted } from "../../format/numbers.ts";
import { Said } from "../../ui/Said.tsx";
import { Loading, Nothing, Trouble } from "../../ui/states.tsx";
import { Amount, When } from "../../ui/values.tsx";
import { ClaimLink } from "./ClaimLink.tsx";
import type { MyStake } from "./myArguments.ts";
import { useMyArguments } from "./usePortfolio.ts";

/** An account's arguments, and its stakes on arguments. */
export function ArgumentSection({ account, now }: { readonly account: string; readonly now: bigint }) {
  const { data, history } = useMyArguments(account);
  const { written, stakes } = data;
  const isEmpty = written.length + stakes.length === 0;
  return (
    <section aria-labelledby="arguments-title">
      <h2 id="arguments-title">Arguments</h2>
      {history.error !== null && <Trouble what="your arguments" error={history.error} />}
      {isEmpty && !history.isComplete && <Loading what="your arguments" />}
      {isEmpty && history.isComplete && <Nothing>You have neither written nor upvoted an argument.</Nothing>}
      {stakes.length > 0 && <Stakes of={stakes} now={now} />}
      {written.length > 0 && (
        <>
          <h3>{counted(written.length, "argument")} that you wrote</h3>
          <ul>
            {written.map(({ argumentId, claimId, side, summary }) => (
              <li key={argumentId}>
                <ClaimLink claimId={claimId} tab="arguments">
                  <Said>{summary}</Said>
                </ClaimLink>{" "}
                <span className={side === 0n ? "support" : "oppose"}>for {side === 0n ? "Support" : "Oppose"}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Stakes({ of, now }: { readonly of: readonly MyStake[]; readonly now: bigint }) {
  return (
    <div className="scrolls">
      <table>
        <thead>
          <tr>
            <th scope="col">Stake on</th>
            <th scope="col">As</th>
            <th scope="col" className="number">
              Amount
            </th>
            <th scope="col" className="number">
              Interest
            </th>
            <th scope="col">Ends</th>
          </tr>
        </thead>
        <tbody>
          {of.map(({ stakeId, claimId, summary, isUpvote, amount, interest, endsAt }) => (
            <tr key={stakeId}>
              <td>
                <ClaimLink claimId={claimId} tab="arguments">
                  <Said>{summary}</Said>
                </ClaimLink>
              </td>
              <td>{isUpvote ? "upvote" : "author"}</td>
              <td className="number">
                <Amount units={amount} of={ACT} />
              </td>
              <td className="number">
                <Amount units={interest} of={ACT} />
              </td>
              <td>
                <When at={endsAt} />
                {now >= endsAt && <span className="hint"> to be credited</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
