import { AssetBook } from "../assets.ts";
import { CredenceError } from "../errors.ts";
import { sum } from "../math.ts";
import { EventLog } from "./events.ts";
import { SerumModel, type SerumSetup } from "./serum.ts";
import { VaultModel } from "./vault.ts";
import { VenueModel } from "./venue.ts";

/**
 * Reference model of the stake system: vault, venue and serum on one asset, written the long way round, to compare the
 * contracts with. Nothing is kept that can be computed from a list of what happened.
 */
export class StakeModel {
  readonly setup: SerumSetup;
  readonly assets: AssetBook;
  readonly events = new EventLog();
  readonly vault: VaultModel;
  readonly venue: VenueModel;
  readonly serum: SerumModel;

  /** @param assets The asset, where other mechanisms share it. */
  constructor(setup: SerumSetup, assets = new AssetBook()) {
    const { addresses } = setup;
    this.setup = setup;
    this.assets = assets;
    this.vault = new VaultModel(addresses, this.assets, this.events);
    this.venue = new VenueModel(addresses, this.assets, this.vault, this.events);
    this.serum = new SerumModel(setup, this.venue, this.vault, this.events);
  }

  /**
   * Throws a `CredenceError` where a unit of the asset is missing or too many: the vault holds stakes and pots, the
   * pots are what serum and winners are owed, and the venue holds the reserves.
   */
  checkConservation(): void {
    const { vault, venue, serum, assets } = this;
    const owed = sum(serum.claims().map((claimId) => serum.potsOf(claimId)));
    const books = {
      vault: assets.balanceOf(this.setup.addresses.vault) - vault.stakes() - vault.pots(),
      pots: vault.pots() - owed,
      venue: assets.balanceOf(this.setup.addresses.venue) - venue.reserves(),
    };
    if (Object.values(books).some((difference) => difference !== 0n)) {
      throw new CredenceError("the books do not add up", books);
    }
  }
}
