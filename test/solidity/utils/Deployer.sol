// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

import {vm} from "./Vm.sol";

/// @dev Deploys contracts of the build: what the tests attack is the code that is deployed, however they themselves are
/// compiled, and the compiler need not make it again for them.
library Deployer {
    error DeploymentFailed(string name);

    /// @param name Of the contract, and of the file that it is in.
    /// @param args The arguments of its constructor, ABI-encoded.
    function deploy(string memory name, bytes memory args) internal returns (address deployed) {
        bytes memory code = bytes.concat(vm.getCode(string.concat(name, ".sol:", name)), args);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 0x20), mload(code))
        }
        require(deployed != address(0), DeploymentFailed(name));
    }
}
