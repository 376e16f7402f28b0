import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { DeploymentParameters } from "@nomicfoundation/ignition-core";
import type { NetworkConnection } from "hardhat/types/network";
import { type Deployment, deployProtocol, readParameters } from "../../ignition/deploy.ts";
import { TestUSDC__factory } from "../../typechain-types/index.ts";

/** Accounts around a handover, by what they are for. */
export interface People {
  deployer: HardhatEthersSigner;
  guardian: HardhatEthersSigner;
  /** Gets the parts of team, liquidity and partners of the first supply. */
  team: HardhatEthersSigner;
  /** Has no role. */
  outsider: HardhatEthersSigner;
}

/** The accounts of a chain. */
export async function peopleOf({ ethers }: NetworkConnection): Promise<People> {
  const [deployer, guardian, team, outsider] = await ethers.getSigners();
  if (deployer === undefined || guardian === undefined || team === undefined || outsider === undefined) {
    throw new RangeError("the chain has too few accounts");
  }
  return { deployer, guardian, team, outsider };
}

/** Parameters of a deployment, on an asset that is deployed for it, that ends with the handover. */
export async function handoverParameters(connection: NetworkConnection): Promise<DeploymentParameters> {
  const { deployer, guardian, team } = await peopleOf(connection);
  const asset = await (await new TestUSDC__factory(deployer).deploy()).getAddress();
  const parameters = await readParameters("local");
  const recipients = { team: team.address, liquidity: team.address, partners: team.address };
  return {
    ...parameters,
    Market: { ...parameters.Market, asset },
    Council: { ...parameters.Council, ...recipients },
    Handover: { guardian: guardian.address },
  };
}

/** The protocol and the people around it. */
export interface HandedOver extends Omit<Deployment, "deployer">, People {
  provider: NetworkConnection["ethers"]["provider"];
}

/** The protocol, handed over to the timelock. */
export async function handedOver(connection: NetworkConnection): Promise<HandedOver> {
  const deployment = await deployProtocol(connection, await handoverParameters(connection));
  return { ...deployment, ...(await peopleOf(connection)), provider: connection.ethers.provider };
}
