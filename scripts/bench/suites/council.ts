import type { RowSpec, Suite } from "../suite.ts";
import { measureCouncilEntries } from "./council-entries.ts";
import { growCouncil } from "./council-growth.ts";

const STAKE = { goal: 260_000n };
const UNSTAKE = { goal: 150_000n };
const CLAIM = { goal: 110_000n };
const VOTE = { goal: 110_000n };

const STAKING = ["CouncilStaking.stake"] as const;
const PERMITTED = ["CouncilStaking.stakeWithPermit"] as const;
const LEAVING = ["CouncilStaking.unstake"] as const;
const EXTENDING = ["CouncilStaking.extendLock"] as const;
const AGING = ["CouncilStaking.poke"] as const;
const DELEGATING = ["CouncilStaking.delegate"] as const;
const FUNDING = ["RewardsDistributor.fund"] as const;
const STARTING = ["RewardsDistributor.startPeriod"] as const;
const CLAIMING = ["RewardsDistributor.claim"] as const;
const COMPOUNDING = ["RewardsDistributor.compound", "CouncilStaking.stakeFor"] as const;
const POKING = ["RewardsDistributor.poke"] as const;
const VOTING = ["CouncilGovernor.castVote", "RewardsDistributor.recordVote"] as const;
const REGISTERING = ["CouncilChamber.registerAgent"] as const;
const REFRESHING = ["CouncilChamber.refreshAgent"] as const;
const OPENING = ["CouncilChamber.openSession"] as const;
const DRAWING = ["CouncilChamber.drawSession"] as const;
const SPEAKING = ["CouncilChamber.castVote", "RewardsDistributor.recordParticipation"] as const;
const CLOSING = ["CouncilChamber.closeSession"] as const;

// Targets: "Speed" of the specification of the council.
const rows = [
  { task: "transfer, to an account that has some", entryPoints: ["CouncilToken.transfer"] },
  { task: "burn", entryPoints: ["CouncilToken.burn"] },
  { task: "mintInflation, first in a year", entryPoints: ["CouncilToken.mintInflation"] },
  { task: "mintInflation, later in a year", entryPoints: ["CouncilToken.mintInflation"] },
  { task: "stake, first of all", entryPoints: STAKING, target: STAKE },
  { task: "stake, newcomer", entryPoints: STAKING, target: STAKE },
  { task: "stake, newcomer, for 7 days", entryPoints: STAKING, target: STAKE },
  { task: "stake, newcomer, for 30 days", entryPoints: STAKING, target: STAKE },
  { task: "stake, newcomer, for 90 days", entryPoints: STAKING, target: STAKE },
  { task: "stake, newcomer, for 180 days", entryPoints: STAKING, target: STAKE },
  { task: "stake, returning", entryPoints: STAKING, target: STAKE },
  { task: "stake, returning, for 180 days", entryPoints: STAKING, target: STAKE },
  { task: "stakeWithPermit", entryPoints: PERMITTED },
  { task: "stakeWithPermit, permit sent ahead by another", entryPoints: PERMITTED },
  { task: "unstake, the last position", entryPoints: LEAVING, target: UNSTAKE },
  { task: "unstake, one of two", entryPoints: LEAVING, target: UNSTAKE },
  { task: "unstake, one of two, after 180 days", entryPoints: LEAVING, target: UNSTAKE },
  { task: "unstakeEarly", entryPoints: ["CouncilStaking.unstakeEarly"] },
  { task: "extendLock, to 30 days", entryPoints: EXTENDING },
  { task: "extendLock, to 180 days", entryPoints: EXTENDING },
  { task: "poke of a position, nothing to gain", entryPoints: AGING },
  { task: "poke of a position, reaches 7 days", entryPoints: AGING },
  { task: "poke of a position, reaches 180 days", entryPoints: AGING },
  { task: "delegate, to somebody without votes", entryPoints: DELEGATING },
  { task: "delegate, back", entryPoints: DELEGATING },
  { task: "pauseEntries of staking", entryPoints: ["CouncilStaking.pauseEntries"] },
  { task: "unpauseEntries of staking", entryPoints: ["CouncilStaking.unpauseEntries"] },
  { task: "fund, first", entryPoints: FUNDING },
  { task: "fund", entryPoints: FUNDING },
  { task: "startPeriod, first", entryPoints: STARTING },
  { task: "startPeriod", entryPoints: STARTING },
  { task: "claim, first of a user", entryPoints: CLAIMING, target: CLAIM },
  { task: "claim, again", entryPoints: CLAIMING, target: CLAIM },
  { task: "claim, a booster has lapsed", entryPoints: CLAIMING, target: CLAIM },
  { task: "compound, without a lock", entryPoints: COMPOUNDING },
  { task: "compound, for 180 days", entryPoints: COMPOUNDING },
  { task: "poke of an account, nothing changes", entryPoints: POKING },
  { task: "poke of an account, a booster was earned", entryPoints: POKING },
  { task: "poke of an account, a booster has lapsed", entryPoints: POKING },
  { task: "propose, 1 call", entryPoints: ["CouncilGovernor.propose"] },
  { task: "proposeOfKind, 1 call", entryPoints: ["CouncilGovernor.proposeOfKind"] },
  { task: "cancel", entryPoints: ["CouncilGovernor.cancel"] },
  { task: "castVote on a proposal, first", entryPoints: VOTING, target: VOTE },
  { task: "castVote on a proposal, later", entryPoints: VOTING, target: VOTE },
  { task: "castVote on a proposal, later, recorded before", entryPoints: VOTING, target: VOTE },
  {
    task: "castVoteWithReason, later",
    entryPoints: ["CouncilGovernor.castVoteWithReason"],
  },
  { task: "queue, 1 call", entryPoints: ["CouncilGovernor.queue"] },
  { task: "execute, a payment", entryPoints: ["CouncilGovernor.execute"] },
  { task: "registerAgent, first of all", entryPoints: REGISTERING },
  { task: "registerAgent, 11th", entryPoints: REGISTERING },
  { task: "registerAgent, says anew what it is", entryPoints: REGISTERING },
  { task: "refreshAgent, nothing changes", entryPoints: REFRESHING },
  { task: "refreshAgent, weighs more", entryPoints: REFRESHING },
  { task: "unregisterAgent", entryPoints: ["CouncilChamber.unregisterAgent"] },
  { task: "openSession, first of all", entryPoints: OPENING },
  { task: "openSession", entryPoints: OPENING },
  { task: "fundSession", entryPoints: ["CouncilChamber.fundSession"] },
  { task: "cancelSession", entryPoints: ["CouncilChamber.cancelSession"] },
  { task: "drawSession, 5 of 10 agents", entryPoints: DRAWING },
  { task: "drawSession, 5 of 100 agents", entryPoints: DRAWING },
  { task: "drawSession, 5 of 1,000 agents", entryPoints: DRAWING },
  { task: "drawSession, 25 of 100 agents", entryPoints: DRAWING },
  { task: "castVote in a session, first", entryPoints: SPEAKING, target: VOTE },
  { task: "castVote in a session, last of 5", entryPoints: SPEAKING, target: VOTE },
  { task: "closeSession, 5 of 5 have voted", entryPoints: CLOSING },
  { task: "closeSession, 4 of 5 have voted, no decision", entryPoints: CLOSING },
  { task: "closeSession, 25 of 25 have voted", entryPoints: CLOSING },
  { task: "withdraw from the chamber", entryPoints: ["CouncilChamber.withdraw"] },
  { task: "setSquareRoot", entryPoints: ["CouncilChamber.setSquareRoot"] },
  { task: "pauseEntries of the chamber", entryPoints: ["CouncilChamber.pauseEntries"] },
  { task: "unpauseEntries of the chamber", entryPoints: ["CouncilChamber.unpauseEntries"] },
] as const satisfies readonly RowSpec[];

/** A task of this suite; the measurement has to come with every one of them. */
export type CouncilTask = (typeof rows)[number]["task"];

const REPLACED = "inherited from OpenZeppelin; only the AccessManager calls it, when it is replaced";
const ERC20 = "inherited from OpenZeppelin, as any ERC-20 has it";
const SIGNED = "inherited from OpenZeppelin; as without a signature, and the signature";
const GOVERNED = "a setting that only a proposal changes";
const RECEIVED = "inherited from OpenZeppelin; refuses everything, as the timelock holds the treasury";

/** The council, with the rules of a local deployment. */
export const councilSuite: Suite = {
  name: "council",
  contracts: ["CouncilToken", "CouncilStaking", "RewardsDistributor", "CouncilGovernor", "CouncilChamber"],
  rows,
  exempt: {
    "CouncilToken.approve": ERC20,
    "CouncilToken.transferFrom": ERC20,
    "CouncilToken.permit": ERC20,
    "CouncilToken.burnFrom": ERC20,
    "CouncilToken.setAuthority": REPLACED,
    "CouncilStaking.delegateBySig": SIGNED,
    "CouncilStaking.setAuthority": REPLACED,
    "RewardsDistributor.bind": "called once, at deployment",
    "RewardsDistributor.onStakeChanged": "part of every change of a stake",
    "RewardsDistributor.setAuthority": REPLACED,
    "CouncilGovernor.castVoteBySig": SIGNED,
    "CouncilGovernor.castVoteWithReasonAndParams": "as castVoteWithReason: parameters mean nothing here",
    "CouncilGovernor.castVoteWithReasonAndParamsBySig": SIGNED,
    "CouncilGovernor.relay": GOVERNED,
    "CouncilGovernor.setVotingDelay": GOVERNED,
    "CouncilGovernor.setVotingPeriod": GOVERNED,
    "CouncilGovernor.setProposalThreshold": GOVERNED,
    "CouncilGovernor.updateQuorumNumerator": GOVERNED,
    "CouncilGovernor.updateTimelock": GOVERNED,
    "CouncilGovernor.setMinVotingStake": GOVERNED,
    "CouncilGovernor.setApproval": GOVERNED,
    "CouncilGovernor.setMaxVoteShare": GOVERNED,
    "CouncilGovernor.onERC721Received": RECEIVED,
    "CouncilGovernor.onERC1155Received": RECEIVED,
    "CouncilGovernor.onERC1155BatchReceived": RECEIVED,
    "CouncilChamber.setAuthority": REPLACED,
  },
  measure: measureCouncilEntries,
  growth: [
    {
      dimension: "others who have staked",
      levels: [10, 100, 1_000],
      checkLevels: [10, 1_000],
      // Amounts are calldata arguments, and ids: each byte that is not zero costs 12 gas more than one that is.
      toleranceGas: 50n,
      measure: growCouncil,
    },
  ],
};
