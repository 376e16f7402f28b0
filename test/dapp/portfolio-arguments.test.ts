import { expect } from "chai";
import type { ArgumentRecord } from "../../dapp/src/pages/claim/arguments/history.ts";
import { argumentsOf } from "../../dapp/src/pages/portfolio/myArguments.ts";

const stake = { stakeId: 1n, staker: "author", amount: 50n, interest: 8n, endsAt: 200n, ending: undefined } as const;
const upvote = { ...stake, stakeId: 2n, staker: "reader", amount: 10n, interest: 5n, endsAt: 100n } as const;

const ARGUMENT: ArgumentRecord = {
  argumentId: 1n,
  claimId: "0x01",
  creator: "author",
  side: 0n,
  summary: "Because",
  body: "It is so.",
  createdAt: 1n,
  status: "live",
  stake,
  upvotes: [{ ...upvote, creatorShareBps: 5_000n }],
  marks: [],
};

describe("argumentsOf", () => {
  it("tells an author's arguments and stakes", () => {
    const { written, stakes } = argumentsOf([ARGUMENT], "author");
    expect(written).to.deep.equal([ARGUMENT]);
    expect(stakes).to.deep.equal([
      { stakeId: 1n, claimId: "0x01", summary: "Because", isUpvote: false, amount: 50n, interest: 8n, endsAt: 200n },
    ]);
  });

  it("tells an upvoter what of the interest is theirs", () => {
    const { written, stakes } = argumentsOf([ARGUMENT], "reader");
    expect(written).to.deep.equal([]);
    expect(stakes).to.have.length(1);
    expect(stakes[0]).to.include({ isUpvote: true, amount: 10n, interest: 3n });
  });

  it("promises no interest where the argument was found unhelpful, and lists it no more", () => {
    const unhelpful = { ...ARGUMENT, status: "unhelpful", stake: { ...stake, ending: "slashed" } } as const;
    expect(argumentsOf([unhelpful], "author")).to.deep.equal({ written: [], stakes: [] });
    expect(argumentsOf([unhelpful], "reader").stakes[0]?.interest).to.equal(0n);
  });

  it("puts the stake that ends first first, and leaves out those that were paid", () => {
    const other = { ...ARGUMENT, argumentId: 2n, stake: { ...stake, stakeId: 3n, endsAt: 150n } };
    const paid = { ...ARGUMENT, argumentId: 3n, stake: { ...stake, stakeId: 4n, ending: "paid" as const } };
    const { stakes } = argumentsOf([ARGUMENT, other, paid], "author");
    expect(stakes.map(({ stakeId }) => stakeId)).to.deep.equal([3n, 1n]);
  });
});
