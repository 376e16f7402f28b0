import { ACT } from "../../format/amounts.ts";
import { counted } from "../../format/numbers.ts";
import { type Column, DataTable } from "../../ui/DataTable.tsx";
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
  const columns: readonly Column<MyStake>[] = [
    {
      head: "Stake on",
      cell: ({ claimId, summary }) => (
        <ClaimLink claimId={claimId} tab="arguments">
          <Said>{summary}</Said>
        </ClaimLink>
      ),
    },
    { head: "As", cell: ({ isUpvote }) => (isUpvote ? "upvote" : "author") },
    { head: "Amount", isNumber: true, cell: ({ amount }) => <Amount units={amount} of={ACT} /> },
    { head: "Interest", isNumber: true, cell: ({ interest }) => <Amount units={interest} of={ACT} /> },
    {
      head: "Ends",
      cell: ({ endsAt }) => (
        <>
          <When at={endsAt} />
          {now >= endsAt && <span className="hint"> to be credited</span>}
        </>
      ),
    },
  ];
  return (
    <DataTable label="Your stakes on arguments" columns={columns} rows={of} keyOf={({ stakeId }) => String(stakeId)} />
  );
}
