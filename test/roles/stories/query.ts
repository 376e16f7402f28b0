import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { id } from "ethers";
import { sealAnswer, sealVote } from "../../../sdk/query/seal.ts";
import { solveStrengths } from "../../../sdk/query/solver.ts";
import { Role } from "../../../sdk/roles.ts";
import { QUESTION, USUAL } from "../../fixtures/queries.ts";
import { managed, NO_PERMIT, pausable, recording } from "../calls.ts";
import type { Stage } from "../stage.ts";
import type { Story, Telling } from "../story.ts";

const SALT = id("a salt");
const CONTENT = { contentHash: id("an answer"), uri: "ipfs://answer" } as const;

/** What everybody asks: for any rank, and as few answers as there may be. */
export const ASKED = [QUESTION.contentHash, QUESTION.uri, 0n, 7n, 32n, USUAL] as const;

/** How somebody votes on seven answers. */
const BALLOT = { ranking: [0, 1, 2, 3, 4, 5, 6], goodAnswers: 3n };

/** Seven who answer and two who judge one query, each of them when told to. */
export async function playersOf(stage: Stage, queryId: bigint) {
  const { queryEscrow, crowd, provider } = stage;
  const { chainId } = await provider.getNetwork();
  const context = { chainId, queryEscrow: await queryEscrow.getAddress(), queryId, salt: SALT };
  const escrow = (person: HardhatEthersSigner) => queryEscrow.connect(person);
  const answerSeal = ({ address }: HardhatEthersSigner) => sealAnswer({ ...context, account: address, ...CONTENT });
  const voteSeal = ({ address }: HardhatEthersSigner) => sealVote({ ...context, account: address, ...BALLOT });
  const answerOpening = (person: HardhatEthersSigner) =>
    [queryId, person.address, CONTENT.contentHash, CONTENT.uri, SALT] as const;
  const voteOpening = (person: HardhatEthersSigner) =>
    [queryId, person.address, BALLOT.ranking, BALLOT.goodAnswers, SALT] as const;
  return {
    answerers: crowd.slice(0, 7),
    judges: crowd.slice(7, 9),
    ...{ answerSeal, voteSeal, answerOpening, voteOpening },
    join: (person: HardhatEthersSigner) => escrow(person).joinAnswer(queryId),
    answer: (person: HardhatEthersSigner) => escrow(person).submitAnswer(queryId, answerSeal(person)),
    open: (person: HardhatEthersSigner) => escrow(person).openAnswer(...answerOpening(person)),
    sit: (person: HardhatEthersSigner) => escrow(person).joinJudge(queryId),
    vote: (person: HardhatEthersSigner) => escrow(person).submitVote(queryId, voteSeal(person)),
    openVote: (person: HardhatEthersSigner) => escrow(person).openVote(...voteOpening(person)),
    strengths: async () => solveStrengths(await queryEscrow.winMatrix(queryId)),
  };
}

type Players = Awaited<ReturnType<typeof playersOf>>;

/** Does something for each of some people, one after the other. */
export async function each<T>(people: readonly T[], act: (person: T) => Promise<unknown>): Promise<void> {
  for (const person of people) await act(person);
}

/** What the last of each crowd has yet to do, and what somebody does who has no part so far. */
function partsIn(play: Players, queryId: bigint, newcomer: HardhatEthersSigner): Story["calls"] {
  const [answerer, judge] = [play.answerers[6], play.judges[1]];
  if (answerer === undefined || judge === undefined) throw new RangeError("a query takes seven answers and two votes");
  return {
    joinAnswer: () => ({ by: newcomer, args: [queryId] }),
    submitAnswer: () => ({ by: answerer, args: [queryId, play.answerSeal(answerer)] }),
    openAnswer: () => ({ by: newcomer, args: play.answerOpening(answerer) }),
    joinJudge: () => ({ by: newcomer, args: [queryId] }),
    submitVote: () => ({ by: judge, args: [queryId, play.voteSeal(judge)] }),
    openVote: () => ({ by: newcomer, args: play.voteOpening(judge) }),
  };
}

/** A query from question to settlement; of each crowd the last one waits until the end of the phase. */
export const queryStory: Telling = async (stage) => {
  const { queryEscrow, outsider, partner, connection } = stage;
  const { time } = connection.networkHelpers;
  const { answering, opening, judging, revealing } = await queryEscrow.defaultTiming();
  const queryId = 1n;
  const play = await playersOf(stage, queryId);
  const { answerers, judges } = play;
  let strengths: bigint[] = [];
  return {
    contract: queryEscrow,
    phases: {
      "not asked": async () => undefined,
      answering: async () => {
        await queryEscrow.connect(outsider).ask(...ASKED);
        await each(answerers, play.join);
        await each(answerers.slice(0, 6), play.answer);
      },
      opening: async () => {
        await each(answerers.slice(6), play.answer);
        await time.increase(answering);
        await each(answerers.slice(0, 6), play.open);
      },
      judging: async () => {
        await each(answerers.slice(6), play.open);
        await time.increase(opening);
        await each(judges, play.sit);
        await each(judges.slice(0, 1), play.vote);
      },
      revealing: async () => {
        await each(judges.slice(1), play.vote);
        await time.increase(judging);
        await each(judges.slice(0, 1), play.openVote);
      },
      settleable: async () => {
        await each(judges.slice(1), play.openVote);
        await time.increase(revealing);
        strengths = await play.strengths();
      },
      settled: () => queryEscrow.connect(partner).settle(queryId, strengths),
    },
    calls: {
      ask: () => ({ by: outsider, args: ASKED }),
      askWithPermit: () => ({ by: outsider, args: [...ASKED, ...NO_PERMIT] }),
      ...partsIn(play, queryId, partner),
      settle: () => ({ by: partner, args: [queryId, strengths] }),
      withdraw: () => ({ by: answerers[0] ?? partner }),
      ...recording(stage),
      ...pausable(stage),
    },
  };
};

/** A registrar is named. */
export const ranksStory: Telling = async (stage) => {
  const { rankRegistry, authority, team, timelock } = stage;
  const council = authority.connect(await stage.as(timelock));
  return {
    contract: rankRegistry,
    phases: {
      "without a registrar": async () => undefined,
      "with one": () => council.grantRole(Role.Registrar, team, 0n),
    },
    calls: {
      setRanks: () => ({ by: team, args: [[team.address], [7n]] }),
      ...managed(stage),
    },
  };
};
