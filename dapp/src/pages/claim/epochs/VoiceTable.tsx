import { useState } from "react";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { type Column, DataTable } from "../../../ui/DataTable.tsx";
import { Address, Amount, Percent } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { ScoreOf } from "./MyScore.tsx";
import { type EpochRecord, movedBy, type VoiceRecord } from "./records.ts";

/** How many voices are shown together. */
const PAGE = 20;

/** All voices of an epoch, a page at a time. */
export function VoiceTable({ record }: { readonly record: EpochRecord }) {
  const [page, setPage] = useState(0);
  const { voices, epoch, result } = record;
  const columns = useColumns(result !== undefined);
  const pages = Math.ceil(voices.length / PAGE);
  const shown = voices.slice(page * PAGE, (page + 1) * PAGE);
  return (
    <>
      <DataTable label={`Voices of epoch ${epoch}`} columns={columns} rows={shown} keyOf={({ user }) => user} />
      {pages > 1 && <Pager label={`Pages of epoch ${epoch}`} page={page} pages={pages} onPage={setPage} />}
    </>
  );
}

function useColumns(isSettled: boolean): readonly Column<VoiceRecord>[] {
  const { asset } = usePlace().network;
  const { account } = useWallet();
  return [
    {
      head: "Who",
      cell: ({ user }) => (
        <>
          <Address of={user} />
          {user === account && " (you)"}
        </>
      ),
    },
    { head: "Weight", isNumber: true, cell: ({ weight }) => <Amount units={weight} of={asset} /> },
    {
      head: "Belief",
      isNumber: true,
      cell: ({ opened }) => (opened === undefined ? "Not opened" : <Percent wad={opened.belief} />),
    },
    {
      head: "Of others",
      isNumber: true,
      cell: ({ opened }) => (opened === undefined ? "—" : <Percent wad={opened.meta} />),
    },
    { head: "Score", isNumber: true, cell: (voice) => <ScoreOf voice={voice} isSettled={isSettled} /> },
    { head: "Stake moved by", isNumber: true, cell: (voice) => <Amount units={movedBy(voice)} of={asset} /> },
  ];
}

function Pager({
  label,
  page,
  pages,
  onPage,
}: {
  readonly label: string;
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}) {
  return (
    <nav className="buttons" aria-label={label}>
      <button type="button" className="quiet" disabled={page === 0} onClick={() => onPage(page - 1)}>
        Previous
      </button>
      <span aria-live="polite">
        Page {page + 1} of {pages}
      </span>
      <button type="button" className="quiet" disabled={page === pages - 1} onClick={() => onPage(page + 1)}>
        Next
      </button>
    </nav>
  );
}
