// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRealmRegistry} from "../interfaces/IRealmRegistry.sol";

/// @notice {IRealmRegistry.Grant} as the one word that is stored and logged; zero is no grant.
/// @dev From the low end: issuer 160 bits, capabilities 8, standing 8, validFrom 40, notAfter 40. Checked against the
/// struct's own layout by a test. A word, since reading five fields costs more than the storage they save.
type PackedGrant is uint256;

using PackedGrants for PackedGrant global;

library PackedGrants {
    uint256 private constant CAPABILITIES_AT = 160;
    uint256 private constant STANDING_AT = 168;
    uint256 private constant VALID_FROM_AT = 176;
    uint256 private constant NOT_AFTER_AT = 216;

    /// @dev The callers have checked that each value fits: capabilities and standing 8 bits, blocks and seconds 40 bits.
    function pack(
        address issuer_,
        uint256 capabilities_,
        uint256 standing_,
        uint256 validFrom_,
        uint256 notAfter_
    ) internal pure returns (PackedGrant) {
        return
            PackedGrant.wrap(
                uint160(issuer_) |
                    (capabilities_ << CAPABILITIES_AT) |
                    (standing_ << STANDING_AT) |
                    (validFrom_ << VALID_FROM_AT) |
                    (notAfter_ << NOT_AFTER_AT)
            );
    }

    function unpack(PackedGrant self) internal pure returns (IRealmRegistry.Grant memory) {
        return
            IRealmRegistry.Grant(
                issuer(self),
                uint8(capabilities(self)),
                uint8(standing(self)),
                uint40(validFrom(self)),
                uint40(notAfter(self))
            );
    }

    function isNone(PackedGrant self) internal pure returns (bool) {
        return PackedGrant.unwrap(self) == 0;
    }

    function issuer(PackedGrant self) internal pure returns (address) {
        return address(uint160(PackedGrant.unwrap(self)));
    }

    function capabilities(PackedGrant self) internal pure returns (uint256) {
        return uint8(PackedGrant.unwrap(self) >> CAPABILITIES_AT);
    }

    function standing(PackedGrant self) internal pure returns (uint256) {
        return uint8(PackedGrant.unwrap(self) >> STANDING_AT);
    }

    function depth(PackedGrant self) internal pure returns (uint256) {
        return standing(self) & 0x0f;
    }

    function has(PackedGrant self, uint256 bits) internal pure returns (bool) {
        return PackedGrant.unwrap(self) & (bits << STANDING_AT) != 0;
    }

    function with(PackedGrant self, uint256 bits) internal pure returns (PackedGrant) {
        return PackedGrant.wrap(PackedGrant.unwrap(self) | (bits << STANDING_AT));
    }

    /// @dev The same with a later validFrom; an earlier one changes nothing.
    function raisedTo(PackedGrant self, uint256 validFrom_) internal pure returns (PackedGrant) {
        if (validFrom_ <= validFrom(self)) return self;
        return pack(issuer(self), capabilities(self), standing(self), validFrom_, notAfter(self));
    }

    function validFrom(PackedGrant self) internal pure returns (uint256) {
        return uint40(PackedGrant.unwrap(self) >> VALID_FROM_AT);
    }

    function notAfter(PackedGrant self) internal pure returns (uint256) {
        return PackedGrant.unwrap(self) >> NOT_AFTER_AT;
    }
}
