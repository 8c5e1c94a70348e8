// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The kinds of platforms, and what each can be asked to prove
library Platforms {
    uint8 internal constant TPM_2_0 = 1;
    uint8 internal constant AWS_NITRO = 2;
    /// @dev One more than the greatest kind.
    uint8 internal constant KINDS = 3;

    /// @dev PCR banks by the id of their hash in the TCG Algorithm Registry. SHA-1 (0x0004) is not among them.
    uint16 internal constant SHA256 = 0x000b;
    uint16 internal constant SHA384 = 0x000c;
    uint16 internal constant SHA512 = 0x000d;

    /// @notice Whether a kind has a number.
    function isKnown(uint8 kind) internal pure returns (bool) {
        return kind == TPM_2_0 || kind == AWS_NITRO;
    }

    /// @notice Whether a bit set (bit n for kind n) has at least one kind, and none that has no number.
    function areKnown(uint256 kinds) internal pure returns (bool) {
        return kinds != 0 && kinds & ~uint256((1 << TPM_2_0) | (1 << AWS_NITRO)) == 0;
    }

    /// @notice Whether a kind has a bank of PCRs. An enclave's document states SHA-384 alone.
    function hasBank(uint8 kind, uint16 bank) internal pure returns (bool) {
        return kind == AWS_NITRO ? bank == SHA384 : hashLength(bank) != 0;
    }

    /// @notice The PCRs of a kind that prove something, bit n for PCR n. A TPM has 0 to 23, of which 16 and 23 can be
    /// reset by whoever is logged in; an enclave's document states 0 to 15.
    function pcrsOf(uint8 kind) internal pure returns (uint32) {
        return kind == AWS_NITRO ? 0xffff : 0x7effff;
    }

    /// @notice Whether bytes have the shape of an attestation key's Name: TPM 2.0 Library, part 1, section 16.
    function isName(uint8 kind, bytes calldata name) internal pure returns (bool) {
        if (kind == AWS_NITRO) return name.length == 48;
        uint256 length = name.length < 2 ? 0 : hashLength(uint16(bytes2(name)));
        return length != 0 && name.length == 2 + length;
    }

    /// @dev Bytes of a hash that is strong enough; 0 of every other.
    function hashLength(uint16 algorithm) internal pure returns (uint256) {
        if (algorithm == SHA256) return 32;
        if (algorithm == SHA384) return 48;
        return algorithm == SHA512 ? 64 : 0;
    }
}
