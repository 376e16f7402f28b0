import type { ArtifactManager } from "hardhat/types/artifacts";

/**
 * Bytes of runtime code of every contract that is deployed in production: all of `contracts/` but mocks, interfaces,
 * abstract contracts and libraries that are compiled into their users.
 */
export async function measureSizes(artifacts: ArtifactManager): Promise<Record<string, bigint>> {
  const names = [...(await artifacts.getAllFullyQualifiedNames())].filter(isProduction).sort();
  const sizes: Record<string, bigint> = {};
  for (const name of names) {
    const { abi, contractName, deployedBytecode } = await artifacts.readArtifact(name);
    const isCallable = abi.some((entry) => entry.type === "function");
    if (deployedBytecode !== "0x" && isCallable) sizes[contractName] = BigInt((deployedBytecode.length - 2) / 2);
  }
  return sizes;
}

function isProduction(fullyQualifiedName: string): boolean {
  return fullyQualifiedName.startsWith("contracts/") && !fullyQualifiedName.startsWith("contracts/mocks/");
}
