import { expect } from "chai";
import { AbiCoder, keccak256, toBeHex } from "ethers";
import { type SealedAnswer, type SealedVote, sealAnswer, sealVote } from "../../sdk/query/seal.ts";
import {
  FIRST_ANSWERER,
  FIRST_JUDGE,
  ID,
  OTHER_ESCROW,
  OTHER_SALT,
  openingOf,
  SALT,
  SECOND_ANSWERER,
  SECOND_JUDGE,
  SETUP,
  votingOf,
} from "./query-fixtures.ts";

const { chainId, queryEscrow } = SETUP;
const { contentHash, uri } = openingOf(FIRST_ANSWERER);
const ANSWER: SealedAnswer = {
  chainId,
  queryEscrow,
  queryId: ID,
  account: FIRST_ANSWERER,
  contentHash,
  uri,
  salt: SALT,
};

const { ranking, goodAnswers } = votingOf(FIRST_JUDGE, { ranking: [2, 0, 1], good: [0, 2] });
const VOTE: SealedVote = { chainId, queryEscrow, queryId: ID, account: FIRST_JUDGE, ranking, goodAnswers, salt: SALT };

/** Another chain, contract, query or salt. */
const OTHER_CONTEXTS = {
  "another chain": { chainId: 1n },
  "another contract": { queryEscrow: OTHER_ESCROW },
  "another query": { queryId: ID + 1n },
  "another salt": { salt: OTHER_SALT },
};

const wordsOf = (...words: (bigint | string)[]): string => words.map((word) => toBeHex(word, 32).slice(2)).join("");

describe("query seals: answers", () => {
  it("are the hash of the words of the contract's encoding, the link's length and bytes last", () => {
    const linkBytes = Buffer.from(ANSWER.uri, "utf8").toString("hex").padEnd(64, "0");
    const head = wordsOf(chainId, queryEscrow, ID, FIRST_ANSWERER, contentHash, 7n * 32n, SALT);
    expect(sealAnswer(ANSWER)).to.equal(keccak256(`0x${head}${wordsOf(BigInt(uri.length))}${linkBytes}`));
  });

  for (const [what, changed] of Object.entries({
    ...OTHER_CONTEXTS,
    "another person": { account: SECOND_ANSWERER },
    "another answer": { contentHash: OTHER_SALT },
    "another link": { uri: `${uri}/` },
  })) {
    it(`are others on ${what}`, () => {
      expect(sealAnswer({ ...ANSWER, ...changed })).to.not.equal(sealAnswer(ANSWER));
    });
  }

  it("refuse a value that does not fit its word", () => {
    expect(() => sealAnswer({ ...ANSWER, queryId: 2n ** 256n })).to.throw("out-of-bounds");
  });
});

describe("query seals: votes", () => {
  it("are the hash of the words of the contract's encoding, the ranking's length and places last", () => {
    const head = wordsOf(chainId, queryEscrow, ID, FIRST_JUDGE, 7n * 32n, 0b101n, SALT);
    expect(sealVote(VOTE)).to.equal(keccak256(`0x${head}${wordsOf(3n, 2n, 0n, 1n)}`));
  });

  for (const [what, changed] of Object.entries({
    ...OTHER_CONTEXTS,
    "another person": { account: SECOND_JUDGE },
    "another ranking": { ranking: [0, 2, 1] },
    "other good answers": { goodAnswers: 0b100n },
  })) {
    it(`are others on ${what}`, () => {
      expect(sealVote({ ...VOTE, ...changed })).to.not.equal(sealVote(VOTE));
    });
  }

  it("seal a ranking that is no permutation", () => {
    const preimage = AbiCoder.defaultAbiCoder().encode(
      ["uint256", "address", "uint256", "address", "uint8[]", "uint32", "bytes32"],
      [chainId, queryEscrow, ID, FIRST_JUDGE, [1, 1], goodAnswers, SALT],
    );
    expect(sealVote({ ...VOTE, ranking: [1, 1] })).to.equal(keccak256(preimage));
  });

  it("refuse a value that does not fit its word", () => {
    expect(() => sealVote({ ...VOTE, goodAnswers: 2n ** 32n })).to.throw("out-of-bounds");
  });
});
