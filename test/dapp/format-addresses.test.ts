import { expect } from "chai";
import { getIcapAddress } from "ethers";
import { typedAddress } from "../../dapp/src/format/addresses.ts";

const ADDRESS = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

describe("typed addresses", () => {
  it("have their checksum, however they are typed", () => {
    for (const text of [ADDRESS, ` ${ADDRESS} `, ADDRESS.toLowerCase(), ADDRESS.slice(2), getIcapAddress(ADDRESS)]) {
      expect(typedAddress(text)).to.equal(ADDRESS);
    }
  });

  it("are none where something else is typed", () => {
    for (const text of ["", "0x", "ada.eth", ADDRESS.slice(0, -1), ADDRESS.replace("C5", "c5")]) {
      expect(typedAddress(text)).to.equal(undefined);
    }
  });
});
