// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @title Where it is recorded that somebody took part
interface IActivityRecorder {
    /// @notice Somebody took part. Nothing is recorded of who has no stake.
    /// @dev Restricted to contracts where that happens, where there is something to record.
    /// @param account Who.
    function recordParticipation(address account) external;
}

/// @title Records that never stand in the way
library ActivityRecorder {
    /// @dev Far more than a record needs: a recorder that uses more fails.
    uint256 internal constant MAX_GAS = 150_000;

    /// @notice There is no code at the recorder's address.
    error RecorderNotContract(address recorder);

    /// @notice The transaction has too little gas for the record: it would be lost.
    error RecordStarved(uint256 needed);

    /// @dev Reverts with `RecorderNotContract` unless there is code, or no recorder at all.
    function check(IActivityRecorder recorder) internal view {
        if (address(recorder) != address(0) && address(recorder).code.length == 0) {
            revert RecorderNotContract(address(recorder));
        }
    }

    /// @dev Records that an account took part, if there is a recorder; whatever that does, the act goes on. Reverts
    /// with `RecordStarved` alone.
    function record(IActivityRecorder recorder, address account) internal {
        if (address(recorder).code.length == 0) return; // none, or one that has gone
        try recorder.recordParticipation{gas: MAX_GAS}(account) {} catch {
            requireGas();
        }
    }

    /// @dev After a record that failed: reverts with `RecordStarved` if the call may have had less than `MAX_GAS`, so
    /// that nobody's record is lost because somebody saved gas. Of what there was, a call leaves a 64th.
    function requireGas() internal view {
        if (gasleft() < MAX_GAS / 63) revert RecordStarved(MAX_GAS);
    }
}
