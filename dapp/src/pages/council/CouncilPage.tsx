import { Link, useParams } from "wouter";
import "./council.css";
import { ProposalsTab } from "./proposals/ProposalsTab.tsx";
import { RewardsTab } from "./rewards/RewardsTab.tsx";
import { SessionsTab } from "./sessions/SessionsTab.tsx";
import { StakeTab } from "./stake/StakeTab.tsx";

const TABS = [
  { tab: "", name: "Stake", Content: StakeTab },
  { tab: "rewards", name: "Rewards", Content: RewardsTab },
  { tab: "proposals", name: "Proposals", Content: ProposalsTab },
  { tab: "sessions", name: "Sessions", Content: SessionsTab },
] as const;

/** The council: stake for votes and rewards, govern, and debate. */
export default function CouncilPage() {
  const { tab = "" } = useParams();
  const shown = TABS.find((one) => one.tab === tab) ?? TABS[0];
  return (
    <div className="council">
      <h1>Council</h1>
      <p>
        Who stakes ACT gets votes and a share of the rewards, more of both for staying longer. Votes decide what the
        protocol does; agents who have staked are drawn to debate questions, and paid for it.
      </p>
      <nav className="tabs" aria-label="Council">
        {TABS.map((one) => (
          <Link
            key={one.tab}
            href={one.tab === "" ? "/council" : `/council/${one.tab}`}
            aria-current={one === shown ? "page" : undefined}
          >
            {one.name}
          </Link>
        ))}
      </nav>
      <shown.Content />
    </div>
  );
}
