// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOperatorRegistry} from "../interfaces/IOperatorRegistry.sol";
import {IRealmRegistry} from "../interfaces/IRealmRegistry.sol";
import {Custody} from "./Custody.sol";
import {PackedGrant} from "./PackedGrants.sol";

/// @title The realm registry's own state and how it is found
/// @dev First in the order of inheritance, so that these slots lie before inherited state: end points prove them.
abstract contract RealmState is IRealmRegistry {
    /// @dev {IRealmRegistry.Realm} as stored.
    struct StoredRealm {
        /// From the low end: policy 8 bits, sequence 40, head 208.
        uint256 log;
        address owner;
        PackedGrant root;
        PackedGrant previousRoot;
        Custody.State custody;
    }

    /// @dev {IRealmRegistry.Record} as stored.
    struct StoredRecord {
        PackedGrant grant;
        /// What the subject issued with validFrom below this block number is void.
        uint40 epoch;
        bytes27 digest;
    }

    /// @notice Where operators are enrolled. In the code, not in storage.
    IOperatorRegistry public immutable OPERATORS;

    /// @dev Slot 0.
    mapping(address realm => StoredRealm) internal _realms;
    /// @dev Slot 1.
    mapping(address realm => mapping(address subject => StoredRecord)) internal _records;
    /// @dev Slot 2, by {_revocationKey}.
    mapping(bytes32 key => Revocation) internal _revocations;

    /// @dev Holds the place of an event's sequence number.
    uint256 internal constant SEQUENCE = 0;

    uint256 internal constant SEQUENCE_AT = 8;
    uint256 internal constant HEAD_AT = 48;

    /// @dev Bits of {IRealmRegistry.Grant}'s standing, beside the depth in bits 0..3.
    uint256 internal constant OVERLAPPED = 0x20;
    uint256 internal constant ADMITTED = 0x40;
    uint256 internal constant REVOKED = 0x80;

    /// @dev A chain has at most 8 certificates (CCR-15): the delegate's, and at most 7 from depth 6 to the root at 0.
    uint256 internal constant MAX_LENGTH = 8;
    uint256 internal constant MAX_DEPTH = 6;

    constructor(IOperatorRegistry operatorRegistry) {
        OPERATORS = operatorRegistry;
    }

    function _policyOf(StoredRealm storage self) internal view returns (Policy) {
        return Policy(uint8(self.log));
    }

    function _known(address realm) internal view returns (StoredRealm storage self) {
        self = _realms[realm];
        if (self.log == 0) revert RealmUnknown(realm);
    }

    /// @dev What `account` holds: a root's own grant first, so that no record can stand before a root; none for nothing.
    function _grantOf(
        StoredRealm storage self,
        PackedGrant root,
        address realm,
        address account
    ) internal view returns (PackedGrant grant) {
        grant = _rootGrantOf(self, root, account);
        if (grant.isNone()) grant = _records[realm][account].grant;
    }

    /// @dev The grant of a root, none when `account` is no root of the realm. `root` is the realm's first.
    function _rootGrantOf(
        StoredRealm storage self,
        PackedGrant root,
        address account
    ) internal view returns (PackedGrant grant) {
        if (root.issuer() == account) return root;
        if (root.has(OVERLAPPED)) {
            grant = self.previousRoot;
            if (grant.issuer() != account) grant = PackedGrant.wrap(0);
        }
    }

    function _revocationKey(address realm, address authority, bytes27 digest) internal pure returns (bytes32) {
        return keccak256(abi.encode(realm, authority, digest));
    }
}
