import { expect } from "chai";
import { keccak256, toBeHex } from "ethers";
import { sealBelief } from "../../sdk/stake/seal.ts";
import { ADDRESSES, ALICE, BOB, CLAIM, OTHER_CLAIM, SALT } from "./stake-fixtures.ts";

const SEALED = {
  chainId: 31_337n,
  truthSerum: ADDRESSES.serum,
  claimId: CLAIM,
  epoch: 3n,
  user: ALICE,
  belief: 7n * 10n ** 17n,
  meta: 10n ** 18n,
  salt: SALT,
};

describe("stake seal", () => {
  it("is the hash of eight words of 32 bytes in the order of the contract", () => {
    const { chainId, truthSerum, claimId, epoch, user, belief, meta, salt } = SEALED;
    const words = [chainId, truthSerum, claimId, epoch, user, belief, meta, salt].map((word) => toBeHex(word, 32));
    const preimage = words.map((word) => word.slice(2)).join("");
    expect(sealBelief(SEALED)).to.equal(keccak256(`0x${preimage}`));
  });

  for (const [what, changed] of Object.entries({
    "another chain": { chainId: 1n },
    "another contract": { truthSerum: ADDRESSES.vault },
    "another claim": { claimId: OTHER_CLAIM },
    "another epoch": { epoch: 4n },
    "another person": { user: BOB },
    "another belief": { belief: 7n * 10n ** 17n + 1n },
    "another meta-prediction": { meta: 0n },
    "another salt": { salt: CLAIM },
  })) {
    it(`is another seal on ${what}`, () => {
      expect(sealBelief({ ...SEALED, ...changed })).to.not.equal(sealBelief(SEALED));
    });
  }

  it("refuses a value that does not fit its word", () => {
    expect(() => sealBelief({ ...SEALED, belief: 2n ** 64n })).to.throw("out-of-bounds");
  });
});
