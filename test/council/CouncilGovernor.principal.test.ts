import { expect } from "chai";
import type { BaseContract } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import { act, CLAIM, HOUR, usdc } from "../fixtures/amounts.ts";
import { creditOf, ID, UPVOTE } from "../fixtures/argument-stories.ts";
import { atEndOf, booksOf, CREATION_INTEREST, setRules, UPVOTE_INTEREST } from "../fixtures/arguments.ts";
import { ACT, PLEDGE } from "../fixtures/council.ts";
import { type Escrows, openEscrows } from "../fixtures/escrows.ts";
import { load, nextAt } from "../fixtures/protocol.ts";
import { endOf, settle } from "../fixtures/queries.ts";

/** A call by the timelock, and what it is refused with: the contract whose error it is, the error, and its arguments. */
type Refused = (world: Escrows) => [call: Promise<unknown>, by: BaseContract, error: string, ...facts: unknown[]];

/** Sends a call of a position's owner, which is somebody else. */
const ofStaker =
  (call: (staking: Escrows["council"]["councilStaking"], positionId: bigint) => Promise<unknown>): Refused =>
  ({ council: { councilStaking, staker }, governance, positionId }) => [
    call(councilStaking.connect(governance), positionId),
    councilStaking,
    "NotPositionOwner",
    positionId,
    governance,
    staker,
  ];

/** The same of a belief market, where the author has the first position. */
const ofBeliever =
  (call: (market: Escrows["market"]) => Promise<unknown>): Refused =>
  ({ market, forum: { author }, governance }) => [
    call(market.connect(governance)),
    market,
    "NotPositionOwner",
    1n,
    governance,
    author,
  ];

/** Sends a call of the serum's to the vault. */
const ofSerum =
  (
    call: (
      vault: Escrows["forum"]["stakeVault"],
      forum: Escrows["forum"],
      governance: Escrows["governance"],
    ) => Promise<unknown>,
  ): Refused =>
  ({ forum, governance }) => [
    call(forum.stakeVault.connect(governance), forum, governance),
    forum.stakeVault,
    "NotSerum",
    governance,
    forum.truthSerum,
  ];

const REFUSED: Readonly<Record<string, Refused>> = {
  "closes a position": ofStaker((staking, id) => staking.unstake(id)),
  "closes a position early": ofStaker((staking, id) => staking.unstakeEarly(id)),
  "locks a position": ofStaker((staking, id) => staking.extendLock(id, 180n)),
  "stakes for itself what others would": ({ council: { councilStaking }, governance }) => [
    councilStaking.connect(governance).stakeFor(governance, PLEDGE, 0n),
    councilStaking,
    "NotDistributor",
    governance,
  ],
  "binds the distributor again": ({ council: { rewardsDistributor, councilStaking }, governance }) => [
    rewardsDistributor.connect(governance).bind(governance),
    rewardsDistributor,
    "AlreadyBound",
    councilStaking,
  ],
  "gives itself weight": ({ council: { rewardsDistributor }, governance }) => [
    rewardsDistributor.connect(governance).onStakeChanged(governance, PLEDGE, true),
    rewardsDistributor,
    "NotStaking",
    governance,
  ],
  "claims without a stake": ({ council: { rewardsDistributor }, governance }) => [
    rewardsDistributor.connect(governance).claim(),
    rewardsDistributor,
    "RewardTooSmall",
    governance,
    0n,
    ACT(1),
  ],
  "moves staked tokens by the token": ({ council: { token, councilStaking }, governance }) => [
    token.connect(governance).transferFrom(councilStaking, governance, PLEDGE),
    token,
    "ERC20InsufficientAllowance",
    governance,
    0n,
    PLEDGE,
  ],
  "burns staked tokens": ({ council: { token, councilStaking }, governance }) => [
    token.connect(governance).burnFrom(councilStaking, PLEDGE),
    token,
    "ERC20InsufficientAllowance",
    governance,
    0n,
    PLEDGE,
  ],
  "takes back a session that is not its own": ({ council: { councilChamber, outsider }, governance }) => [
    councilChamber.connect(governance).cancelSession(1n),
    councilChamber,
    "NotOpener",
    1n,
    governance,
    outsider,
  ],
  "withdraws what the chamber holds": ({ council: { councilChamber }, governance }) => [
    councilChamber.connect(governance).withdraw(),
    councilChamber,
    "CreditZero",
    governance,
  ],
  "withdraws from a position in a belief market": ofBeliever((market) => market.withdraw(1n)),
  "leaves a belief market early for another": ofBeliever((market) => market.exitEarly(1n)),
  "claims what a position in a belief market has earned": ofBeliever((market) => market.claimRewards(1n)),
  "debits the vault, with the role of the serum": ofSerum((vault, { supporter }) => vault.debit(supporter, usdc(6))),
  "credits itself from the vault, with the role of the serum": ofSerum((vault, _, governance) =>
    vault.credit(governance, 1n),
  ),
  "puts stake at risk, with the role of the serum": ofSerum((vault, { supporter }) =>
    vault.setAtRisk(supporter, CLAIM, usdc(6)),
  ),
  "locks the vault, with the role of the venue": ({ forum, governance }) => [
    forum.stakeVault.connect(governance).setLock(forum.supporter, CLAIM, Side.Support, usdc(6)),
    forum.stakeVault,
    "NotVenue",
    governance,
    forum.convictionMarket,
  ],
  "binds the vault again": ({ forum: { stakeVault, convictionMarket, truthSerum }, governance }) => [
    stakeVault.connect(governance).bind(governance, governance),
    stakeVault,
    "AlreadyBound",
    convictionMarket,
    truthSerum,
  ],
  "withdraws what others deposited in the vault": ({ forum: { stakeVault }, governance }) => [
    stakeVault.connect(governance).withdraw(1n),
    stakeVault,
    "WithdrawableExceeded",
    1n,
    0n,
  ],
  "sells what others bought": ({ forum: { convictionMarket }, governance }) => [
    convictionMarket.connect(governance).sell(CLAIM, Side.Support, 1n, 0n),
    convictionMarket,
    "HoldingExceeded",
    1n,
    0n,
  ],
  "deletes an argument that is not its own": ({ forum: { argumentStaking, author }, governance }) => [
    argumentStaking.connect(governance).deleteArgument(ID),
    argumentStaking,
    "NotCreator",
    ID,
    governance,
    author,
  ],
  "withdraws what arguments hold": ({ forum: { argumentStaking }, governance }) => [
    argumentStaking.connect(governance).withdraw(),
    argumentStaking,
    "CreditZero",
    governance,
  ],
  "withdraws what the query escrow holds": ({ forum: { queryEscrow }, governance }) => [
    queryEscrow.connect(governance).withdraw(),
    queryEscrow,
    "CreditZero",
    governance,
  ],
};

describe("CouncilGovernor, and money that is not the treasury's", () => {
  let world: Escrows;

  beforeEach(async () => {
    world = await load(openEscrows);
  });

  describe("when the timelock has every role and calls", () => {
    for (const [name, refused] of Object.entries(REFUSED)) {
      it(`reverts when it ${name}`, async () => {
        const [call, by, error, ...facts] = refused(world);
        await expect(call)
          .to.be.revertedWithCustomError(by, error)
          .withArgs(...facts);
      });
    }
  });

  describe("when the timelock has called all that only it may, short of finding arguments unhelpful", () => {
    /** Every restricted function of the contracts that hold money, but for those above. */
    const callAll = async () => {
      const { council, forum, governance } = world;
      const { argumentStaking, queryEscrow, convictionMarket, truthSerum, rankRegistry } = forum;
      const { councilStaking, councilChamber } = council;
      for (const target of [councilStaking, councilChamber, argumentStaking, queryEscrow, convictionMarket]) {
        await target.connect(governance).pauseEntries();
        await target.connect(governance).unpauseEntries();
      }
      await truthSerum.connect(governance).pauseCommits();
      await truthSerum.connect(governance).unpauseCommits();
      await councilChamber.connect(governance).setSquareRoot(true);
      for (const target of [argumentStaking, queryEscrow]) {
        await target.connect(governance).setRecorder(council.rewardsDistributor);
      }
      await setRules({ ...forum, deployer: governance }, { period: HOUR, interestRateBps: 0n, upvoteStake: 1n });
      await rankRegistry.connect(governance).setRanks([forum.asker], [42n]);
      await council.rewardsDistributor.connect(governance).recordVote(governance);
      await council.rewardsDistributor.connect(governance).recordParticipation(governance);
    };

    it("leaves all balances as they are", async () => {
      const { council, forum, market } = world;
      const held = async () => [
        await council.token.balanceOf(council.councilStaking),
        await council.token.balanceOf(council.councilChamber),
        ...(await Promise.all(
          [market, forum.stakeVault, forum.convictionMarket, forum.queryEscrow].map((it) => forum.token.balanceOf(it)),
        )),
      ];
      const before = await held();
      await callAll();
      expect(await held()).to.deep.equal(before);
    });

    it("leaves what arguments owe as it is", async () => {
      const { forum, argumentToken } = world;
      const before = await booksOf(forum, argumentToken);
      await callAll();
      expect(await booksOf(forum, argumentToken)).to.deep.equal(before);
    });

    it("leaves running stakes and their interest to those whose they are", async () => {
      const { forum } = world;
      await callAll();
      await atEndOf(forum, UPVOTE);
      await forum.argumentStaking.processExpired(2n);
      expect([await creditOf(forum, forum.author), await creditOf(forum, forum.supporter)]).to.deep.equal([
        act(50) + CREATION_INTEREST + UPVOTE_INTEREST / 2n,
        act(10) + UPVOTE_INTEREST / 2n,
      ]);
    });

    it("leaves the stake of a query that nobody answers to who asked", async () => {
      const { forum } = world;
      await callAll();
      await nextAt(await endOf(forum, 1n, "opening"));
      await settle(forum, 1n);
      expect(await forum.queryEscrow.credited(forum.asker)).to.equal(usdc(35));
    });

    it("lets the staker leave while entries are paused", async () => {
      const { council, governance, positionId } = world;
      await council.councilStaking.connect(governance).pauseEntries();
      await expect(council.councilStaking.connect(council.staker).unstake(positionId)).to.changeTokenBalances(
        council.ethers,
        council.token,
        [council.councilStaking, council.staker],
        [-PLEDGE, PLEDGE],
      );
    });
  });
});
