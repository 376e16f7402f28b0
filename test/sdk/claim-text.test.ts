import { expect } from "chai";
import { claimIdOf } from "../../sdk/claims.ts";
import { claimTextIn, withClaimText } from "../../sdk/market/claim-text.ts";
import { BeliefFactory__factory } from "../../typechain-types/index.ts";
import { RULES } from "../fixtures/amounts.ts";

const factory = BeliefFactory__factory.createInterface();

const TEXT = "Zürich is the capital of Switzerland";
const ID = claimIdOf(TEXT);

describe("the text of a claim after a call's data", () => {
  const calls = {
    createMarket: factory.encodeFunctionData("createMarket", [ID, 5_000_000n]),
    createMarketWithParams: factory.encodeFunctionData("createMarketWithParams", [ID, 0n, RULES]),
  };

  for (const [name, data] of Object.entries(calls)) {
    it(`is found after ${name}`, () => {
      expect(claimTextIn(withClaimText(data, TEXT), ID)).to.equal(TEXT);
    });

    it(`leaves what ${name} is called with as it is`, () => {
      const [claimId] = factory.decodeFunctionData(name, withClaimText(data, TEXT));
      expect(claimId).to.equal(ID);
    });

    it(`is none after ${name} alone`, () => {
      expect(claimTextIn(data, ID)).to.equal(undefined);
    });
  }

  it("is none where it is another claim's", () => {
    expect(claimTextIn(withClaimText(calls.createMarket, "Bern is the capital of Switzerland"), ID)).to.equal(
      undefined,
    );
  });

  it("is none where the bytes are no UTF-8", () => {
    expect(claimTextIn(`${calls.createMarket}ff`, ID)).to.equal(undefined);
  });

  it("is none after a call of something else", () => {
    const data = factory.encodeFunctionData("marketOf", [ID]);
    expect(claimTextIn(withClaimText(data, TEXT), ID)).to.equal(undefined);
  });
});
