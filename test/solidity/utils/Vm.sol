// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @dev The cheatcodes these tests use, as Hardhat's Solidity test runner serves them.
interface Vm {
    /// @dev Makes `newTimestamp` the time of every later call.
    function warp(uint256 newTimestamp) external;

    /// @dev The time of the block. Use it in place of `block.timestamp` around `warp`: the optimizer may assume that
    /// the time does not change within a call.
    function getBlockTimestamp() external view returns (uint256 timestamp);

    /// @dev The next call comes from `msgSender`.
    function prank(address msgSender) external;

    /// @dev All calls come from `msgSender` until `stopPrank`.
    function startPrank(address msgSender) external;

    function stopPrank() external;

    /// @dev Makes an account and all its storage slots cold again, as at the start of a transaction.
    function cool(address target) external;

    function snapshotState() external returns (uint256 snapshotId);

    function revertToState(uint256 snapshotId) external returns (bool success);

    /// @dev The creation code of a contract of the build, named as `File.sol:Contract`.
    function getCode(string calldata artifact) external view returns (bytes memory creationBytecode);

    /// @dev Drops a fuzz input that a test has nothing to say about.
    function assume(bool condition) external pure;

    function assertTrue(bool condition, string calldata message) external pure;

    function assertEq(bool left, bool right, string calldata message) external pure;

    function assertEq(uint256 left, uint256 right, string calldata message) external pure;

    function assertEq(int256 left, int256 right, string calldata message) external pure;

    function assertEq(address left, address right, string calldata message) external pure;

    function assertEq(bytes32 left, bytes32 right, string calldata message) external pure;

    function assertEq(bytes calldata left, bytes calldata right, string calldata message) external pure;

    function assertGe(uint256 left, uint256 right, string calldata message) external pure;

    function assertGt(uint256 left, uint256 right, string calldata message) external pure;

    function assertLe(uint256 left, uint256 right, string calldata message) external pure;

    function assertApproxEqAbs(uint256 left, uint256 right, uint256 maxDelta, string calldata message) external pure;
}

/// @dev Where the test runner listens for cheatcodes.
Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
