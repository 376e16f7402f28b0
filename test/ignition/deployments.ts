import type { DeploymentParameters } from "@nomicfoundation/ignition-core";
import hre from "hardhat";
import { deployLocal, readParameters } from "../../ignition/deploy.ts";
import { marketParamsOf } from "../../ignition/preflight.ts";

/** The parameters of local chains, on an asset that is there already. */
export async function parametersOn(asset: string): Promise<DeploymentParameters> {
  const parameters = await readParameters("local");
  return { ...parameters, Market: { ...parameters.Market, asset } };
}

/** A local deployment whose guardian is not the deployer. */
export async function deploymentWithGuardian() {
  const connection = await hre.network.create();
  const [deployer, guardian, outsider] = await connection.ethers.getSigners();
  if (deployer === undefined || guardian === undefined || outsider === undefined) throw new Error("too few accounts");
  const parameters = { ...(await readParameters("local")), Authority: { guardian: guardian.address } };
  const deployment = await deployLocal(connection, parameters);
  return { deployer, guardian, outsider, deployment, rules: marketParamsOf(parameters) };
}
