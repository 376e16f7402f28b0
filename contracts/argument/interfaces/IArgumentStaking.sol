// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IBeliefFactory} from "../../market/interfaces/IBeliefFactory.sol";
import {IActivityRecorder} from "../../shared/ActivityRecorder.sol";
import {Side} from "../../shared/Side.sol";

/// @notice What a stake is for. An argument's own stake is `Backing` on Support and `Challenge` on Oppose.
enum StakeKind {
    Backing,
    Challenge,
    Upvote
}

/// @notice What became of an argument.
enum ArgumentStatus {
    Live,
    Deleted,
    Unhelpful
}

/// @notice Why somebody finds an argument unhelpful.
enum UnhelpfulReason {
    Irrelevant,
    Unsupported,
    Misleading,
    Plagiarised,
    Abusive,
    Spam,
    Other
}

/// @notice The rules, which governance may change. Amounts in units of the token, spans in seconds, shares in basis
/// points, lengths in bytes. A stake keeps the terms it was made on: its amount, period, interest and shares.
struct ArgumentParams {
    // slot 0: stakes, and all that an upvote reads
    /// The stake of an upvote, 1 to 2^80 - 1.
    uint96 upvoteStake;
    /// How long a stake runs, an hour to 365 days.
    uint32 period;
    /// Interest a year, at most the stake itself: 0 to 10,000.
    uint16 interestRateBps;
    /// Of an upvote's interest, the part of the argument's creator, 0 to 10,000.
    uint16 creatorShareBps;
    /// How far back the stake limit looks, an hour to 365 days.
    uint32 stakeLimitWindow;
    /// The share of what they have from which on nobody stakes more, 1 to 10,000.
    uint16 stakeLimitBps;
    /// Upvotes that end a jail, 1 to 1,000.
    uint16 unjailUpvotes;
    // slot 1: arguments
    /// The stake of an argument, 1 to 2^80 - 1.
    uint96 creationStake;
    /// Arguments of one user on one claim, 1 to 100.
    uint16 maxArgumentsPerClaim;
    /// Shortest summary, 1 to `maxSummaryLength`.
    uint16 minSummaryLength;
    /// Longest summary, 1 to 1,000.
    uint16 maxSummaryLength;
    /// Shortest body, 1 to `maxBodyLength`.
    uint16 minBodyLength;
    /// Longest body, 1 to 20,000.
    uint16 maxBodyLength;
    /// Of the stake of an argument, should it be slashed, the part of those who marked the argument, 0 to 10,000.
    uint16 curatorShareBps;
    // slot 2: curation
    /// The running stake that makes a curator of its owner, 1 to 2^80 - 1.
    uint96 minCuratorStake;
    /// Jail for the first slash, an hour to 365 days; for the n-th n times that.
    uint32 jailPeriod;
    /// Marks that make an argument unhelpful, 1 to 25.
    uint16 unhelpfulThreshold;
}

/// @notice An argument, without its text, which is in the event of its creation.
struct Argument {
    /// Who wrote it.
    address creator;
    /// What it argues about.
    bytes32 claimId;
    /// Whether it backs or challenges the claim.
    Side side;
    /// What became of it.
    ArgumentStatus status;
    /// When it was written, in unix seconds.
    uint40 createdAt;
    /// The stake of its creator.
    uint256 creationStakeId;
    /// `keccak256(abi.encode(summary, body))`.
    bytes32 contentHash;
    /// Upvotes it ever had.
    uint256 upvotes;
    /// What those staked on it, in token units, whether or not it still runs.
    uint256 upvotedStake;
    /// `upvotedStake` and the stake of its creator.
    uint256 totalStake;
    /// How many found it unhelpful.
    uint256 unhelpfulMarks;
}

/// @notice A stake.
struct Stake {
    /// Whose it is.
    address staker;
    /// The argument it is on.
    uint256 argumentId;
    /// What it is for.
    StakeKind kind;
    /// Whether it has ended and is paid: expired and processed, deleted, or slashed.
    bool hasEnded;
    /// What it is, in token units.
    uint256 amount;
    /// The interest that was set aside for it, in token units.
    uint256 interest;
    /// In basis points: of the interest of an upvote, the part of the argument's creator; of the stake of an argument,
    /// should it be slashed, the part of those who marked it.
    uint16 shareBps;
    /// When it was made, in unix seconds.
    uint40 createdAt;
    /// From when on it can be processed, in unix seconds, unless it ended before.
    uint40 endsAt;
}

/// @title Argument staking: back or challenge a claim in words, with stake behind them
/// @notice An argument stands on its creator's stake, and others raise it with upvotes. Stakes run for a while and earn
/// interest, which is set aside when they are made. Arguments found unhelpful cost their creators the stake.
/// @dev Amounts are in units of `token`. Ids of arguments and of stakes count from 1, in order of creation. What
/// somebody is owed is credited, and pulled with `withdraw`.
/// Warning: whoever holds `minCuratorStake` in running stakes is a curator, and whoever can move tokens between
/// accounts can be several users: `unhelpfulThreshold` such stakes slash any argument's.
interface IArgumentStaking {
    /* EVENTS */

    /// @notice An argument was written, and staked on.
    /// @param argumentId Its id.
    /// @param claimId What it is about.
    /// @param creator Who wrote it.
    /// @param side Whether it backs or challenges the claim.
    /// @param stakeId The creator's stake.
    /// @param amount What was staked.
    /// @param interest What was set aside for it.
    /// @param endsAt When the stake ends, in unix seconds.
    /// @param summary The argument in a line.
    /// @param body The argument.
    event ArgumentCreated(
        uint256 indexed argumentId,
        bytes32 indexed claimId,
        address indexed creator,
        Side side,
        uint256 stakeId,
        uint256 amount,
        uint256 interest,
        uint256 endsAt,
        string summary,
        string body
    );

    /// @notice An argument was upvoted.
    /// @param argumentId The argument.
    /// @param upvoter Who.
    /// @param stakeId The upvoter's stake.
    /// @param amount What was staked.
    /// @param interest What was set aside for it.
    /// @param creatorShareBps The part of the interest that will be the creator's.
    /// @param endsAt When the stake ends, in unix seconds.
    event ArgumentUpvoted(
        uint256 indexed argumentId,
        address indexed upvoter,
        uint256 indexed stakeId,
        uint256 amount,
        uint256 interest,
        uint256 creatorShareBps,
        uint256 endsAt
    );

    /// @notice Its creator took an argument back; the stake was credited to them, its interest freed.
    /// @param argumentId The argument.
    /// @param stakeId The creator's stake.
    /// @param amount What was credited.
    /// @param freedInterest What is free in the reserve again.
    event ArgumentDeleted(uint256 indexed argumentId, uint256 indexed stakeId, uint256 amount, uint256 freedInterest);

    /// @notice Somebody found an argument unhelpful.
    /// @param argumentId The argument.
    /// @param curator Who.
    /// @param reason Why.
    /// @param marks How many have now.
    event ArgumentMarked(uint256 indexed argumentId, address indexed curator, UnhelpfulReason reason, uint256 marks);

    /// @notice An argument is unhelpful. Its creator's stake ended, if it was running: each of those who marked the
    /// argument was credited `curatorReward`, the rest went to the reserve.
    /// @param argumentId The argument.
    /// @param stakeId The creator's stake.
    /// @param slashed What of it was lost; 0 where it had ended before.
    /// @param curatorReward What each marker was credited.
    /// @param freedInterest The interest of all its running stakes, free in the reserve again.
    event ArgumentFoundUnhelpful(
        uint256 indexed argumentId,
        uint256 indexed stakeId,
        uint256 slashed,
        uint256 curatorReward,
        uint256 freedInterest
    );

    /// @notice Somebody may write no arguments for a while.
    /// @param user Who.
    /// @param slashCount How often they were slashed since they were last unjailed.
    /// @param until When it is over, in unix seconds.
    event Jailed(address indexed user, uint256 slashCount, uint256 until);

    /// @notice Upvotes ended a jail; the slash count begins anew.
    /// @param user Who.
    event Unjailed(address indexed user);

    /// @notice A stake expired, and was credited.
    /// @param stakeId The stake.
    /// @param argumentId The argument it was on.
    /// @param staker Whose it was: credited `amount + interest`.
    /// @param amount What was staked.
    /// @param interest The staker's part of the interest.
    /// @param creatorInterest The part that was credited to the argument's creator.
    event StakeExpired(
        uint256 indexed stakeId,
        uint256 indexed argumentId,
        address indexed staker,
        uint256 amount,
        uint256 interest,
        uint256 creatorInterest
    );

    /// @notice The reserve was funded.
    /// @param funder Who paid.
    /// @param amount What.
    event RewardsFunded(address indexed funder, uint256 amount);

    /// @notice Somebody took what was credited to them.
    /// @param user Who.
    /// @param amount What.
    event Withdrawn(address indexed user, uint256 amount);

    /// @notice The rules changed: see `setParams`.
    /// @param params The rules.
    event ParamsSet(ArgumentParams params);

    /// @notice Who takes part is recorded elsewhere from now on.
    /// @param recorder Where; 0 for nowhere.
    event RecorderSet(IActivityRecorder recorder);

    /* ERRORS */

    /// @notice There is no code at the token's address.
    error TokenNotContract(address token);

    /// @notice There is no code at the factory's address.
    error FactoryNotContract(address factory);

    /// @notice The claim has no belief market, so it does not exist.
    error ClaimUnknown(bytes32 claimId);

    /// @notice There is no such argument.
    error ArgumentUnknown(uint256 argumentId);

    /// @notice There is no such stake.
    error StakeUnknown(uint256 stakeId);

    /// @notice The caller writes no arguments before that instant.
    error CreatorJailed(address user, uint256 until);

    /// @notice The summary is too short or too long, in bytes.
    error SummaryLengthOutOfRange(uint256 length, uint256 min, uint256 max);

    /// @notice The body is too short or too long, in bytes.
    error BodyLengthOutOfRange(uint256 length, uint256 min, uint256 max);

    /// @notice The caller has written as many arguments on the claim as one may.
    error TooManyArguments(bytes32 claimId, address user, uint256 max);

    /// @notice The caller has staked as much of what they have as one may at a time.
    error StakeLimitReached(uint256 staked, uint256 total, uint256 limitBps);

    /// @notice The reserve cannot promise the interest.
    error RewardReserveTooLow(uint256 free, uint256 needed);

    /// @notice The contract would owe more than its books can count.
    error HoldingsTooLarge(uint256 total, uint256 max);

    /// @notice Nobody upvotes or marks an argument of their own.
    error OwnArgument(uint256 argumentId, address creator);

    /// @notice One upvote for each user and argument.
    error AlreadyUpvoted(uint256 argumentId, address user);

    /// @notice One mark for each user and argument.
    error AlreadyMarked(uint256 argumentId, address user);

    /// @notice Its creator took the argument back.
    error ArgumentIsDeleted(uint256 argumentId);

    /// @notice The argument was found unhelpful.
    error ArgumentIsUnhelpful(uint256 argumentId);

    /// @notice Only its creator takes an argument back.
    error NotCreator(uint256 argumentId, address caller, address creator);

    /// @notice An argument that others did something about stays.
    error ArgumentNotUntouched(uint256 argumentId, uint256 upvotes, uint256 marks);

    /// @notice An argument whose stake has ended stays.
    error StakeHasEnded(uint256 stakeId, uint256 endsAt);

    /// @notice The caller marked an argument when this stake was made or later, without a role: it stays to its end.
    error StakeBacksMark(uint256 stakeId, uint256 markedAt);

    /// @notice The caller has neither the curator's nor the slasher's role, nor enough running stake.
    error NotCurator(address user, uint256 staked, uint256 min);

    /// @notice Too many stakes have expired that nobody has processed: call `processExpired` first.
    error ExpiredStakesLeft(uint256 nextEndsAt);

    /// @notice Stakes of too many different periods are running for one more.
    error TooManyPeriods(uint256 max);

    /// @notice Nothing was to be funded.
    error AmountZero();

    /// @notice Nothing is credited to the caller.
    error CreditZero(address user);

    /* ARGUE */

    /// @notice Write an argument and stake on it.
    /// @dev Anyone who is not jailed, while entries are not paused; the caller must have allowed the contract to move
    /// `creationStake`. Interest is set aside: `floor(amount * interestRateBps * period / (10,000 * 365 days))`. The
    /// text is emitted, not stored. Emits `ArgumentCreated`. Reverts with `ClaimUnknown`, `CreatorJailed`,
    /// `SummaryLengthOutOfRange`, `BodyLengthOutOfRange`, `TooManyArguments`, `StakeLimitReached`,
    /// `RewardReserveTooLow`, `HoldingsTooLarge`, `EnforcedPause`, `RecordStarved`, or the token's own error.
    /// @param claimId The claim, which must have a belief market.
    /// @param side Support to back it, Oppose to challenge it.
    /// @param summary The argument in a line, in bytes from `minSummaryLength` to `maxSummaryLength`.
    /// @param body The argument, in bytes from `minBodyLength` to `maxBodyLength`.
    /// @return argumentId Its id.
    function createArgument(
        bytes32 claimId,
        Side side,
        string calldata summary,
        string calldata body
    ) external returns (uint256 argumentId);

    /// @notice Raise an argument of somebody else's, with stake.
    /// @dev Anyone, once an argument, while entries are not paused; the caller must have allowed the contract to move
    /// `upvoteStake`. Interest is set aside as for an argument. Where the creator is jailed, counts towards the end of
    /// the jail. Emits `ArgumentUpvoted`, and `Unjailed` where it is the last one needed. Reverts with
    /// `ArgumentUnknown`, `ArgumentIsDeleted`, `ArgumentIsUnhelpful`, `OwnArgument`, `AlreadyUpvoted`,
    /// `StakeLimitReached`, `RewardReserveTooLow`, `HoldingsTooLarge`, `EnforcedPause`, or the token's own error.
    /// @param argumentId The argument.
    /// @return stakeId The new stake.
    function upvote(uint256 argumentId) external returns (uint256 stakeId);

    /// @notice Take back an argument that nobody upvoted or marked, while its stake runs.
    /// @dev Its creator; nobody can pause it. The stake ends without interest and is credited; the argument no longer
    /// counts among those of its creator on the claim. A stake made up to the second in which its owner last marked an
    /// argument without a role stays: otherwise the same tokens could make any number of curators. Emits
    /// `ArgumentDeleted`. Reverts with `ArgumentUnknown`, `NotCreator`, `ArgumentIsDeleted`, `ArgumentNotUntouched`,
    /// `StakeHasEnded` or `StakeBacksMark`.
    /// @param argumentId The argument.
    function deleteArgument(uint256 argumentId) external;

    /// @notice Take all that was credited to the caller.
    /// @dev Nobody can pause it. Emits `Withdrawn`. Reverts with `CreditZero`, or the token's own error.
    /// @return amount What was paid, in token units.
    function withdraw() external returns (uint256 amount);

    /* CURATE */

    /// @notice Find an argument of somebody else's unhelpful.
    /// @dev Holders of the curator's or the slasher's role, unless with an execution delay, and users with
    /// `minCuratorStake` in stakes that run at the moment, which they then cannot take back; once an argument. At
    /// `unhelpfulThreshold` marks, or at a slasher's first, the argument is unhelpful: stakes on it earn nothing more,
    /// and what was set aside for them is free again; its creator's stake, if it runs, ends and is lost,
    /// `floor(floor(stake * shareBps / 10,000) / marks)` to each who marked it, the rest to the reserve; its creator is
    /// jailed for `jailPeriod` times the slashes so far. The mark that decides first processes up to 100 stakes that
    /// have expired, so that what ended before keeps its interest. Emits `ArgumentMarked`; the one that decides,
    /// `ArgumentFoundUnhelpful` and `Jailed`, after a `StakeExpired` each. Reverts with `ArgumentUnknown`,
    /// `ArgumentIsDeleted`, `ArgumentIsUnhelpful`, `OwnArgument`, `AlreadyMarked`, `NotCurator` or `ExpiredStakesLeft`.
    /// @param argumentId The argument.
    /// @param reason Why.
    function markUnhelpful(uint256 argumentId, UnhelpfulReason reason) external;

    /* UPKEEP */

    /// @notice Pay stakes that have expired, in the order of their ends.
    /// @dev Anyone; nobody can pause it. A staker is credited the stake and the interest; of an upvote's interest
    /// `floor(interest * shareBps / 10,000)` is credited to the argument's creator instead. An upvote of an unhelpful
    /// argument is credited without interest. Stakes that were deleted or slashed are only taken from the queue, as
    /// soon as they are next among those made for the same period, and count. Emits `StakeExpired` each. Never reverts
    /// because of one stake.
    /// @param maxCount The most stakes to take from the queue.
    /// @return processed How many were.
    function processExpired(uint256 maxCount) external returns (uint256 processed);

    /// @notice Pay into the reserve that interest comes from.
    /// @dev Anyone who has allowed the contract to move the amount. Emits `RewardsFunded`. Reverts with `AmountZero`,
    /// `HoldingsTooLarge`, or the token's own error.
    /// @param amount What to pay, in token units.
    function fundRewards(uint256 amount) external;

    /* GOVERN */

    /// @notice Set the rules. Stakes that were made keep their amount, period, interest and shares; all other rules
    /// hold for everybody at once. A lower threshold decides with the next mark.
    /// @dev Restricted by the `AccessManager`. Emits `ParamsSet`. Reverts with `ParameterOutOfBounds`, or
    /// `TooManyPeriods` where stakes of 16 periods in turn are still in the queue.
    /// @param params_ The rules.
    function setParams(ArgumentParams calldata params_) external;

    /// @notice Choose where it is recorded who takes part.
    /// @dev Restricted by the `AccessManager`. Emits `RecorderSet`. Reverts with `RecorderNotContract`.
    /// @param recorder_ The recorder; 0 for none.
    function setRecorder(IActivityRecorder recorder_) external;

    /// @notice Stop new arguments and upvotes. What has begun goes on.
    /// @dev Restricted by the `AccessManager` to the guardian. Emits `Paused`. Reverts with `EnforcedPause`.
    function pauseEntries() external;

    /// @notice Let new arguments and upvotes in again.
    /// @dev Restricted by the `AccessManager` to the guardian. Emits `Unpaused`. Reverts with `ExpectedPause`.
    function unpauseEntries() external;

    /* READ */

    /// @notice The token that is staked.
    function token() external view returns (IERC20);

    /// @notice Where claims come into being.
    function factory() external view returns (IBeliefFactory);

    /// @notice Where it is recorded who takes part; 0 for nowhere.
    function recorder() external view returns (IActivityRecorder);

    /// @notice The rules for stakes that are made now.
    function params() external view returns (ArgumentParams memory);

    /// @notice An argument.
    /// @dev Reverts with `ArgumentUnknown`.
    /// @param argumentId Its id.
    function argument(uint256 argumentId) external view returns (Argument memory);

    /// @notice A stake.
    /// @dev Reverts with `StakeUnknown`.
    /// @param stakeId Its id.
    function stake(uint256 stakeId) external view returns (Stake memory);

    /// @notice What is known of a user.
    /// @param user Who.
    /// @return credited What they can withdraw, in token units.
    /// @return slashCount How often they were slashed since they were last unjailed.
    /// @return jailedUntil When they may write again, in unix seconds; 0 where they never were jailed, or unjailed.
    /// @return upvotesSinceJailed Upvotes of their arguments since they were last jailed.
    function account(
        address user
    ) external view returns (uint256 credited, uint256 slashCount, uint256 jailedUntil, uint256 upvotesSinceJailed);

    /// @notice What the stake limit compares: nobody with `staked * 10,000 >= total * stakeLimitBps` stakes more,
    /// unless both are 0.
    /// @param user Who.
    /// @return staked Their stakes that run and were made less than `stakeLimitWindow` seconds ago, in token units.
    /// @return total Their balance of the token, their credit, and `staked`.
    function stakeLimit(address user) external view returns (uint256 staked, uint256 total);

    /// @notice The stakes of a user that run at the moment, in token units: what makes a curator.
    /// @param user Who.
    function runningStake(address user) external view returns (uint256);

    /// @notice How many arguments on a claim are a user's; deleted ones do not count.
    /// @param claimId The claim.
    /// @param user Who.
    function argumentsBy(bytes32 claimId, address user) external view returns (uint256);

    /// @notice Whether a user upvoted an argument.
    /// @param argumentId The argument.
    /// @param user Who.
    function hasUpvoted(uint256 argumentId, address user) external view returns (bool);

    /// @notice Whether a user found an argument unhelpful.
    /// @param argumentId The argument.
    /// @param user Who.
    function hasMarked(uint256 argumentId, address user) external view returns (bool);

    /// @notice Arguments about a claim, deleted and unhelpful ones too, in order of creation.
    /// @param claimId The claim.
    /// @param offset How many to leave out at the beginning.
    /// @param limit The most to list.
    /// @return argumentIds Up to `limit` of them; empty beyond the last.
    function claimArguments(
        bytes32 claimId,
        uint256 offset,
        uint256 limit
    ) external view returns (uint256[] memory argumentIds);

    /// @notice Stakes on an argument, ended ones too, in order of creation: the creator's is the first.
    /// @dev Reverts with `ArgumentUnknown`.
    /// @param argumentId The argument.
    /// @param offset How many to leave out at the beginning.
    /// @param limit The most to list.
    /// @return stakeIds Up to `limit` of them; empty beyond the last.
    function argumentStakes(
        uint256 argumentId,
        uint256 offset,
        uint256 limit
    ) external view returns (uint256[] memory stakeIds);

    /// @notice Arguments of a user, deleted and unhelpful ones too, in order of creation.
    /// @param user Who.
    /// @param offset How many to leave out at the beginning.
    /// @param limit The most to list.
    /// @return argumentIds Up to `limit` of them; empty beyond the last.
    function userArguments(
        address user,
        uint256 offset,
        uint256 limit
    ) external view returns (uint256[] memory argumentIds);

    /// @notice Stakes of a user, ended ones too, in order of creation.
    /// @param user Who.
    /// @param offset How many to leave out at the beginning.
    /// @param limit The most to list.
    /// @return stakeIds Up to `limit` of them; empty beyond the last.
    function userStakes(address user, uint256 offset, uint256 limit) external view returns (uint256[] memory stakeIds);

    /// @notice The queue of running stakes.
    /// @dev Gas grows with stakes at its head that were deleted or slashed, until `processExpired` takes them out.
    /// @return count Stakes that have not ended, those included that have expired and are not processed.
    /// @return nextEndTime When the next of them expires, or expired, in unix seconds; 0 where there is none.
    function activeStakes() external view returns (uint256 count, uint256 nextEndTime);

    /// @notice The reserve that interest comes from, in token units.
    /// @return free What new stakes can be promised.
    /// @return reserved What was promised to running stakes.
    function rewardReserve() external view returns (uint256 free, uint256 reserved);

    /// @notice All that the contract owes: running stakes, credits and the reserve, in token units. Its balance of the
    /// token is that, and what somebody may have sent it unasked.
    function owed() external view returns (uint256);
}
