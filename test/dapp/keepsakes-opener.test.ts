import { expect } from "chai";
import { idOf, keepsakesAt, openerOf, sealed } from "../../dapp/src/keepsakes/keepsake.ts";

const AT = {
  kind: "belief",
  chainId: 31_337,
  contract: "0x5fbdb2315678afecb367f032d93f642f64180aa3",
  account: "0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
  claimId: `0x${"c1".repeat(32)}`,
  epoch: 7n,
  belief: 6n * 10n ** 17n,
  meta: 4n * 10n ** 17n,
} as const;

const older = sealed({ ...AT, salt: `0x${"01".repeat(32)}` }, 1_000);
const newer = sealed({ ...AT, salt: `0x${"02".repeat(32)}` }, 2_000);

describe("dapp: choosing what opens a seal", () => {
  it("takes the one whose seal is on chain, however old", () => {
    expect(openerOf([older, newer], older.seal)).to.equal(older);
    expect(openerOf([older, newer], older.seal.toUpperCase().replace("0X", "0x"))).to.equal(older);
  });

  it("takes none where another was sealed", () => {
    expect(openerOf([older, newer], `0x${"00".repeat(32)}`)).to.equal(undefined);
  });

  it("takes the newest while the seal is not known", () => {
    expect(openerOf([older, newer], undefined)).to.equal(newer);
    expect(openerOf([], undefined)).to.equal(undefined);
  });

  it("keeps both where something is sealed again", () => {
    expect(idOf(older)).not.to.equal(idOf(newer));
  });

  it("finds those of a kind, a chain and a contract", () => {
    const elsewhere = sealed({ ...AT, chainId: 1, salt: older.salt });
    const all = [older, elsewhere, newer];
    expect(keepsakesAt(all, "belief", AT)).to.deep.equal([older, newer]);
    expect(keepsakesAt(all, "vote", AT)).to.deep.equal([]);
  });
});
