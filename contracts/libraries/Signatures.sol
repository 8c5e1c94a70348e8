// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title One rule for what counts as a signature
library Signatures {
    /// @dev Enough for a wallet that verifies a P-256 key in Solidity; keeps a hostile wallet from eating a whole call.
    uint256 internal constant WALLET_GAS = 500_000;

    /// @notice Whether `signature` is `signer`'s over `digest`: 65 bytes r, s, v with v of 27 or 28 and low s, or else
    /// an ERC-1271 wallet at `signer` says so.
    /// @dev ECDSA first, also when `signer` has code: an account with an EIP-7702 delegation still has its key.
    function isValid(address signer, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        (address recovered, ECDSA.RecoverError problem, ) = ECDSA.tryRecoverCalldata(digest, signature);
        if (problem == ECDSA.RecoverError.NoError && recovered == signer) return true;
        if (signer.code.length == 0) return false;
        (bool answered, bytes memory answer) = signer.staticcall{gas: WALLET_GAS}(
            abi.encodeCall(IERC1271.isValidSignature, (digest, signature))
        );
        return answered && answer.length == 32 && bytes32(answer) == bytes32(IERC1271.isValidSignature.selector);
    }
}
