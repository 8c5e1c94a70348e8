// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {Signatures} from "./Signatures.sol";

/// @title Requests that one account signs and another one sends
/// @dev EIP-712 with {name, version "1", chainId, verifyingContract}. The separator is made from the live chain id for
/// each request: nothing of the chain or the address is in the code, so that its hash can be pinned in advance.
abstract contract Relayed is Nonces {
    error RequestExpired(uint256 deadline);
    error RequestDeadlineTooFar(uint256 deadline, uint256 latest);
    error RequestSignatureInvalid(address signer);

    /// @notice How far ahead a deadline may lie: a signed request that was never sent does not wait for years.
    uint256 public constant MAX_DEADLINE = 7 days;

    bytes32 private constant DOMAIN_TYPE_HASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    /// @notice EIP-712 domain separator of relayed requests.
    function domainSeparator() public view returns (bytes32) {
        return keccak256(abi.encode(DOMAIN_TYPE_HASH, _nameHash(), keccak256("1"), block.chainid, address(this)));
    }

    /// @dev keccak256 of the domain's name.
    function _nameHash() internal pure virtual returns (bytes32);

    /// @dev Every relayed request passes here. `structHash` must contain the nonce of `signer` that is spent here, read
    /// by the caller beforehand with {nonces}, and the deadline. A request is good up to and including its deadline.
    function _spend(address signer, bytes32 structHash, uint256 deadline, bytes calldata signature) internal {
        if (block.timestamp > deadline) revert RequestExpired(deadline);
        uint256 latest = block.timestamp + MAX_DEADLINE;
        if (deadline > latest) revert RequestDeadlineTooFar(deadline, latest);
        _useNonce(signer);
        bytes32 digest = MessageHashUtils.toTypedDataHash(domainSeparator(), structHash);
        if (!Signatures.isValid(signer, digest, signature)) revert RequestSignatureInvalid(signer);
    }
}
