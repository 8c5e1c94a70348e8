// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What a certificate allows its subject to do, as bits of one byte
/// @dev The certificate's field is a uint64; bits 8..63 are not assigned and must be zero, so one byte holds a valid set.
library Capabilities {
    uint8 internal constant ROOT_CA = 1 << 0;
    uint8 internal constant INTERMEDIATE_CA = 1 << 1;
    uint8 internal constant PUBLIC_RELAY = 1 << 2;
    uint8 internal constant PRIVATE_RELAY = 1 << 3;
    uint8 internal constant GATEWAY = 1 << 4;
    uint8 internal constant EXCHANGE = 1 << 5;
    uint8 internal constant PROVIDER = 1 << 6;
    uint8 internal constant CONSUMER = 1 << 7;

    /// @notice Whether only assigned bits are set.
    function areKnown(uint256 capabilities) internal pure returns (bool) {
        return capabilities <= type(uint8).max;
    }

    /// @notice Whether the holder may issue authority certificates (CCR-14).
    function mayIssue(uint256 capabilities) internal pure returns (bool) {
        return capabilities & (ROOT_CA | INTERMEDIATE_CA) != 0;
    }

    /// @notice Whether `capabilities` is a subset of `ofIssuer` (CCR-7).
    function areWithin(uint256 capabilities, uint256 ofIssuer) internal pure returns (bool) {
        return capabilities & ~ofIssuer == 0;
    }
}
