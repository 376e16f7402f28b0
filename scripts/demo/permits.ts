import { Signature, type TypedDataDomain, TypedDataEncoder } from "ethers";
import { PERMIT_TYPES, permitDomainOf } from "../../sdk/permit.ts";
import type { TestUSDC } from "../../typechain-types/index.ts";
import type { DemoChain } from "./chain.ts";

/** An EIP-2612 permit as `commitWithPermit` takes it. */
export interface Permit {
  readonly deadline: bigint;
  readonly signature: Signature;
}

/** Signs permits for the accounts of a chain. It keeps count of nonces, so each permit must be used, in order. */
export class PermitSigner {
  readonly #chain: DemoChain;
  readonly #domain: TypedDataDomain;
  readonly #nonces = new Map<string, bigint>();

  private constructor(chain: DemoChain, domain: TypedDataDomain) {
    this.#chain = chain;
    this.#domain = domain;
  }

  /** A signer for `token`, by the EIP-712 domain that the token itself states. */
  static async for(chain: DemoChain, token: TestUSDC): Promise<PermitSigner> {
    return new PermitSigner(chain, await permitDomainOf(token));
  }

  /**
   * @param owner Whose tokens.
   * @param spender Who may take them.
   * @param value How many units.
   * @param deadline Last second at which the permit holds.
   */
  async sign(owner: string, spender: string, value: bigint, deadline: bigint): Promise<Permit> {
    const nonce = this.#nonces.get(owner) ?? 0n;
    this.#nonces.set(owner, nonce + 1n);
    const message = { owner, spender, value, nonce, deadline };
    const payload = TypedDataEncoder.getPayload(this.#domain, PERMIT_TYPES, message);
    return { deadline, signature: Signature.from(await this.#chain.signTypedData(owner, payload)) };
  }
}
