import { usePlace } from "../../chain/NetworkContext.tsx";
import { Scrolls } from "../../ui/Scrolls.tsx";
import { Address, Amount, Percent } from "../../ui/values.tsx";
import { useWallet } from "../../wallet/WalletContext.tsx";
import type { Payment, RankedAnswer, Voter } from "./settling.ts";

/** The answers in the order that the votes make. */
export function RankedTable({ of }: { readonly of: readonly RankedAnswer[] }) {
  if (of.length === 0) return null;
  return (
    <>
      <h3>Ranking of the answers</h3>
      <Scrolls label="Ranking of the answers">
        <table>
          <thead>
            <tr>
              <th scope="col">Answer</th>
              <th scope="col">By</th>
              <th scope="col" className="number">
                Strength
              </th>
              <th scope="col">Judged</th>
            </tr>
          </thead>
          <tbody>
            {of.map(({ index, answerer, share, isGood }) => (
              <tr key={index}>
                <th scope="row">Answer {index + 1}</th>
                <td>
                  <Address of={answerer} />
                </td>
                <td className="number">{share === undefined ? "–" : <Percent wad={share} />}</td>
                <td>
                  <Judged isGood={isGood} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </>
  );
}

/** The judges who voted, and how near each was to the order that all votes make. */
export function VoterTable({ of }: { readonly of: readonly Voter[] }) {
  if (of.length === 0) return null;
  return (
    <>
      <h3>Judges who voted</h3>
      <Scrolls label="Judges who voted">
        <table>
          <thead>
            <tr>
              <th scope="col">Judge</th>
              <th scope="col" className="number">
                Rank
              </th>
              <th scope="col" className="number">
                Closeness
              </th>
              <th scope="col">Judged</th>
            </tr>
          </thead>
          <tbody>
            {of.map(({ judge, rank, closeness, isGood }) => (
              <tr key={judge}>
                <td>
                  <Address of={judge} />
                </td>
                <td className="number">{String(rank)}</td>
                <td className="number">
                  <Percent wad={closeness} />
                </td>
                <td>
                  <Judged isGood={isGood} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </>
  );
}

/** What everybody pays and gets. */
export function PaymentTable({ of, isSettled }: { readonly of: readonly Payment[]; readonly isSettled: boolean }) {
  const { asset } = usePlace().network;
  const { account: own } = useWallet();
  return (
    <>
      <h3>{isSettled ? "What everybody got" : "What everybody would get"}</h3>
      <Scrolls label="What everybody pays and gets">
        <table>
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col">Part</th>
              <th scope="col" className="number">
                Paid
              </th>
              <th scope="col" className="number">
                {isSettled ? "Got" : "Gets"}
              </th>
              <th scope="col" className="number">
                Change
              </th>
            </tr>
          </thead>
          <tbody>
            {of.map(({ account, role, paid, gets }) => (
              <tr key={account}>
                <td>
                  <Address of={account} />
                  {account === own && " (you)"}
                </td>
                <td>{PARTS[role]}</td>
                <td className="number">
                  <Amount units={paid} of={asset} paid />
                </td>
                <td className="number">
                  <Amount units={gets} of={asset} />
                </td>
                <td className={`number ${gets < paid ? "oppose" : "support"}`}>
                  <Amount units={gets - paid} of={asset} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </>
  );
}

const PARTS = { asker: "Asker", answerer: "Answerer", judge: "Judge" } as const;

function Judged({ isGood }: { readonly isGood: boolean }) {
  return isGood ? <span className="support">Good</span> : <span className="oppose">Not good</span>;
}
