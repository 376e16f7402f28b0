import { Collapsible } from "@base-ui/react/collapsible";
import { sum } from "../../../../../sdk/math.ts";
import { ACT } from "../../../format/amounts.ts";
import { counted } from "../../../format/numbers.ts";
import { spanText } from "../../../format/times.ts";
import { type Column, DataTable } from "../../../ui/DataTable.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Said } from "../../../ui/Said.tsx";
import { Shown } from "../../../ui/states.tsx";
import { Address, Amount, When } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { ShareBar } from "../ShareBar.tsx";
import { shareWad, VOTES } from "../units.ts";
import { SessionActions } from "./SessionActions.tsx";
import { decisionText, type OpenedSession, PHASE_NAMES, SessionPhase } from "./sessions.ts";
import { type SessionNow, useSession } from "./useSessions.ts";

/** A session: what is asked, how far it is, and what can be done about it. */
export function SessionCard({ opened }: { readonly opened: OpenedSession }) {
  const { account } = useWallet();
  const read = useSession(opened.sessionId);
  return (
    <article className="card proposal">
      <h3>
        <Said>{opened.topic}</Said>
      </h3>
      <Shown what="the session" from={read}>
        {(session) => (
          <>
            <p>
              <strong className="badge">{PHASE_NAMES[String(session.phase)]}</strong> by <Address of={opened.opener} />
              {session.members.some(({ agent }) => agent === account) && <>, with you among its members</>}
            </p>
            <div className="columns">
              <Tallies opened={opened} session={session} />
              <SessionFacts opened={opened} session={session} />
            </div>
            <SessionActions opened={opened} session={session} />
            {session.members.length > 0 && <Members opened={opened} session={session} />}
          </>
        )}
      </Shown>
    </article>
  );
}

function Tallies({ opened, session }: { readonly opened: OpenedSession; readonly session: SessionNow }) {
  const all = sum([...session.tallies]);
  return (
    <div>
      {opened.options.map((option, index) => (
        <ShareBar
          // biome-ignore lint/suspicious/noArrayIndexKey: options are known by their place
          key={index}
          label={option}
          wad={shareWad(session.tallies[index] ?? 0n, all)}
          look={session.phase === SessionPhase.Closed && session.decision === BigInt(index) ? "support" : "plain"}
        />
      ))}
    </div>
  );
}

function SessionFacts({ opened, session }: { readonly opened: OpenedSession; readonly session: SessionNow }) {
  const { phase, endsAt, voted, size, reward, decision } = session;
  const end = endsAt === 0n ? <>{spanText(opened.duration)} after the draw</> : <When at={endsAt} />;
  return (
    <Facts
      label="The session"
      of={[
        ["Opened", <When key="opened" at={session.openedAt} />],
        ["Voting ends", end],
        ["Votes", `${voted} of ${size}`],
        ["For its members", <Amount key="reward" units={reward} of={ACT} />],
        ["A vote weighs", session.isSquareRoot ? "the square root of its power" : "its power"],
        ...(phase === SessionPhase.Closed
          ? ([["Decided", <Said key="decided">{decisionText(decision, opened.options)}</Said>]] as const)
          : []),
      ]}
    />
  );
}

function Members({ opened, session }: { readonly opened: OpenedSession; readonly session: SessionNow }) {
  const columns: readonly Column<SessionNow["members"][number]>[] = [
    { head: "Who", cell: ({ agent }) => <Address of={agent} /> },
    {
      head: "Vote",
      cell: ({ hasVoted, option }) =>
        hasVoted ? <Said>{decisionText(option, opened.options)}</Said> : <span className="hint">not yet</span>,
    },
    {
      head: "Weight",
      isNumber: true,
      cell: ({ hasVoted, weight }) => hasVoted && <Amount units={weight} of={VOTES} />,
    },
  ];
  return (
    <Collapsible.Root className="more">
      <Collapsible.Trigger className="quiet">Who was drawn: {counted(session.size, "member")}</Collapsible.Trigger>
      <Collapsible.Panel>
        <DataTable label="Who was drawn" columns={columns} rows={session.members} keyOf={({ agent }) => agent} />
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}
