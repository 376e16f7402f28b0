import { expect } from "chai";
import { JailRecord, MAX_JAILED_UNTIL, MAX_SLASHES } from "../../sdk/argument/jail.ts";

const PERIOD = 100n;

describe("argument staking: jail", () => {
  let jail: JailRecord;
  beforeEach(() => {
    jail = new JailRecord();
  });

  /** Slashes, jail and upvotes, as they are counted now. */
  const counted = () => [jail.slashCount, jail.until, jail.upvotes];

  it("nobody is in it at first", () => {
    expect(counted()).to.deep.equal([0n, 0n, 0n]);
  });

  it("lasts a period for the first slash", () => {
    jail.slash(1_000n, PERIOD);
    expect(counted()).to.deep.equal([1n, 1_100n, 0n]);
  });

  it("lasts two periods for the second slash, though the first jail is over", () => {
    jail.slash(1_000n, PERIOD);
    jail.slash(5_000n, PERIOD);
    expect(counted()).to.deep.equal([2n, 5_200n, 0n]);
  });

  it("is not made shorter by a slash under a shorter period", () => {
    jail.slash(1_000n, 10n * PERIOD);
    jail.slash(1_010n, PERIOD);
    expect(counted()).to.deep.equal([2n, 2_000n, 0n]);
  });

  it("an upvote during it counts", () => {
    jail.slash(1_000n, PERIOD);
    expect([jail.upvote(1_099n, 2n), ...counted()]).to.deep.equal([false, 1n, 1_100n, 1n]);
  });

  it("an upvote in the second of its end does not count", () => {
    jail.slash(1_000n, PERIOD);
    expect([jail.upvote(1_100n, 1n), ...counted()]).to.deep.equal([false, 1n, 1_100n, 0n]);
  });

  it("an upvote without a jail does not count", () => {
    expect([jail.upvote(1_000n, 1n), ...counted()]).to.deep.equal([false, 0n, 0n, 0n]);
  });

  it("the last upvote needed ends it and forgets the slashes", () => {
    jail.slash(1_000n, PERIOD);
    jail.slash(1_001n, PERIOD);
    jail.upvote(1_002n, 2n);
    expect([jail.upvote(1_003n, 2n), ...counted()]).to.deep.equal([true, 0n, 0n, 0n]);
  });

  it("a slash forgets the upvotes before", () => {
    jail.slash(1_000n, PERIOD);
    jail.upvote(1_001n, 2n);
    jail.slash(1_002n, PERIOD);
    expect([jail.upvote(1_003n, 2n), jail.upvotes]).to.deep.equal([false, 1n]);
  });

  it("fewer upvotes needed than there are end it at the next one", () => {
    jail.slash(1_000n, PERIOD);
    for (let count = 0; count < 3; count++) jail.upvote(1_001n, 5n);
    expect(jail.upvote(1_002n, 2n)).to.equal(true);
  });

  it("lasts no longer than an instant of 40 bits", () => {
    jail.slash(MAX_JAILED_UNTIL - 50n, PERIOD);
    expect(jail.until).to.equal(MAX_JAILED_UNTIL);
  });

  it("counts no more than 65,535 slashes", () => {
    for (let slash = 0n; slash <= MAX_SLASHES; slash++) jail.slash(0n, 1n);
    expect(counted()).to.deep.equal([65_535n, 65_535n, 0n]);
  });
});
