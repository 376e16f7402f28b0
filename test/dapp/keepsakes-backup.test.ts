import { expect } from "chai";
import { backupText, parseBackup, restoreBackup } from "../../dapp/src/keepsakes/backup.ts";
import { idOf, type Keepsake, sealed } from "../../dapp/src/keepsakes/keepsake.ts";
import type { KeepsakeStore } from "../../dapp/src/keepsakes/store.ts";
import { sealAnswer, sealVote } from "../../sdk/query/seal.ts";
import { sealBelief } from "../../sdk/stake/seal.ts";

const AT = {
  chainId: 31_337,
  contract: "0x5FbDB2315678afecb367f032d93F642f64180aa3",
  account: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
  salt: `0x${"5a".repeat(32)}`,
};
const SAVED_AT = 1_790_000_000_000;
const CLAIM = `0x${"c1".repeat(32)}`;

const belief = sealed(
  { ...AT, kind: "belief", claimId: CLAIM, epoch: 7n, belief: 6n * 10n ** 17n, meta: 4n * 10n ** 17n },
  SAVED_AT,
);
const answer = sealed(
  { ...AT, kind: "answer", queryId: 3n, contentHash: `0x${"ab".repeat(32)}`, uri: "ipfs://x" },
  SAVED_AT,
);
const vote = sealed({ ...AT, kind: "vote", queryId: 3n, ranking: [1, 0, 2], goodAnswers: 3n }, SAVED_AT);
const ALL: readonly Keepsake[] = [belief, answer, vote];

function entriesOf(text: string): Record<string, unknown>[] {
  return JSON.parse(text).keepsakes;
}

function fileOf(keepsakes: unknown, version = 1): string {
  return JSON.stringify({ format: "credence-keepsakes", version, keepsakes });
}

function changed(change: Record<string, unknown>): string {
  const [entry] = entriesOf(backupText([belief]));
  return fileOf([{ ...entry, ...change }]);
}

describe("dapp: backup of what was sealed", () => {
  it("seals as the contracts do", () => {
    const chainId = BigInt(AT.chainId);
    expect(belief.seal).to.equal(
      sealBelief({ ...belief, chainId, truthSerum: AT.contract, user: AT.account, salt: AT.salt }),
    );
    expect(answer.seal).to.equal(sealAnswer({ ...answer, chainId, queryEscrow: AT.contract }));
    expect(vote.seal).to.equal(sealVote({ ...vote, chainId, queryEscrow: AT.contract }));
  });

  it("gives back every kind as it was", () => {
    expect(parseBackup(backupText(ALL))).to.deep.equal({ keepsakes: ALL, problems: [] });
  });

  it("says of a file that is none of its own what is wrong with it", () => {
    for (const [text, words] of [
      ["PNG", "not JSON"],
      ["[]", "not a backup"],
      ['{"format":"other"}', "not a backup"],
      [fileOf([], 2), "another version"],
      [fileOf({}), "lost its list"],
    ] as const) {
      const { keepsakes, problems } = parseBackup(text);
      expect(keepsakes).to.deep.equal([]);
      expect(problems.join()).to.contain(words);
    }
  });

  it("names the fields that are wrong, and not what they hold", () => {
    const { problems } = parseBackup(changed({ epoch: 7, belief: "1000000000000000001", salt: "0xsecret" }));
    expect(problems).to.have.lengthOf(1);
    const [problem] = problems;
    for (const name of ["Entry 1", "epoch", "belief", "salt"]) expect(problem).to.contain(name);
    expect(problem).not.to.contain("0xsecret");
  });

  it("refuses an entry that does not make its seal", () => {
    const { keepsakes, problems } = parseBackup(changed({ belief: "1" }));
    expect(keepsakes).to.deep.equal([]);
    expect(problems.join()).to.contain("does not make its seal");
  });

  it("refuses an entry of an unknown kind, and one that is no object", () => {
    const { problems } = parseBackup(fileOf([{ kind: "constructor" }, null]));
    expect(problems).to.deep.equal([
      "Entry 1: it is neither a belief, nor an answer, nor a vote.",
      "Entry 2: it is no object.",
    ]);
  });

  it("takes the entries that are whole, with the others in the file", () => {
    const [first, ...rest] = entriesOf(backupText(ALL));
    const { keepsakes, problems } = parseBackup(fileOf([{ ...first, seal: "" }, ...rest]));
    expect(keepsakes).to.deep.equal([answer, vote]);
    expect(problems).to.have.lengthOf(1);
  });

  it("adds what is not kept yet", async () => {
    const kept = new Map<string, Keepsake>([[idOf(vote), vote]]);
    const store: KeepsakeStore = {
      all: async () => [...kept.values()],
      put: async (keepsake) => void kept.set(idOf(keepsake), keepsake),
      remove: async (keepsake) => void kept.delete(idOf(keepsake)),
    };
    const restored = await restoreBackup(backupText(ALL), store);
    expect(restored).to.deep.equal({ added: 2, known: 1, problems: [] });
    expect([...kept.keys()]).to.have.members(ALL.map(idOf));
  });
});
