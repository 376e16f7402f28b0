import type { ReactNode } from "react";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { Amount, When } from "../../ui/values.tsx";
import type { Duty, Part, Role } from "./parts.ts";
import { isUrgent, WITH_ARTICLE } from "./parts.ts";

/** What somebody delivers. */
export const WORK: Readonly<Record<Part["role"], string>> = { answerer: "answer", judge: "vote" };

/** What the connected account has to do about a query: loud, where it loses a stake otherwise. */
export function DutyNote({
  duty,
  got,
  isQuiet = false,
}: {
  readonly duty: Duty;
  /** What the settlement credited, where it is known. */
  readonly got?: bigint | undefined;
  /** Where it is said louder elsewhere on the page. */
  readonly isQuiet?: boolean;
}) {
  if (duty.name === "over") return <Over role={duty.role} got={got} />;
  if (!isUrgent(duty)) {
    return (
      <p className={duty.name === "forfeited" ? "duty complaint" : "duty"}>
        You are {WITH_ARTICLE[roleIn(duty)]}. <DutyWords duty={duty} />
      </p>
    );
  }
  const order = `${duty.name === "open" ? "Open" : "Submit"} your ${WORK[duty.part.role]}.`;
  return (
    <div className={isQuiet ? "duty" : "note trouble duty"}>
      <p>
        {isQuiet ? order : <strong role="alert">{order}</strong>} <DutyWords duty={duty} />
      </p>
    </div>
  );
}

/** What is to be done, in sentences. */
function DutyWords({ duty }: { readonly duty: Exclude<Duty, { name: "over" }> }): ReactNode {
  switch (duty.name) {
    case "seal":
    case "open":
      return (
        <>
          The window ends <When at={duty.until} />. What is not {duty.name === "open" ? "opened" : "submitted"} by then
          is not delivered, and your stake of <Stake of={duty.part} /> is lost.
        </>
      );
    case "comeBack":
      return (
        <>
          Your {WORK[duty.part.role]} is sealed. Come back to open it: the window for that begins{" "}
          <When at={duty.from} /> and ends <When at={duty.until} />. If nobody opens it then, your stake of{" "}
          <Stake of={duty.part} /> is lost.
          {duty.part.role === "answerer" && " The window begins sooner when all places have submitted."}
        </>
      );
    case "forfeited":
      return (
        <>
          Your {WORK[duty.part.role]} was not {duty.part.isSealed ? "opened" : "submitted"} in time: your stake of{" "}
          <Stake of={duty.part} /> is forfeited.
        </>
      );
    case "wait":
      return "Nothing is left for you to do until the query is settled.";
    case "settle":
      return "The query can be settled now: that credits to everybody what is due.";
  }
}

function Over({ role, got }: { readonly role: Role; readonly got: bigint | undefined }) {
  const { asset } = usePlace().network;
  return (
    <p className="duty">
      You were {WITH_ARTICLE[role]}
      {got === undefined ? (
        "."
      ) : (
        <>
          , and got <Amount units={got} of={asset} />.
        </>
      )}
    </p>
  );
}

function roleIn(duty: Duty): Role {
  return "part" in duty ? duty.part.role : duty.role;
}

function Stake({ of }: { readonly of: Part }) {
  return <Amount units={of.stake} of={usePlace().network.asset} paid />;
}
