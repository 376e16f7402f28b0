import type { Sources } from "../../mutation/compiler.ts";

/** A file that is nowhere but here. */
export const FILE = "contracts/Purse.sol";

/** A contract with a place for every kind of change. */
export const PURSE: Sources = new Map([
  [
    FILE,
    `// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

// Beyond ASCII, so that bytes and characters differ: § 1
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

contract Purse {
    enum Phase {
        Open,
        Shut
    }

    uint256 internal constant MOST = 10;
    uint256 public held;
    Phase public phase;

    event Moved(uint256 from, uint256 to);

    modifier whileOpen() {
        if (phase != Phase.Open) revert();
        _;
    }

    function put(uint256 amount) external whileOpen {
        uint256 sum = held + amount;
        if (sum > MOST && !isFull()) sum = Math.min(sum, MOST);
        emit Moved(held, sum);
        held = sum;
    }

    function take(uint256 amount) external {
        held -= amount;
    }

    function shut() external {
        phase = Phase.Shut;
    }

    function isFull() public view returns (bool) {
        return held == MOST;
    }

    function double(uint256 x) external pure returns (uint256) {
        return x * 2;
    }
}
`,
  ],
]);
