declare module "virtual:networks" {
  import type { Network } from "./chain/network.ts";

  /** The networks that this build knows, at least one; the first is shown to who has no wallet. */
  export const networks: readonly [Network, ...Network[]];
}

/** Whether one of the networks of this build is a local chain: only then is a test wallet part of it. */
declare const __HAS_LOCAL_CHAIN__: boolean;
