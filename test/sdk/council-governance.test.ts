import { expect } from "chai";
import { countedVotesDown, isApproved, isPassed, isQuorumReached, quorumDown } from "../../sdk/council/governance.ts";

const votes = (inFavour: bigint, against: bigint, abstain = 0n) => ({ for: inFavour, against, abstain });

describe("council governance", () => {
  it("approves from 66 % of those for and against on", () => {
    expect([votes(66n, 34n), votes(65n, 34n)].map((each) => isApproved(each, 6_600n))).to.deep.equal([true, false]);
  });

  it("does not count those who abstain as against", () => {
    expect(isApproved(votes(66n, 34n, 1_000n), 6_600n)).to.equal(true);
  });

  it("approves nothing without a vote for it", () => {
    expect(isApproved(votes(0n, 0n, 1_000n), 6_600n)).to.equal(false);
  });

  it("needs a tenth of all power, rounded down", () => {
    expect(quorumDown(1_009n, 10n)).to.equal(100n);
  });

  it("counts those for and those who abstain for the quorum", () => {
    const counts = [votes(60n, 0n, 40n), votes(60n, 500n, 39n)];
    expect(counts.map((each) => isQuorumReached(each, 100n))).to.deep.equal([true, false]);
  });

  it("passes with quorum and approval alone", () => {
    const counts = [votes(66n, 34n, 34n), votes(66n, 34n, 33n), votes(66n, 35n, 34n)];
    expect(counts.map((each) => isPassed(each, 100n, 6_600n))).to.deep.equal([true, false, false]);
  });

  it("counts votes up to the largest share, rounded down", () => {
    expect([99n, 100n, 101n].map((each) => countedVotesDown(each, 1_009n, 1_000n))).to.deep.equal([99n, 100n, 100n]);
  });

  it("counts all votes where the largest share is all", () => {
    expect(countedVotesDown(900n, 1_000n, 10_000n)).to.equal(900n);
  });
});
