import { expect } from "chai";
import { Role } from "../../sdk/roles.ts";
import { type DollarProtocol, load, protocolFixture } from "../fixtures/protocol.ts";

describe("RankRegistry.constructor", () => {
  let protocol: DollarProtocol;

  beforeEach(async () => {
    protocol = await load(protocolFixture);
  });

  it("keeps the authority", async () => {
    expect(await protocol.rankRegistry.authority()).to.equal(protocol.authority);
  });

  it("knows rank 0 of anyone", async () => {
    expect(await protocol.rankRegistry.rankOf(protocol.outsider)).to.equal(0n);
  });

  for (const actor of ["deployer", "guardian", "author"] as const) {
    it(`reverts when the ${actor} sets a rank: nobody may at first`, async () => {
      await expect(protocol.rankRegistry.connect(protocol[actor]).setRanks([protocol.author], [1n]))
        .to.be.revertedWithCustomError(protocol.rankRegistry, "AccessManagedUnauthorized")
        .withArgs(protocol[actor]);
    });
  }

  it("asks for the role of a registrar to set ranks", async () => {
    const { selector } = protocol.rankRegistry.interface.getFunction("setRanks");
    expect(await protocol.authority.getTargetFunctionRole(protocol.rankRegistry, selector)).to.equal(Role.Registrar);
  });
});
