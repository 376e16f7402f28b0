import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { CLAIM, OTHER_CLAIM, usdc } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import {
  atSettleable,
  commitVoice,
  enter,
  finishEpoch,
  leave,
  openPools,
  percent,
  priceOfLock,
  type StakeWorld,
} from "../fixtures/stake.ts";

const LOCK = usdc(10);

describe("ConvictionMarket, when the buyer has sold a position whose voice is still at risk", () => {
  let world: StakeWorld;

  beforeEach(async () => {
    world = await load(openPools);
    await enter(world, world.supporter, { claimId: OTHER_CLAIM, lock: LOCK });
    await commitVoice(world, { user: world.supporter, claimId: OTHER_CLAIM, belief: percent(80n), meta: percent(50n) });
    await leave(world, world.supporter, { claimId: OTHER_CLAIM });
  });

  it("skims the whole lock of another purchase: the stake stands behind the voice", async () => {
    const { convictionMarket, supporter } = world;
    await expect(enter(world, supporter, { lock: LOCK, stake: 0n }))
      .to.emit(convictionMarket, "Bought")
      .withArgs(CLAIM, supporter, Side.Support, priceOfLock(LOCK), LOCK, priceOfLock(LOCK) - LOCK);
  });

  it("quotes that skim", async () => {
    const { convictionMarket, supporter } = world;
    const [, skim] = await convictionMarket.quoteBuy(supporter, CLAIM, Side.Support, priceOfLock(LOCK));
    expect(skim).to.equal(LOCK);
  });

  it("covers everything encumbered after another purchase", async () => {
    const { stakeVault, supporter } = world;
    await enter(world, supporter, { lock: LOCK, stake: 0n });
    expect(await stakeVault.totalStake(supporter)).to.equal(await stakeVault.encumbered(supporter));
  });

  it("skims what the new lock adds when the same claim is bought again for more", async () => {
    const { convictionMarket, supporter } = world;
    const [, skim] = await convictionMarket.quoteBuy(supporter, OTHER_CLAIM, Side.Support, priceOfLock(2n * LOCK));
    expect(skim).to.equal(LOCK);
  });

  it("skims nothing when the same claim is bought again for less", async () => {
    const { convictionMarket, supporter } = world;
    const [, skim] = await convictionMarket.quoteBuy(supporter, OTHER_CLAIM, Side.Support, priceOfLock(LOCK / 2n));
    expect(skim).to.equal(0n);
  });

  it("skims nothing once the voice is settled and its stake is back", async () => {
    const { convictionMarket, truthSerum, supporter } = world;
    await atSettleable(truthSerum, 0n);
    await finishEpoch(world, { claimId: OTHER_CLAIM });
    const [, skim] = await convictionMarket.quoteBuy(supporter, CLAIM, Side.Support, priceOfLock(LOCK));
    expect(skim).to.equal(0n);
  });
});
