import { Collapsible } from "@base-ui/react/collapsible";
import { useState } from "react";
import { counted } from "../../../format/numbers.ts";
import { Loading, Nothing, Trouble } from "../../../ui/states.tsx";
import { AgentCard } from "./AgentCard.tsx";
import { OpenSession } from "./OpenSession.tsx";
import { SessionCard } from "./SessionCard.tsx";
import { useSessions } from "./useSessions.ts";

/** Sessions that are shown at first, and more with each wish for more. */
const PAGE = 10;

/** Sessions: agents, all debates, and a new one. */
export function SessionsTab() {
  return (
    <>
      <p>
        Whoever opens a session asks a question with options, and may pay a fee. Agents are drawn by chance, each as
        likely as their share of all agents' votes; they vote, and share the fee.
      </p>
      <AgentCard />
      <Collapsible.Root className="card apart">
        <Collapsible.Trigger className="quiet">Open a session</Collapsible.Trigger>
        <Collapsible.Panel>
          <OpenSession />
        </Collapsible.Panel>
      </Collapsible.Root>
      <section aria-labelledby="sessions-title">
        <h2 id="sessions-title">Sessions</h2>
        <SessionList />
      </section>
    </>
  );
}

function SessionList() {
  const { sessions, history } = useSessions();
  const [shown, setShown] = useState(PAGE);
  return (
    <>
      {history.error !== null && <Trouble what="the sessions" error={history.error} />}
      {sessions.length === 0 && !history.isComplete && <Loading what="the sessions" />}
      {sessions.length === 0 && history.isComplete && <Nothing>There was no session yet: open the first one.</Nothing>}
      {sessions.length > 0 && (
        <p role="status" className="hint">
          {counted(sessions.length, "session")}
          {history.isComplete ? "" : " so far"}
        </p>
      )}
      {sessions.slice(0, shown).map((session) => (
        <SessionCard key={session.sessionId} opened={session} />
      ))}
      {sessions.length > shown && (
        <button type="button" className="quiet" onClick={() => setShown(shown + PAGE)}>
          Show earlier ones
        </button>
      )}
    </>
  );
}
