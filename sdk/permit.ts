import { type AddressLike, resolveAddress, Signature, type Signer, type TypedDataDomain } from "ethers";

/** The EIP-712 type that EIP-2612 signs. */
export const PERMIT_TYPES = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};

/** What a permit needs of its token: EIP-5267 and EIP-2612, as TypeChain types them. */
export interface PermitToken {
  eip712Domain(): Promise<{ name: string; version: string; chainId: bigint; verifyingContract: string }>;
  nonces(owner: AddressLike): Promise<bigint>;
}

/** A permit to be signed. */
export interface PermitRequest {
  readonly token: PermitToken;
  /** Whose tokens. */
  readonly owner: Signer;
  /** Who may take them. */
  readonly spender: AddressLike;
  /** How many units. */
  readonly value: bigint;
  /** Last second at which the permit holds. */
  readonly deadline: bigint;
  /** Who signs; the owner, unless a test forges. */
  readonly signer?: Signer;
}

/** The EIP-712 domain that a token states of itself. */
export async function permitDomainOf(token: PermitToken): Promise<TypedDataDomain> {
  const { name, version, chainId, verifyingContract } = await token.eip712Domain();
  return { name, version, chainId, verifyingContract };
}

/** Signs a permit with the owner's next nonce. */
export async function signPermit(request: PermitRequest): Promise<Signature> {
  const { token, owner, spender, value, deadline, signer = owner } = request;
  const message = {
    owner: await owner.getAddress(),
    spender: await resolveAddress(spender),
    value,
    nonce: await token.nonces(owner),
    deadline,
  };
  return Signature.from(await signer.signTypedData(await permitDomainOf(token), PERMIT_TYPES, message));
}
