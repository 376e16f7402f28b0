import { expect } from "chai";
import { act } from "../fixtures/amounts.ts";
import { creditOf, expectFound, mark, OWN, UPVOTE } from "../fixtures/argument-stories.ts";
import { argue, atEndOf, booksOf, CREATION_INTEREST, UPVOTE_INTEREST } from "../fixtures/arguments.ts";
import { type Escrows, openEscrows } from "../fixtures/escrows.ts";
import { load } from "../fixtures/protocol.ts";

/** More stakes than there are. */
const ALL = 10n;

describe("CouncilGovernor, and slashers whom it names", () => {
  let world: Escrows;

  beforeEach(async () => {
    world = await load(openEscrows);
  });

  describe("when the timelock is one, and finds an argument unhelpful", () => {
    it("takes the running stake of who wrote it, and the upvotes' interest", async () => {
      const found = { slashed: act(50), reward: act("12.5"), freed: CREATION_INTEREST + UPVOTE_INTEREST };
      await expectFound(world.forum, mark(world.forum, world.governance), found);
    });

    it("pays nothing out, and owes as much as before", async () => {
      const { forum, argumentToken, governance } = world;
      const { owed, balance } = await booksOf(forum, argumentToken);
      await mark(forum, governance);
      expect(await booksOf(forum, argumentToken)).to.include({ owed, balance });
    });

    it("gives who upvoted it their whole stake back", async () => {
      const { forum, argumentToken, governance } = world;
      const { argumentStaking, supporter } = forum;
      await mark(forum, governance);
      await atEndOf(forum, UPVOTE);
      await argumentStaking.processExpired(ALL);
      await expect(argumentStaking.connect(supporter).withdraw()).to.changeTokenBalances(
        forum.ethers,
        argumentToken,
        [argumentStaking, supporter],
        [-act(10), act(10)],
      );
    });

    it("leaves a stake on another argument with its interest", async () => {
      const { forum, governance } = world;
      const argumentId = await argue({ ...forum, token: world.argumentToken }, { by: forum.challenger });
      const { creationStakeId } = await forum.argumentStaking.argument(argumentId);
      await mark(forum, governance);
      await atEndOf(forum, creationStakeId);
      await forum.argumentStaking.processExpired(ALL);
      expect(await creditOf(forum, forum.challenger)).to.equal(act(50) + CREATION_INTEREST);
    });

    it("takes nothing of a stake that has ended", async () => {
      const { forum, governance } = world;
      await atEndOf(forum, OWN);
      await mark(forum, governance);
      const credits = [await creditOf(forum, forum.author), await creditOf(forum, governance)];
      expect(credits).to.deep.equal([act(50) + CREATION_INTEREST, 0n]);
    });
  });
});
