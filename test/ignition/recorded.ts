import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeploymentParameters } from "@nomicfoundation/ignition-core";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { type Inspected, type Inspection, inspectDeployment } from "../../ignition/check/inspect.ts";
import { type Deployment, deployProtocol } from "../../ignition/deploy.ts";
import type { DeploymentRecord } from "../../ignition/record.ts";
import { recordOf } from "../../ignition/recording.ts";
import { handoverParameters, type People, peopleOf } from "../roles/handed-over.ts";
import { connectTo, startChain } from "./chains.ts";

/** A deployment on a chain behind JSON-RPC, with its record. */
export interface Recorded {
  readonly connection: NetworkConnection;
  readonly deployment: Deployment;
  readonly people: People;
  /** As its file has them. */
  readonly parameters: DeploymentParameters;
  readonly record: DeploymentRecord;
  /** Ignition's folder. */
  readonly folder: string;
  /** Compares the chain with the record and the parameters, or with others. */
  inspect(changed?: Partial<Inspected>): Promise<Inspection>;
  close(): Promise<void>;
}

/** Ignition's journal of a local chain. */
export function journalIn(folder: string): string {
  return join(folder, "deployments", "chain-31337");
}

/** Deploys the protocol on a new chain, with the handover or without. */
export async function deployRecorded(kind: "handed over" | "not handed over"): Promise<Recorded> {
  const folder = await mkdtemp(join(tmpdir(), "ignition-"));
  const chain = await startChain();
  const connection = await connectTo(chain.url, folder);
  const { Handover, ...others } = await handoverParameters(connection);
  const parameters = kind === "handed over" && Handover !== undefined ? { ...others, Handover } : others;
  const deployment = await deployProtocol(connection, parameters);
  const record = await recordOf(connection, { deployment, parameters, journal: journalIn(folder) });
  const { artifacts } = hre;
  return {
    ...{ connection, deployment, parameters, record, folder },
    people: await peopleOf(connection),
    inspect: (changed) => inspectDeployment(connection, { record, parameters, artifacts, ...changed }),
    async close() {
      await chain.close();
      await rm(folder, { recursive: true });
    },
  };
}
