import { useId, useState } from "react";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useHead } from "../../../chain/read.ts";
import { councilContracts } from "../../../contracts/council.ts";
import { ACT, amountText } from "../../../format/amounts.ts";
import { relativeText } from "../../../format/times.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Said } from "../../../ui/Said.tsx";
import { Amount } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { VOTES } from "../units.ts";
import { CloseSession } from "./CloseSession.tsx";
import { FundSession } from "./FundSession.tsx";
import { cancellableAt, drawProblem, type OpenedSession, SessionPhase } from "./sessions.ts";
import type { SessionNow } from "./useSessions.ts";

interface Known {
  readonly opened: OpenedSession;
  readonly session: SessionNow;
}

/** What can be done about a session in its phase. */
export function SessionActions({ opened, session }: Known) {
  const { account } = useWallet();
  switch (session.phase) {
    case SessionPhase.Drawing:
      return <Draw opened={opened} session={session} />;
    case SessionPhase.Voting: {
      const mine = session.members.find(({ agent }) => agent === account);
      return (
        <>
          {mine?.hasVoted && <p role="status">You have voted.</p>}
          {mine !== undefined && !mine.hasVoted && <Vote opened={opened} session={session} />}
          <FundSession opened={opened} />
        </>
      );
    }
    case SessionPhase.Closable:
      return <CloseSession opened={opened} session={session} />;
    default:
      return null;
  }
}

function Draw({ opened: { sessionId, topic, opener }, session: { openedIn, openedAt, reward } }: Known) {
  const { account } = useWallet();
  const head = useHead().data;
  const { councilChamber } = councilContracts(usePlace().reader);
  const until = cancellableAt(openedAt);
  const isEarly = head !== undefined && head.timestamp < until;
  return (
    <>
      <ActionButton
        label="Draw the members"
        problem={head === undefined ? undefined : drawProblem(openedIn, head.number)}
        action={() => ({
          title: `Draw the members: ${topic}`,
          unit: ACT,
          call: () => councilChamber.drawSession.populateTransaction(sessionId),
        })}
      />
      {account === opener && (
        <ActionButton
          label={`Cancel, and take ${amountText(reward, ACT)} back`}
          look="quiet"
          problem={
            isEarly ? `Possible ${relativeText(until, head.timestamp)}, if no members are drawn until then.` : undefined
          }
          action={() => ({
            title: `Cancel the session: ${topic}`,
            unit: ACT,
            call: () => councilChamber.cancelSession.populateTransaction(sessionId),
          })}
        />
      )}
    </>
  );
}

function Vote({ opened: { sessionId, topic, options }, session }: Known) {
  const { councilChamber } = councilContracts(usePlace().reader);
  const name = useId();
  const [choice, setChoice] = useState<number>();
  return (
    <>
      <fieldset>
        <legend>Your vote</legend>
        <div className="tiers">
          {options.map((option, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: options are known by their place
            <label key={index}>
              <input type="radio" name={name} checked={choice === index} onChange={() => setChoice(index)} />
              <Said>{option}</Said>
            </label>
          ))}
        </div>
      </fieldset>
      <Facts
        label="Your vote"
        of={[["It weighs", <Amount key="weight" units={session.myWeight ?? 0n} of={VOTES} />]]}
      />
      <ActionButton
        label="Vote"
        problem={choice === undefined ? "Choose an option." : undefined}
        action={() => ({
          title: `Vote ${options[choice ?? 0]}: ${topic}`,
          unit: ACT,
          call: () => councilChamber.castVote.populateTransaction(sessionId, choice ?? 0),
        })}
      />
    </>
  );
}
