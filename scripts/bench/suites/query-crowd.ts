import { id } from "ethers";
import { CredenceError } from "../../../sdk/errors.ts";
import { sealAnswer, sealVote } from "../../../sdk/query/seal.ts";
import type { Call } from "../chain.ts";
import { CONTENT_HASH, type QueryStage, URI } from "./query-stage.ts";

/** Above what the dearest step costs. */
const STEP_GAS = 300_000n;

/** What makes every seal unguessable: it is no secret here. */
export const SALT = id("credence benchmark: salt");

/** A vote on answers, by their indices. */
export interface Vote {
  /** The best first. */
  readonly ranking: readonly number[];
  /** Those that are good, bit i for index i. */
  readonly goodAnswers: bigint;
}

/* SEALS */

/** What somebody's answer is sealed as. */
export function answerSealOf({ chainId, escrow }: QueryStage, queryId: bigint, account: string): string {
  const sealed = { contentHash: CONTENT_HASH, uri: URI, salt: SALT };
  return sealAnswer({ chainId, queryEscrow: escrow, queryId, account, ...sealed });
}

/** What somebody's vote is sealed as. */
export function voteSealOf({ chainId, escrow }: QueryStage, queryId: bigint, account: string, vote: Vote): string {
  return sealVote({ chainId, queryEscrow: escrow, queryId, account, ...vote, salt: SALT });
}

/* STEPS OF MANY */

/** Each of these people joins. */
export function joinings(
  stage: QueryStage,
  how: "joinAnswer" | "joinJudge",
  queryId: bigint,
  people: readonly string[],
): readonly Call[] {
  const abi = stage.queryEscrow.interface;
  const asAnswerer = () => abi.encodeFunctionData("joinAnswer", [queryId]);
  const asJudge = () => abi.encodeFunctionData("joinJudge", [queryId]);
  return callsOf(stage, people, how === "joinAnswer" ? asAnswerer : asJudge);
}

/** Each of these people submits an answer. */
export function submissions(stage: QueryStage, queryId: bigint, people: readonly string[]): readonly Call[] {
  const abi = stage.queryEscrow.interface;
  return callsOf(stage, people, (account) =>
    abi.encodeFunctionData("submitAnswer", [queryId, answerSealOf(stage, queryId, account)]),
  );
}

/** Each of these people opens their answer, in order. */
export function openings(stage: QueryStage, queryId: bigint, people: readonly string[]): readonly Call[] {
  const abi = stage.queryEscrow.interface;
  return callsOf(stage, people, (account) =>
    abi.encodeFunctionData("openAnswer", [queryId, account, CONTENT_HASH, URI, SALT]),
  );
}

/** Each of these people submits the vote of their index. */
export function votings(
  stage: QueryStage,
  queryId: bigint,
  people: readonly string[],
  votes: readonly Vote[],
): readonly Call[] {
  const abi = stage.queryEscrow.interface;
  return callsOf(stage, people, (account, index) =>
    abi.encodeFunctionData("submitVote", [queryId, voteSealOf(stage, queryId, account, voteAt(votes, index))]),
  );
}

/** Each of these people opens the vote of their index. */
export function unsealings(
  stage: QueryStage,
  queryId: bigint,
  people: readonly string[],
  votes: readonly Vote[],
): readonly Call[] {
  const abi = stage.queryEscrow.interface;
  return callsOf(stage, people, (account, index) => {
    const { ranking, goodAnswers } = voteAt(votes, index);
    return abi.encodeFunctionData("openVote", [queryId, account, [...ranking], goodAnswers, SALT]);
  });
}

/** The vote of a judge. Throws where there is none. */
export function voteAt(votes: readonly Vote[], index: number): Vote {
  const vote = votes[index];
  if (vote === undefined) throw new CredenceError("there are more judges than votes", { votes: votes.length });
  return vote;
}

function callsOf(
  { escrow: to }: QueryStage,
  people: readonly string[],
  dataOf: (account: string, index: number) => string,
): readonly Call[] {
  return people.map((from, index) => ({ from, to, data: dataOf(from, index), gas: STEP_GAS }));
}
