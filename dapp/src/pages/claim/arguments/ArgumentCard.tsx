import { Collapsible } from "@base-ui/react/collapsible";
import type { ReactNode } from "react";
import { useHead } from "../../../chain/read.ts";
import { ACT } from "../../../format/amounts.ts";
import { counted, countText } from "../../../format/numbers.ts";
import { Facts } from "../../../ui/Facts.tsx";
import { Said } from "../../../ui/Said.tsx";
import { Address, Amount, When } from "../../../ui/values.tsx";
import type { Circumstances } from "./ArgumentsPane.tsx";
import {
  type ArgumentRecord,
  promisedInterest,
  type Standing,
  standingOf,
  totalStake,
  type UpvoteRecord,
} from "./history.ts";
import { MarkUnhelpful } from "./MarkUnhelpful.tsx";
import { isSame } from "./rules.ts";
import { TakeBack } from "./TakeBack.tsx";
import { Upvote } from "./Upvote.tsx";

/** What a person needs to know of an argument and can do about it. */
export interface CardProps extends Circumstances {
  readonly argument: ArgumentRecord;
}

const STANDINGS: Record<Standing, string> = {
  running: "Running",
  over: "Over; not paid yet",
  paid: "Over and paid",
  deleted: "Given back",
  slashed: "Slashed",
};

/** An argument: its words, what stands behind it, and what can be done about it. */
export function ArgumentCard(props: CardProps) {
  const { argument, account } = props;
  const { summary, body, creator, createdAt, status } = argument;
  const isOwn = isSame(creator, account?.user);
  return (
    <article className={status === "live" ? undefined : "fallen"}>
      <h3>
        <Said>{summary}</Said>
      </h3>
      <p className="hint">
        By {isOwn ? "you" : <Address of={creator} />} <When at={createdAt} />
      </p>
      {status === "deleted" && <p className="verdict">Taken back by its creator</p>}
      {status === "unhelpful" && <p className="verdict">Found unhelpful</p>}
      <Collapsible.Root>
        <Collapsible.Trigger className="link" aria-label={`Read the argument: ${summary}`}>
          Read the argument
        </Collapsible.Trigger>
        <Collapsible.Panel>
          <p className="body">
            <Said>{body}</Said>
          </p>
        </Collapsible.Panel>
      </Collapsible.Root>
      <Behind argument={argument} user={account?.user} />
      {status === "live" && (isOwn ? <TakeBack {...props} /> : <Upvote {...props} />)}
      {status === "live" && !isOwn && <MarkUnhelpful {...props} />}
    </article>
  );
}

/** What stands behind an argument. */
function Behind({ argument, user }: { readonly argument: ArgumentRecord; readonly user: string | undefined }) {
  const now = useHead().data?.timestamp ?? 0n;
  const { status, stake, upvotes, marks } = argument;
  const standing = standingOf(stake, now);
  const mine = upvotes.find(({ staker }) => isSame(staker, user));
  const worth: Fact[] = [
    ["Stake", <Amount key="stake" units={totalStake(argument)} of={ACT} />],
    ["Interest to come", <Amount key="interest" units={promisedInterest(argument)} of={ACT} />],
  ];
  return (
    <Facts
      label={`What stands behind “${argument.summary}”`}
      of={[
        ...(status === "live" ? worth : []),
        ["Upvotes", countText(upvotes.length)],
        ["Its creator's stake", STANDINGS[standing]],
        ...facts(standing === "running", ["Ends", <When key="ends" at={stake.endsAt} />]),
        ...facts(marks.length > 0, ["Found unhelpful by", counted(marks.length, "curator")]),
        ...(mine === undefined ? [] : upvoteFacts(mine, now)),
      ]}
    />
  );
}

type Fact = readonly [string, ReactNode];

function facts(isThere: boolean, fact: Fact): readonly Fact[] {
  return isThere ? [fact] : [];
}

function upvoteFacts(mine: UpvoteRecord, now: bigint): readonly Fact[] {
  const standing = standingOf(mine, now);
  const fact: Fact = [
    "Your upvote",
    <>
      <Amount units={mine.amount} of={ACT} />, {STANDINGS[standing].toLowerCase()}
    </>,
  ];
  return [fact, ...facts(standing === "running", ["Yours ends", <When key="mine" at={mine.endsAt} />])];
}
