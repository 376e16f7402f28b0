// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {IRewardsDistributor, RewardParams} from "../../../contracts/council/interfaces/IRewardsDistributor.sol";
import {Bounded} from "../utils/Bounded.sol";
import {Check} from "../utils/Check.sol";
import {Deployer} from "../utils/Deployer.sol";
import {PlainToken} from "../utils/PlainToken.sol";
import {vm} from "../utils/Vm.sol";

/// @title Rewards up to the widths of their slots
/// @dev The token has any supply, and the test is the staking contract: power up to what the distributor takes,
/// boosters that make four times as much of it, and periods up to their largest amount.
contract RewardWidthsTest {
    using Bounded for uint256;

    struct Activity {
        uint256 participatedAt;
        uint256 votedAt;
    }

    uint256 private constant BPS = 10_000;
    uint256 private constant USERS = 3;
    uint256 private constant STEPS = 16;
    uint256 private constant FIRST_SECOND = 1_800_000_000;
    uint256 private constant PERIOD = 7 days;
    uint256 private constant ACTIVITY_WINDOW = 30 days;
    uint256 private constant MAX_AMOUNT = 2 ** 80 - 1;
    uint256 private constant MAX_TOTAL_WEIGHT = 2 ** 78 - 1;

    // Enough for some ten of the largest periods: the sum of rewards for a unit of weight has 160 bits.
    uint256 private constant MIN_POWER = 64;

    PlainToken private _token;
    IRewardsDistributor private _distributor;
    mapping(address user => Activity) private _activityOf;

    function setUp() public {
        vm.warp(FIRST_SECOND);
        _token = new PlainToken(9);
        RewardParams memory rules = RewardParams({
            period: uint32(PERIOD),
            activityWindow: uint32(ACTIVITY_WINDOW),
            participationBps: uint16(BPS),
            longTermBps: uint16(BPS),
            governanceBps: uint16(BPS),
            minClaim: 1
        });
        address authority = Deployer.deploy("AccessManager", abi.encode(address(this)));
        _distributor = IRewardsDistributor(Deployer.deploy("RewardsDistributor", abi.encode(_token, rules, authority)));
        _distributor.bind(address(this));
        _token.approve(address(_distributor), type(uint256).max);
    }

    /// @dev From one unit of weight that has the largest period to itself on.
    function testFuzz_rewards_goToTheOnlyStakerWhole(uint256 power, uint256 amount) public {
        _setPower(_user(0), power.ofAnySize(1, MAX_TOTAL_WEIGHT / 2));
        amount = amount.ofAnySize(1, MAX_AMOUNT);
        _fund(amount);
        Check.equal(_distributor.startPeriod(), amount, "amount of the period");
        vm.warp(FIRST_SECOND + PERIOD);
        uint256 claimable = _distributor.claimable(_user(0));
        Check.atMost(claimable, amount, "more than there was");
        Check.atLeast(claimable + 1, amount, "a unit or more is missing");
    }

    function testFuzz_rewards_areSharedByWeight(uint256 power, uint256 otherPower, uint256 amount) public {
        power = power.ofAnySize(1, MAX_TOTAL_WEIGHT / 2 - 1); // long-term stake counts twice
        otherPower = otherPower.ofAnySize(1, MAX_TOTAL_WEIGHT - 2 * power);
        _setPower(_user(0), power);
        _setPower(_user(1), otherPower);
        amount = amount.ofAnySize(1, MAX_AMOUNT);
        _fund(amount);
        _distributor.startPeriod();
        vm.warp(FIRST_SECOND + PERIOD);
        uint256 claimable = _distributor.claimable(_user(1));
        uint256 total = 2 * power + otherPower;
        Check.atMost(claimable * total, amount * otherPower, "more than by weight");
        Check.atLeast((claimable + 2) * total, amount * otherPower, "two units or more below the share by weight");
    }

    function testFuzz_period_streamsItsLargestAmountAtMost(uint256 amount) public {
        amount = amount.ofAnySize(1, 4 * MAX_AMOUNT);
        _fund(amount);
        uint256 expected = amount < MAX_AMOUNT ? amount : MAX_AMOUNT;
        Check.equal(_distributor.nextPeriodAmount(), expected, "next period");
        Check.equal(_distributor.startPeriod(), expected, "amount of the period");
        Check.equal(
            _distributor.nextPeriodAmount(),
            amount - expected < MAX_AMOUNT ? amount - expected : MAX_AMOUNT,
            "left"
        );
    }

    /// @dev Boosters may bring the total to four times what staking may.
    function testFuzz_history_conservesEveryUnit(uint256 seed) public {
        for (uint256 i = 0; i < STEPS; ++i) {
            _act(uint256(keccak256(abi.encode(seed, i))));
            _assertSums();
        }
        vm.warp(vm.getBlockTimestamp() + PERIOD);
        for (uint256 i = 0; i < USERS; ++i) {
            _setPower(_user(i), 0);
            _claim(_user(i));
        }
        Check.equal(_distributor.totalWeight(), 0, "weight of nobody");
        Check.atMost(_distributor.owed(), USERS + 1, "owed when all have left");
    }

    /* INTERNAL */

    function _act(uint256 draw) private {
        (uint256 kind, address user) = (draw % 8, _user(draw >> 8));
        uint256 time = vm.getBlockTimestamp();
        (uint256 period, , , uint256 endsAt, ) = _distributor.stream();
        if (kind < 2) _setPower(user, (draw >> 16) % 8 == 0 ? 0 : (draw >> 24).ofAnySize(MIN_POWER, MAX_TOTAL_WEIGHT));
        else if (kind == 2) _fund((draw >> 16).ofAnySize(1, 2 * MAX_AMOUNT));
        else if (kind == 3) vm.warp(time + (draw >> 16).ofAnySize(0, ACTIVITY_WINDOW));
        else if (kind == 4) vm.warp(endsAt > time ? endsAt : time + 1);
        else if (kind == 5) _record(user);
        else if (kind == 6) _claim(user);
        else if ((period == 0 || time >= endsAt) && _distributor.nextPeriodAmount() > 0) _distributor.startPeriod();
    }

    function _fund(uint256 amount) private {
        _token.mint(address(this), amount);
        _distributor.fund(amount);
    }

    /// @dev Refused exactly where more power would bring the total above its limit.
    function _setPower(address user, uint256 power) private {
        (uint256 before, uint256 weight, , , , ) = _distributor.account(user);
        uint256 total = _distributor.totalWeight() - weight + (power * (BPS + _boosterOf(user))) / BPS;
        bytes memory call = abi.encodeCall(IRewardsDistributor.onStakeChanged, (user, power, user == _user(0)));
        (bool isDone, bytes memory answer) = address(_distributor).call(call);
        bool isTooMuch = power > before && total > MAX_TOTAL_WEIGHT;
        Check.equal(isDone, !isTooMuch, "whether the power is taken");
        if (isDone) return Check.equal(_distributor.totalWeight(), total, "total weight");
        bytes4 selector = IRewardsDistributor.WeightTooLarge.selector;
        Check.equal(answer, abi.encodeWithSelector(selector, total, MAX_TOTAL_WEIGHT), "refusal");
    }

    /// @dev The boosters count from the next touch on.
    function _record(address user) private {
        (uint256 power, , , , , ) = _distributor.account(user);
        if (power == 0) return;
        _activityOf[user] = Activity(vm.getBlockTimestamp(), vm.getBlockTimestamp());
        _distributor.recordVote(user);
        _distributor.recordParticipation(user);
        _distributor.poke(user);
    }

    function _claim(address user) private {
        uint256 claimable = _distributor.claimable(user);
        if (claimable == 0) return;
        vm.prank(user);
        Check.equal(_distributor.claim(), claimable, "claimed");
    }

    function _assertSums() private view {
        (uint256 weights, uint256 claimable) = (0, 0);
        for (uint256 i = 0; i < USERS; ++i) {
            (, uint256 weight, , , , ) = _distributor.account(_user(i));
            weights += weight;
            claimable += _distributor.claimable(_user(i));
        }
        Check.equal(_distributor.totalWeight(), weights, "total weight = sum of weights");
        (, uint256 amount, , , uint256 streamed) = _distributor.stream();
        uint256 owed = _distributor.owed();
        Check.atMost(claimable + amount - streamed, owed, "claimable + still to stream above what is owed");
        Check.atMost(owed, _token.balanceOf(address(_distributor)), "owed above the balance");
    }

    function _boosterOf(address user) private view returns (uint256 bps) {
        Activity memory activity = _activityOf[user];
        if (user == _user(0)) bps += BPS;
        if (vm.getBlockTimestamp() < activity.participatedAt + ACTIVITY_WINDOW) bps += BPS;
        if (vm.getBlockTimestamp() < activity.votedAt + ACTIVITY_WINDOW) bps += BPS;
    }

    function _user(uint256 seed) private pure returns (address) {
        return address(uint160(0x1000 + (seed % USERS)));
    }
}
