import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getAddress, id, isAddress } from "ethers";
import { z } from "zod/v4";
import { CONTRACT_NAMES, type ContractName } from "./contracts.ts";
import { DeploymentError, NothingToDoError } from "./errors.ts";

/** Version of the record's form. A reader of one form knows no other. */
export const RECORD_FORMAT = 1;

/** Folder of the records, `deployments/`. */
export const RECORDS_FOLDER = fileURLToPath(new URL("../deployments", import.meta.url));

const addressSchema = z
  .string()
  .refine((text) => isAddress(text), { error: "an address", abort: true })
  .transform((text) => getAddress(text));
const hashSchema = z.string().regex(/^0x[0-9a-f]{64}$/, "32 bytes in hexadecimal");
const blockSchema = z.int("a block number").nonnegative("a block number");

const contractSchema = z.strictObject({
  address: addressSchema,
  block: blockSchema,
  transaction: hashSchema,
  abiHash: hashSchema,
});
const contractSchemas = Object.fromEntries(CONTRACT_NAMES.map((name) => [name, contractSchema])) as Record<
  ContractName,
  typeof contractSchema
>;

const parameterSchema = z.union([
  z
    .string()
    .regex(/^\d+$/)
    .transform((digits) => BigInt(digits)),
  addressSchema,
  z.boolean(),
]);

const recordSchema = z.strictObject({
  format: z.literal(RECORD_FORMAT),
  network: z.string().min(1),
  chainId: z.int().positive(),
  deployer: addressSchema,
  contracts: z.strictObject({ ...contractSchemas, TestUSDC: contractSchema.optional() }),
  asset: addressSchema,
  parameters: z.record(z.string(), z.record(z.string(), parameterSchema)),
  handover: z.strictObject({ guardian: addressSchema, block: blockSchema, transaction: hashSchema }).nullable(),
});

/** Where a contract is, and the transaction that made it. */
export type RecordedContract = z.infer<typeof contractSchema>;

/** A parameter as it was deployed with: a whole number, an address, or yes or no. */
export type RecordedParameter = z.infer<typeof parameterSchema>;

/** What there is to know of a deployment without asking its chain. */
export type DeploymentRecord = z.infer<typeof recordSchema>;

/**
 * Hash of an ABI: keccak256 of its entries as JSON without white space, the keys of each in alphabetical order, and the
 * entries in the order of their texts. Two that say the same have the same, however they are written down.
 */
export function abiHashOf(abi: readonly unknown[]): string {
  return id(
    `[${abi
      .map((entry) => JSON.stringify(inOrder(entry)))
      .toSorted()
      .join(",")}]`,
  );
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}

/** The file of a network's record. */
export function recordFileOf(network: string, folder = RECORDS_FOLDER): string {
  return join(folder, `${network}.json`);
}

/**
 * Reads what is deployed on a network.
 *
 * @param network A network of the Hardhat config.
 * @param folder Where records are, by default `deployments/`.
 * @throws NothingToDoError where nothing is; DeploymentError for a record that is broken, or of another form.
 */
export async function readRecord(network: string, folder = RECORDS_FOLDER): Promise<DeploymentRecord> {
  const file = recordFileOf(network, folder);
  const text = await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "ENOENT")
      throw new DeploymentError("The deployment's record cannot be read", { file }, { cause });
    const problem = `Nothing is deployed on ${network}, as far as the records tell: run \`npm run deploy -- --network ${network}\``;
    throw new NothingToDoError(problem, { missing: file }, { cause });
  });
  return parseRecord(text, file);
}

/**
 * Understands the text of a record.
 *
 * @param file Where it stands, for the message of an error.
 * @throws DeploymentError where it is broken, or of another form.
 */
export function parseRecord(text: string, file: string): DeploymentRecord {
  const given = parseJson(text, file);
  const { format } = z.object({ format: z.unknown() }).catch({ format: undefined }).parse(given);
  if (format !== RECORD_FORMAT) {
    const problem =
      `The deployment's record has another form than ${RECORD_FORMAT}, the one that is known here: ` +
      "`npm run deploy` again writes it anew, and sends nothing where the deployment is complete";
    throw new DeploymentError(problem, { file, format: String(format) });
  }
  const parsed = recordSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`).join("\n");
  throw new DeploymentError(`The deployment's record is broken:\n${complaints}\n${REMEDY}`, { file });
}

const REMEDY = "`npm run deploy` again writes it anew from Ignition's journal";

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DeploymentError(`The deployment's record is no JSON: ${REMEDY}`, { file }, { cause });
  }
}

/**
 * Writes a record, whole or not at all, over the network's earlier one.
 *
 * @returns The file.
 */
export async function writeRecord(record: DeploymentRecord, folder = RECORDS_FOLDER): Promise<string> {
  const file = recordFileOf(record.network, folder);
  await mkdir(folder, { recursive: true });
  const unfinished = `${file}.${process.pid}.tmp`;
  await writeFile(unfinished, serializeRecord(record), { flush: true });
  await rename(unfinished, file);
  return file;
}

/** The text of a record: the same one for the same deployment, whatever order its parts were put together in. */
export function serializeRecord(record: DeploymentRecord): string {
  const { format, network, chainId, deployer, contracts, asset, parameters, handover } = record;
  const names = [...CONTRACT_NAMES, "TestUSDC"] as const;
  const listed = names.map((name) => {
    const contract = contracts[name];
    if (contract === undefined) return [name, undefined];
    const { address, block, transaction, abiHash } = contract;
    return [name, { address, block, transaction, abiHash }];
  });
  const ordered = {
    ...{ format, network, chainId, deployer, contracts: Object.fromEntries(listed), asset },
    parameters: inOrder(parameters),
    handover: handover && { guardian: handover.guardian, block: handover.block, transaction: handover.transaction },
  };
  const text = JSON.stringify(ordered, (_, value) => (typeof value === "bigint" ? String(value) : value), 2);
  return `${text}\n`;
}
