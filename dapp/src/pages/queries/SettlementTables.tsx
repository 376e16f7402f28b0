import { usePlace } from "../../chain/NetworkContext.tsx";
import { type Column, DataTable } from "../../ui/DataTable.tsx";
import { Address, Amount, Percent } from "../../ui/values.tsx";
import { useWallet } from "../../wallet/WalletContext.tsx";
import type { Payment, RankedAnswer, Voter } from "./settling.ts";

const RANKED: readonly Column<RankedAnswer>[] = [
  { head: "Answer", isName: true, cell: ({ index }) => `Answer ${index + 1}` },
  { head: "By", cell: ({ answerer }) => <Address of={answerer} /> },
  { head: "Strength", isNumber: true, cell: ({ share }) => (share === undefined ? "–" : <Percent wad={share} />) },
  { head: "Judged", cell: ({ isGood }) => <Judged isGood={isGood} /> },
];

/** The answers in the order that the votes make. */
export function RankedTable({ of }: { readonly of: readonly RankedAnswer[] }) {
  if (of.length === 0) return null;
  return (
    <>
      <h3>Ranking of the answers</h3>
      <DataTable label="Ranking of the answers" columns={RANKED} rows={of} keyOf={({ index }) => String(index)} />
    </>
  );
}

const VOTERS: readonly Column<Voter>[] = [
  { head: "Judge", cell: ({ judge }) => <Address of={judge} /> },
  { head: "Rank", isNumber: true, cell: ({ rank }) => String(rank) },
  { head: "Closeness", isNumber: true, cell: ({ closeness }) => <Percent wad={closeness} /> },
  { head: "Judged", cell: ({ isGood }) => <Judged isGood={isGood} /> },
];

/** The judges who voted, and how near each was to the order that all votes make. */
export function VoterTable({ of }: { readonly of: readonly Voter[] }) {
  if (of.length === 0) return null;
  return (
    <>
      <h3>Judges who voted</h3>
      <DataTable label="Judges who voted" columns={VOTERS} rows={of} keyOf={({ judge }) => judge} />
    </>
  );
}

/** What everybody pays and gets. */
export function PaymentTable({ of, isSettled }: { readonly of: readonly Payment[]; readonly isSettled: boolean }) {
  const { asset } = usePlace().network;
  const { account: own } = useWallet();
  const columns: readonly Column<Payment>[] = [
    {
      head: "Who",
      cell: ({ account }) => (
        <>
          <Address of={account} />
          {account === own && " (you)"}
        </>
      ),
    },
    { head: "Part", cell: ({ role }) => PARTS[role] },
    { head: "Paid", isNumber: true, cell: ({ paid }) => <Amount units={paid} of={asset} paid /> },
    { head: isSettled ? "Got" : "Gets", isNumber: true, cell: ({ gets }) => <Amount units={gets} of={asset} /> },
    {
      head: "Change",
      isNumber: true,
      look: ({ gets, paid }) => (gets < paid ? "oppose" : "support"),
      cell: ({ gets, paid }) => <Amount units={gets - paid} of={asset} />,
    },
  ];
  return (
    <>
      <h3>{isSettled ? "What everybody got" : "What everybody would get"}</h3>
      <DataTable
        label="What everybody pays and gets"
        columns={columns}
        rows={of}
        keyOf={({ account, role }) => `${account} ${role}`}
      />
    </>
  );
}

const PARTS = { asker: "Asker", answerer: "Answerer", judge: "Judge" } as const;

function Judged({ isGood }: { readonly isGood: boolean }) {
  return isGood ? <span className="support">Good</span> : <span className="oppose">Not good</span>;
}
