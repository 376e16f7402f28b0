import {
  type AddressLike,
  isError,
  resolveAddress,
  Signature,
  type Signer,
  type TypedDataDomain,
  TypedDataEncoder,
} from "ethers";

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
  /** What the token calls itself, where that is known. */
  readonly domain?: TypedDataDomain;
  /** Who signs; the owner, unless a test forges. */
  readonly signer?: Signer;
}

/** The EIP-712 domain that a token states of itself. */
export async function permitDomainOf(token: PermitToken): Promise<TypedDataDomain> {
  const { name, version, chainId, verifyingContract } = await token.eip712Domain();
  return { name, version, chainId, verifyingContract };
}

/** A token that may have EIP-2612 without EIP-5267, as USDC does. */
export interface OlderPermitToken extends PermitToken {
  name(): Promise<string>;
  DOMAIN_SEPARATOR(): Promise<string>;
  getAddress(): Promise<string>;
}

/** Versions that tokens without EIP-5267 give their domain: OpenZeppelin's first, and USDC's. */
const OLDER_VERSIONS = ["1", "2"] as const;

/**
 * The domain of a token's permits: as it states it, or else what its hash proves to be its domain.
 *
 * Throws the token's error where it has no permits.
 *
 * @returns `undefined` where its domain is of another form.
 */
export async function findPermitDomain(token: OlderPermitToken, chainId: bigint): Promise<TypedDataDomain | undefined> {
  try {
    return await permitDomainOf(token);
  } catch (error) {
    if (!isError(error, "CALL_EXCEPTION") && !isError(error, "BAD_DATA")) throw error;
  }
  const [name, separator, verifyingContract] = await Promise.all([
    token.name(),
    token.DOMAIN_SEPARATOR(),
    token.getAddress(),
  ]);
  const domains = OLDER_VERSIONS.map((version) => ({ name, version, chainId, verifyingContract }));
  return domains.find((domain) => TypedDataEncoder.hashDomain(domain) === separator);
}

/** Signs a permit with the owner's next nonce. */
export async function signPermit(request: PermitRequest): Promise<Signature> {
  const { token, owner, spender, value, deadline, signer = owner } = request;
  const domain = request.domain ?? (await permitDomainOf(token));
  const message = {
    owner: await owner.getAddress(),
    spender: await resolveAddress(spender),
    value,
    nonce: await token.nonces(owner),
    deadline,
  };
  return Signature.from(await signer.signTypedData(domain, PERMIT_TYPES, message));
}
