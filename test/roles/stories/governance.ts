import { type Addressable, id, ZeroAddress, ZeroHash } from "ethers";
import { ProposalKind, VoteType } from "../../../sdk/council/governance.ts";
import { COUNCIL_DEFAULTS } from "../../../sdk/council/params.ts";
import { permitDomainOf } from "../../../sdk/permit.ts";
import { Role, TimelockRole } from "../../../sdk/roles.ts";
import { ACT } from "../../fixtures/council.ts";
import type { Stage } from "../stage.ts";
import { ALWAYS, type Story, type Telling } from "../story.ts";

const BALLOT = [
  { name: "proposalId", type: "uint256" },
  { name: "support", type: "uint8" },
  { name: "voter", type: "address" },
  { name: "nonce", type: "uint256" },
];
const EXTENDED = [...BALLOT, { name: "reason", type: "string" }, { name: "params", type: "bytes" }];

/** The outsider's votes for a proposal, signed, in both forms. */
async function ballotsOf({ councilGovernor, outsider }: Stage, proposalId: bigint) {
  const domain = await permitDomainOf({ eip712Domain: () => councilGovernor.eip712Domain(), nonces: async () => 0n });
  const message = { proposalId, support: VoteType.For, voter: outsider.address, nonce: 0n };
  return {
    plain: await outsider.signTypedData(domain, { Ballot: BALLOT }, message),
    extended: await outsider.signTypedData(
      domain,
      { ExtendedBallot: EXTENDED },
      { ...message, reason: "", params: "0x" },
    ),
  };
}

/** The team and the outsider stake, and a proposal is made, voted for and executed. */
export const governorStory: Telling = async (stage) => {
  const { councilGovernor, councilStaking, councilToken } = stage;
  const { outsider, partner, team, connection } = stage;
  const { time } = connection.networkHelpers;
  await councilStaking.connect(team).stake(COUNCIL_DEFAULTS.maxStake, 0n);
  await councilStaking.connect(outsider).stake(ACT(1_000), 0n);
  await time.increase(1n);
  const governor = councilGovernor.connect(team);
  const deed = [[await councilToken.getAddress()], [0n], [councilToken.interface.encodeFunctionData("burn", [1n])]];
  const [targets, values, calldatas] = deed as [string[], bigint[], string[]];
  const proposal = [targets, values, calldatas, "Burn a unit"] as const;
  const hashed = [targets, values, calldatas, id("Burn a unit")] as const;
  const proposalId = await governor.getProposalId(...hashed);
  const { plain, extended } = await ballotsOf(stage, proposalId);
  const vote = (...args: unknown[]) => ({ by: outsider, args: [proposalId, VoteType.For, ...args] });
  return {
    contract: councilGovernor,
    phases: {
      "not proposed": async () => undefined,
      pending: () => governor.propose(...proposal),
      active: async () => time.increaseTo((await governor.proposalSnapshot(proposalId)) + 1n),
      succeeded: async () => {
        await governor.castVote(proposalId, VoteType.For);
        await time.increaseTo((await governor.proposalDeadline(proposalId)) + 1n);
      },
      "in the timelock": () => governor.queue(...hashed),
      "delay over": async () => time.increaseTo(await governor.proposalEta(proposalId)),
      executed: () => governor.execute(...hashed),
    },
    calls: {
      propose: () => ({ by: team, args: proposal }),
      proposeOfKind: () => ({ by: team, args: [ProposalKind.TreasurySpending, ...proposal] }),
      cancel: () => ({ by: team, args: hashed }),
      castVote: () => vote(),
      castVoteWithReason: () => vote("a reason"),
      castVoteWithReasonAndParams: () => vote("a reason", "0x"),
      castVoteBySig: () => ({ by: partner, args: [proposalId, VoteType.For, outsider, plain] }),
      castVoteWithReasonAndParamsBySig: () => ({
        by: partner,
        args: [proposalId, VoteType.For, outsider, "", "0x", extended],
      }),
      queue: () => ({ by: partner, args: hashed }),
      execute: () => ({ by: partner, args: hashed }),
      ...settingsBy(stage),
      ...deposits(partner),
    },
  };
};

/** The governor's settings: the timelock's own, when the governor has told it to. */
function settingsBy({ timelock, outsider }: Stage): Story["calls"] {
  const setting = (value: unknown) => () => ({ by: timelock, args: [value] });
  return {
    setVotingDelay: setting(1n),
    setVotingPeriod: setting(3_600n),
    setProposalThreshold: setting(1n),
    setMinVotingStake: setting(1n),
    setApproval: setting(6_000n),
    setMaxVoteShare: setting(1_000n),
    updateQuorumNumerator: setting(5n),
    updateTimelock: setting(timelock),
    relay: () => ({ by: timelock, args: [outsider, 0n, "0x"] }),
  };
}

/** What tokens ask of a contract that is sent some. */
function deposits(by: Addressable): Story["calls"] {
  const token = [ZeroAddress, ZeroAddress, 0n] as const;
  return {
    onERC721Received: () => ({ by, args: [...token, "0x"] }),
    onERC1155Received: () => ({ by, args: [...token, 0n, "0x"] }),
    onERC1155BatchReceived: () => ({ by, args: [ZeroAddress, ZeroAddress, [], [], "0x"] }),
  };
}

/** What the governor schedules waits, and is executed by whoever comes. */
export const timelockStory: Telling = async (stage) => {
  const { timelock, councilGovernor, councilToken, outsider, partner, connection } = stage;
  const governor = timelock.connect(await stage.as(councilGovernor));
  const delay = await timelock.getMinDelay();
  const burn = councilToken.interface.encodeFunctionData("burn", [1n]);
  const target = await councilToken.getAddress();
  const single = [target, 0n, burn, ZeroHash, ZeroHash] as const;
  const several = [[target, target], [0n, 0n], [burn, burn], ZeroHash, ZeroHash] as const;
  const operation = await timelock.hashOperation(...single);
  const role = [TimelockRole.Executor, partner];
  return {
    contract: timelock,
    phases: {
      "not scheduled": async () => undefined,
      waiting: async () => {
        await governor.schedule(...single, delay);
        await governor.scheduleBatch(
          ...(several.map((part) => (Array.isArray(part) ? [...part] : part)) as never),
          delay,
        );
      },
      "delay over": () => connection.networkHelpers.time.increase(delay),
      executed: async () => {
        await timelock.connect(partner).execute(...single);
        await timelock.connect(partner).executeBatch(...(several as never as Parameters<typeof timelock.executeBatch>));
      },
    },
    calls: {
      schedule: () => ({ by: councilGovernor, args: [...single, delay] }),
      scheduleBatch: () => ({ by: councilGovernor, args: [...several, delay] }),
      cancel: () => ({ by: councilGovernor, args: [operation] }),
      execute: () => ({ by: partner, args: single }),
      executeBatch: () => ({ by: partner, args: several }),
      updateDelay: () => ({ by: timelock, args: [delay] }),
      grantRole: () => ({ by: timelock, args: role }),
      revokeRole: () => ({ by: timelock, args: role }),
      renounceRole: () => ({ by: partner, args: role }),
      ...deposits(outsider),
    },
  };
};

/** Who may call what: nothing here has phases. */
export const authorityStory: Telling = async (stage) => {
  const { authority, councilChamber, councilToken, beliefFactory, guardian, outsider, partner, timelock } = stage;
  const council = (...args: unknown[]) => ({ by: timelock, args });
  const selectors = [beliefFactory.interface.getFunction("pauseCreation").selector];
  const pause = [beliefFactory, selectors[0]];
  const squareRoot = councilChamber.interface.encodeFunctionData("setSquareRoot", [true]);
  return {
    contract: authority,
    phases: { [ALWAYS]: async () => undefined },
    calls: {
      grantRole: () => council(Role.Curator, partner, 0n),
      revokeRole: () => council(Role.Guardian, guardian),
      labelRole: () => council(Role.Curator, "CURATORS"),
      setRoleAdmin: () => council(Role.Curator, Role.Guardian),
      setRoleGuardian: () => council(Role.Curator, Role.Guardian),
      setGrantDelay: () => council(Role.Curator, 1n),
      setTargetFunctionRole: () => council(beliefFactory, selectors, Role.Curator),
      setTargetClosed: () => council(beliefFactory, true),
      setTargetAdminDelay: () => council(beliefFactory, 1n),
      updateAuthority: () => council(beliefFactory, councilToken),
      renounceRole: () => ({ by: outsider, args: [Role.Guardian, outsider] }),
      execute: () => council(councilChamber, squareRoot),
      schedule: () => ({ by: outsider, args: [...pause, 0n] }),
      cancel: () => ({ by: outsider, args: [outsider, ...pause] }),
      consumeScheduledOp: () => ({ by: beliefFactory, args: [outsider, selectors[0]] }),
      multicall: () => ({ by: outsider, args: [[]] }),
    },
  };
};
