import { usePlace } from "../../chain/NetworkContext.tsx";
import { useHead } from "../../chain/read.ts";
import { Shown } from "../../ui/states.tsx";
import { useWallet } from "../../wallet/WalletContext.tsx";
import { Holdings } from "./Holdings.tsx";
import "./portfolio.css";

/** Everything that is one's own, over all mechanisms, and what has to be done about it. */
export default function PortfolioPage() {
  const { account } = useWallet();
  const { network } = usePlace();
  const head = useHead();
  return (
    <div className="portfolio">
      <h1>Portfolio</h1>
      {account === undefined ? (
        <Preview />
      ) : (
        <Shown what="the newest block" from={head}>
          {({ timestamp }) => <Holdings key={`${network.chainId} ${account}`} account={account} now={timestamp} />}
        </Shown>
      )}
    </div>
  );
}

function Preview() {
  return (
    <div className="note">
      <p>Connect a wallet to see here</p>
      <ul>
        <li>what needs you next, by its deadline: seals to open, answers, votes, locks that end;</li>
        <li>what you can take: rewards, and what arguments, queries and sessions have credited to you;</li>
        <li>your positions in belief markets, LONG and SHORT, and the stake behind them;</li>
        <li>your arguments, your queries, and your stake in the council.</li>
      </ul>
    </div>
  );
}
