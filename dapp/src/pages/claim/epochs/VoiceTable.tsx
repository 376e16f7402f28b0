import { useState } from "react";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { Scrolls } from "../../../ui/Scrolls.tsx";
import { Address, Amount, Percent } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { ScoreOf } from "./MyScore.tsx";
import { type EpochRecord, movedBy, type VoiceRecord } from "./records.ts";

/** How many voices are shown together. */
const PAGE = 20;

/** All voices of an epoch, a page at a time. */
export function VoiceTable({ record }: { readonly record: EpochRecord }) {
  const [page, setPage] = useState(0);
  const { voices, epoch } = record;
  const pages = Math.ceil(voices.length / PAGE);
  const shown = voices.slice(page * PAGE, (page + 1) * PAGE);
  return (
    <>
      <Scrolls label={`Voices of epoch ${epoch}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col" className="number">
                Weight
              </th>
              <th scope="col" className="number">
                Belief
              </th>
              <th scope="col" className="number">
                Of others
              </th>
              <th scope="col" className="number">
                Score
              </th>
              <th scope="col" className="number">
                Stake moved by
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((voice) => (
              <VoiceRow key={voice.user} voice={voice} isSettled={record.result !== undefined} />
            ))}
          </tbody>
        </table>
      </Scrolls>
      {pages > 1 && <Pager label={`Pages of epoch ${epoch}`} page={page} pages={pages} onPage={setPage} />}
    </>
  );
}

function VoiceRow({ voice, isSettled }: { readonly voice: VoiceRecord; readonly isSettled: boolean }) {
  const { asset } = usePlace().network;
  const { account } = useWallet();
  const { user, weight, opened } = voice;
  return (
    <tr>
      <td>
        <Address of={user} />
        {user === account && " (you)"}
      </td>
      <td className="number">
        <Amount units={weight} of={asset} />
      </td>
      <td className="number">{opened === undefined ? "Not opened" : <Percent wad={opened.belief} />}</td>
      <td className="number">{opened === undefined ? "—" : <Percent wad={opened.meta} />}</td>
      <td className="number">
        <ScoreOf voice={voice} isSettled={isSettled} />
      </td>
      <td className="number">
        <Amount units={movedBy(voice)} of={asset} />
      </td>
    </tr>
  );
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
