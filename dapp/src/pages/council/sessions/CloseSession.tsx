import { decisionOf, sessionShares } from "../../../../../sdk/council/chamber.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { councilContracts } from "../../../contracts/council.ts";
import { ACT } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Said } from "../../../ui/Said.tsx";
import { Amount } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { decisionText, type OpenedSession } from "./sessions.ts";
import type { SessionNow } from "./useSessions.ts";

/** Where a session is decided and paid, with what that comes to. */
export function CloseSession({ opened, session }: { readonly opened: OpenedSession; readonly session: SessionNow }) {
  const { account } = useWallet();
  const { councilChamber } = councilContracts(usePlace().reader);
  const votes = session.members.filter(({ hasVoted }) => hasVoted);
  const options = BigInt(opened.options.length);
  const { shares, left } = sessionShares(session.reward, votes, options);
  const mine = votes.findIndex(({ agent }) => agent === account);
  return (
    <>
      <Facts
        label="What closing comes to"
        of={[
          ["Decision", <Said key="decision">{decisionText(decisionOf(votes, options), opened.options)}</Said>],
          ...(mine < 0 ? [] : ([["You get", <Amount key="mine" units={shares[mine] ?? 0n} of={ACT} />]] as const)),
          ["To the rewards of all who stake", <Amount key="left" units={left} of={ACT} />],
        ]}
      />
      <ActionButton
        label="Close the session"
        action={() => ({
          title: `Close the session: ${opened.topic}`,
          unit: ACT,
          call: () => councilChamber.closeSession.populateTransaction(opened.sessionId),
        })}
      />
    </>
  );
}
