// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IConvictionMarket} from "./IConvictionMarket.sol";
import {IStakeVault} from "./IStakeVault.sol";

/// @title Epochs in which stake moves from noise to information
/// @notice Whoever holds a lock on a claim may say, sealed, what they believe and what they think others believe.
/// After the epoch the beliefs are opened, scored by a Bayesian truth serum without any truth being entered, and
/// losers pay winners: to the unit, and at most the lock behind the voice.
/// @dev Beliefs, meta-predictions and scores are in wad; weights and amounts in units of the vault's asset. Epoch e
/// takes commits during `[startsAt, endsAt)`, is opened during `[endsAt, settleableAt)`, and settled from
/// `settleableAt` on by whoever cares to. A sealed belief is
/// `keccak256(abi.encode(block.chainid, truthSerum, claimId, epoch, user, belief, meta, salt))`, of which the upper 223
/// bits are kept and compared.
interface ITruthSerum {
    /// @notice A claim's epoch as it stands.
    /// @param joined How many committed a belief.
    /// @param opened How many of them were opened.
    /// @param scored How many `settle` has gone through.
    /// @param distributed How many have their part.
    /// @param openedWeight Sum of the weights of opened beliefs.
    /// @param consensus Weighted mean of opened beliefs, in wad, rounded down; 0 where none was opened.
    /// @param meanMeta Weighted mean of opened meta-predictions, in wad, rounded down; 0 where none was opened.
    /// @param supportShare Share of opened weight whose belief is above 0.5, in wad, rounded down.
    /// @param isSurprisinglyPopular Whether that share, unrounded, exceeds the mean meta-prediction.
    /// @param isSettled Whether every participant is scored and the pot stands.
    /// @param isVoid Whether nothing moves: no gain, or fewer than two opened beliefs. Known once settled.
    /// @param pot What winners share: what was taken from losers, with what rounding left over before.
    /// @param gains Sum of the winners' `weight * score`, in units x wad.
    /// @param paid What has been paid out of the pot so far.
    struct EpochState {
        uint256 joined;
        uint256 opened;
        uint256 scored;
        uint256 distributed;
        uint256 openedWeight;
        uint256 consensus;
        uint256 meanMeta;
        uint256 supportShare;
        bool isSurprisinglyPopular;
        bool isSettled;
        bool isVoid;
        uint256 pot;
        uint256 gains;
        uint256 paid;
    }

    /// @notice One voice in an epoch.
    /// @param weight What it risks: the gross lock at the last commit.
    /// @param isOpened Whether the belief was opened.
    /// @param isScored Whether `settle` has scored it.
    /// @param isDistributed Whether it has its part and risks nothing any more.
    /// @param belief The opened belief, in wad.
    /// @param meta The opened meta-prediction, in wad.
    /// @param score In wad, -1e18 to 1e18; -1e18 where it was not opened; 0 until scored and in an epoch that could not
    /// be scored.
    /// @param taken What was taken from the stake when it was scored.
    /// @param payout What its part is, or was: a winner's share of the pot, or what was taken where the epoch is void.
    /// 0 until the epoch is settled.
    struct Participant {
        uint256 weight;
        bool isOpened;
        bool isScored;
        bool isDistributed;
        uint256 belief;
        uint256 meta;
        int256 score;
        uint256 taken;
        uint256 payout;
    }

    /* EVENTS */

    /// @notice A belief was committed, or replaced.
    /// @param claimId The claim.
    /// @param epoch The epoch.
    /// @param user Who.
    /// @param sealedBelief The seal.
    /// @param weight What the voice weighs and risks.
    event BeliefCommitted(
        bytes32 indexed claimId,
        uint256 indexed epoch,
        address indexed user,
        bytes32 sealedBelief,
        uint256 weight
    );

    /// @notice A belief was opened.
    /// @param claimId The claim.
    /// @param epoch The epoch.
    /// @param user Whose belief.
    /// @param belief Probability that the claim is true, in wad.
    /// @param meta Predicted share of others who say so, in wad.
    event BeliefRevealed(
        bytes32 indexed claimId,
        uint256 indexed epoch,
        address indexed user,
        uint256 belief,
        uint256 meta
    );

    /// @notice A voice was scored, and the loss taken.
    /// @param claimId The claim.
    /// @param epoch The epoch.
    /// @param user Whose voice.
    /// @param score In wad, -1e18 to 1e18.
    /// @param taken What was taken from the stake.
    event BeliefScored(
        bytes32 indexed claimId,
        uint256 indexed epoch,
        address indexed user,
        int256 score,
        uint256 taken
    );

    /// @notice All voices of an epoch are scored.
    /// @param claimId The claim.
    /// @param epoch The epoch.
    /// @param consensus Weighted mean of opened beliefs, in wad, rounded down; 0 where none was opened.
    /// @param meanMeta Weighted mean of opened meta-predictions, in wad, rounded down; 0 where none was opened.
    /// @param supportShare Share of opened weight whose belief is above 0.5, in wad, rounded down.
    /// @param isSurprisinglyPopular Whether that share, unrounded, exceeds the mean meta-prediction.
    /// @param isVoid Whether nothing moves.
    /// @param pot What is distributed: to winners, or back where the epoch is void.
    /// @param gains Sum of the winners' `weight * score`, in units x wad.
    event EpochSettled(
        bytes32 indexed claimId,
        uint256 indexed epoch,
        uint256 consensus,
        uint256 meanMeta,
        uint256 supportShare,
        bool isSurprisinglyPopular,
        bool isVoid,
        uint256 pot,
        uint256 gains
    );

    /// @notice A participant's part was paid to their stake.
    /// @param claimId The claim.
    /// @param epoch The epoch.
    /// @param user Who.
    /// @param amount How much: a share of the pot, or what had been taken where the epoch is void.
    event PartPaid(bytes32 indexed claimId, uint256 indexed epoch, address indexed user, uint256 amount);

    /// @notice Participants have their parts and risk nothing in this epoch any more.
    /// @param claimId The claim.
    /// @param epoch The epoch.
    /// @param from Ordinal of the first of them, in the order of their first commits.
    /// @param to Ordinal after the last of them. Those among them who had claimed before are not touched again.
    event PartsDistributed(bytes32 indexed claimId, uint256 indexed epoch, uint256 from, uint256 to);

    /// @notice Everybody has their part.
    /// @param claimId The claim.
    /// @param epoch The epoch.
    /// @param carried What rounding left over, for the pot of the claim's next settled epoch.
    event EpochDistributed(bytes32 indexed claimId, uint256 indexed epoch, uint256 carried);

    /* ERRORS */

    /// @notice Venue and serum must work on one vault.
    error VaultMismatch(address vault, address marketVault);

    /// @notice An epoch lasts at least a second.
    error EpochLengthZero();

    /// @notice The time for opening is at least a second and at most an epoch.
    error RevealWindowOutOfBounds(uint256 revealWindow, uint256 min, uint256 max);

    /// @notice No epoch had begun at that instant.
    error BeforeFirstEpoch(uint256 timestamp, uint256 startsAt);

    /// @notice The epoch that was meant is over, or has not begun.
    error EpochNotCurrent(uint256 epoch, uint256 currentEpoch);

    /// @notice Without a lock on the claim there is no voice in it.
    error LockMissing(bytes32 claimId, address user);

    /// @notice A voice of an epoch before `oldestEpoch` is not settled yet: `settle` and `claim` it first.
    error EarlierVoiceUnsettled(bytes32 claimId, address user, uint256 oldestEpoch);

    /// @notice The epoch has as many participants as its books can count.
    error EpochFull(bytes32 claimId, uint256 epoch, uint256 max);

    /// @notice A probability is at most 1e18.
    error BeliefOutOfRange(uint256 value, uint256 max);

    /// @notice Beliefs are opened once their epoch is over.
    error RevealNotOpen(uint256 epoch, uint256 opensAt);

    /// @notice The time for opening is over.
    error RevealClosed(uint256 epoch, uint256 closedAt);

    /// @notice The user did not commit in this epoch.
    error NotParticipant(bytes32 claimId, uint256 epoch, address user);

    /// @notice The belief is open already.
    error AlreadyRevealed(bytes32 claimId, uint256 epoch, address user);

    /// @notice These values and this salt are not what was sealed.
    error SealMismatch(bytes32 claimId, uint256 epoch, address user, bytes32 computedSeal);

    /// @notice Nobody committed in this epoch.
    error EpochNotJoined(bytes32 claimId, uint256 epoch);

    /// @notice The time for opening is not over.
    error EpochNotSettleable(uint256 epoch, uint256 settleableAt);

    /// @notice The epoch is not settled.
    error EpochNotSettled(bytes32 claimId, uint256 epoch);

    /// @notice No belief was opened, so there is no consensus.
    error ConsensusMissing(bytes32 claimId, uint256 epoch);

    /// @notice The participant has their part.
    error AlreadyDistributed(bytes32 claimId, uint256 epoch, address user);

    /* SPEAK */

    /// @notice Commit a sealed belief in the current epoch, or replace the one committed in it.
    /// @dev Whoever holds a lock on the claim, while commits are not paused. The voice weighs, and risks until its part
    /// is distributed, the caller's gross lock at this instant. Emits `BeliefCommitted`, and the vault's `AtRiskSet`
    /// where it changes. Reverts with `LockMissing`, `EarlierVoiceUnsettled`, `EpochFull` or `EnforcedPause`. A voice
    /// of the two epochs before may still be unsettled, but no older one.
    /// Warning: whoever sees a seal can try out likely beliefs against it; the salt must be 32 random bytes.
    /// Warning: a belief that is not opened in time scores -1 and loses the whole weight. A seal names its epoch: one
    /// that is mined after that epoch's end cannot be opened, unless it is replaced. `commitBeliefIn` guards against
    /// it.
    /// @param claimId The claim.
    /// @param sealedBelief The seal.
    function commitBelief(bytes32 claimId, bytes32 sealedBelief) external;

    /// @notice `commitBelief` for the epoch that the seal names, and no other.
    /// @dev As `commitBelief`; reverts with `EpochNotCurrent` where the epoch does not take commits.
    /// @param claimId The claim.
    /// @param epoch The epoch.
    /// @param sealedBelief The seal.
    function commitBeliefIn(bytes32 claimId, uint256 epoch, bytes32 sealedBelief) external;

    /// @notice Open a belief.
    /// @dev Anyone who knows what was sealed, from the end of the epoch for `revealWindow` seconds; also while
    /// commits are paused. Emits `BeliefRevealed`. Reverts with `BeliefOutOfRange`, `RevealNotOpen`, `RevealClosed`,
    /// `NotParticipant`, `AlreadyRevealed` or `SealMismatch`.
    /// @param user Whose belief.
    /// @param claimId The claim.
    /// @param epoch The epoch.
    /// @param belief Probability that the claim is true, in wad.
    /// @param meta Predicted share of others who say so, in wad.
    /// @param salt What made the seal unguessable.
    function revealBelief(
        address user,
        bytes32 claimId,
        uint256 epoch,
        uint64 belief,
        uint64 meta,
        bytes32 salt
    ) external;

    /* SETTLE */

    /// @notice Score participants and take losses; with the last of them the epoch is settled.
    /// @dev Anyone, from `settleableAt` on; nobody can pause it. Resumes where it stopped; when done, changes nothing.
    /// A loss `ceil(weight * -score / 1e18)` is taken as far as the stake goes. Emits `BeliefScored` for each voice
    /// and `EpochSettled` at the end. An epoch with fewer than two opened beliefs is settled at once, and void.
    /// Reverts with `EpochNotJoined` or `EpochNotSettleable`.
    /// @param claimId The claim.
    /// @param epoch The epoch.
    /// @param maxCount The most participants to go through.
    /// @return processed How many it went through.
    /// @return done Whether the epoch is settled.
    function settle(bytes32 claimId, uint256 epoch, uint256 maxCount) external returns (uint256 processed, bool done);

    /// @notice Pay participants their parts and end their risk.
    /// @dev Anyone, once settled; nobody can pause it. Resumes where it stopped; when done, changes nothing. A winner
    /// receives `floor(weight * score * pot / gains)`. Where the epoch is void, everyone gets back what was taken.
    /// Emits `PartPaid` for each payment, `PartsDistributed`, and `EpochDistributed` at the end. Reverts with
    /// `EpochNotSettled`.
    /// @param claimId The claim.
    /// @param epoch The epoch.
    /// @param maxCount The most participants to go through.
    /// @return processed How many it went through, with those who had claimed before.
    /// @return done Whether everybody has their part.
    function distribute(
        bytes32 claimId,
        uint256 epoch,
        uint256 maxCount
    ) external returns (uint256 processed, bool done);

    /// @notice One participant's share of `distribute`.
    /// @dev Anyone, once settled; the part goes to the participant. Emits `PartPaid` where it is above zero,
    /// `PartsDistributed` for this one, and `EpochDistributed` with the last. Reverts with `EpochNotSettled`,
    /// `NotParticipant` or `AlreadyDistributed`.
    /// @param user Whose part.
    /// @param claimId The claim.
    /// @param epoch The epoch.
    function claim(address user, bytes32 claimId, uint256 epoch) external;

    /* GOVERN */

    /// @notice Stop commits. Opening, settling and distributing go on.
    /// @dev Guardian, through the `AccessManager`. Emits `Paused`. Reverts with `EnforcedPause`.
    function pauseCommits() external;

    /// @notice Allow commits again.
    /// @dev Guardian, through the `AccessManager`. Emits `Unpaused`. Reverts with `ExpectedPause`.
    function unpauseCommits() external;

    /* READ */

    /// @notice The epoch that takes commits now; the first is 0.
    function currentEpoch() external view returns (uint256);

    /// @notice The epoch of an instant.
    /// @dev Reverts with `BeforeFirstEpoch`.
    /// @param timestamp Unix seconds.
    function epochOf(uint256 timestamp) external view returns (uint256);

    /// @notice When an epoch begins to take commits, when it ends and is opened, and from when on it can be settled.
    /// @param epoch The epoch, of any time.
    /// @return startsAt First second of commits.
    /// @return endsAt First second of opening.
    /// @return settleableAt First second of settling.
    function scheduleOf(uint256 epoch) external view returns (uint256 startsAt, uint256 endsAt, uint256 settleableAt);

    /// @notice A claim's epoch as it stands; all zero where nobody joined it.
    function epochState(bytes32 claimId, uint256 epoch) external view returns (EpochState memory);

    /// @notice One voice in an epoch.
    /// @dev Reverts with `NotParticipant`.
    function participant(bytes32 claimId, uint256 epoch, address user) external view returns (Participant memory);

    /// @notice Who committed in an epoch, in the order of their first commits, a page at a time.
    /// @param claimId The claim.
    /// @param epoch The epoch.
    /// @param offset Ordinal of the first to list.
    /// @param limit The most to list.
    /// @return users Up to `limit` of them; empty beyond the last.
    function participants(
        bytes32 claimId,
        uint256 epoch,
        uint256 offset,
        uint256 limit
    ) external view returns (address[] memory users);

    /// @notice Weighted mean of opened beliefs in wad, rounded down.
    /// @dev Reverts with `EpochNotSettled`, or with `ConsensusMissing` where no belief was opened.
    function consensus(bytes32 claimId, uint256 epoch) external view returns (uint256);

    /// @notice What rounding left over on a claim, for the pot of its next settled epoch, in asset units.
    function carriedOf(bytes32 claimId) external view returns (uint256);

    /// @notice First second of epoch 0: the deployment.
    function startedAt() external view returns (uint256);

    /// @notice Length of an epoch in seconds.
    function epochLength() external view returns (uint32);

    /// @notice Seconds after an epoch's end during which beliefs are opened.
    function revealWindow() external view returns (uint32);

    /// @notice The venue.
    function market() external view returns (IConvictionMarket);

    /// @notice Where stake is kept.
    function vault() external view returns (IStakeVault);
}
