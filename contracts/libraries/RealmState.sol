// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOperatorRegistry} from "../interfaces/IOperatorRegistry.sol";
import {IRealmRegistry} from "../interfaces/IRealmRegistry.sol";

/// @title The realm registry's own state and how it is found
/// @dev First in the order of inheritance, so that these slots lie before inherited state: end points prove them.
abstract contract RealmState is IRealmRegistry {
    /// @notice Where operators are enrolled. In the code, not in storage.
    IOperatorRegistry public immutable OPERATORS;

    /// @dev Slot 0.
    mapping(address realm => Realm) internal _realms;
    /// @dev Slot 1.
    mapping(address realm => mapping(address subject => Record)) internal _records;
    /// @dev Slot 2, by {_revocationKey}.
    mapping(bytes32 key => Revocation) internal _revocations;
    /// @dev Slot 3. Block number.
    mapping(address realm => mapping(address authority => uint40)) internal _epochs;

    /// @dev Bits of {IRealmRegistry.Grant}'s standing.
    uint8 internal constant DEPTH = 0x0f;
    uint8 internal constant OVERLAPPED = 0x20;
    uint8 internal constant ADMITTED = 0x40;
    uint8 internal constant REVOKED = 0x80;

    /// @dev A chain has at most 8 certificates (CCR-15): the delegate's, and at most 7 from depth 6 to the root at 0.
    uint256 internal constant MAX_LENGTH = 8;
    uint8 internal constant MAX_DEPTH = 6;

    /// @dev Holds the place of an event's sequence number.
    uint256 internal constant SEQUENCE = 0;

    constructor(IOperatorRegistry operatorRegistry) {
        OPERATORS = operatorRegistry;
    }

    function _known(address realm) internal view returns (Realm storage self) {
        self = _realms[realm];
        if (self.policy == Policy.None) revert RealmUnknown(realm);
    }

    function _isRoot(Realm storage self, address account) internal view returns (bool) {
        Grant memory root = self.root;
        if (root.issuer == account) return true;
        return root.standing & OVERLAPPED != 0 && self.previousRoot.issuer == account;
    }

    /// @dev What `account` holds: a root's own grant first, so that no record can stand before a root; all zero for nothing.
    function _grantOf(Realm storage self, address realm, address account) internal view returns (Grant memory grant) {
        grant = self.root;
        if (grant.issuer == account) return grant;
        if (grant.standing & OVERLAPPED != 0) {
            grant = self.previousRoot;
            if (grant.issuer == account) return grant;
        }
        return _records[realm][account].grant;
    }

    function _revocationKey(address realm, address authority, bytes32 digest) internal pure returns (bytes32) {
        return keccak256(abi.encode(realm, authority, digest));
    }
}
