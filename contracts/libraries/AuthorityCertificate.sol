// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @title The two certificate types of WAMP end-to-end encryption and their EIP-712 digests
/// @dev The domain is {name: "WMP", version: "1"} and nothing else: chain and contract are fields of the message. The
/// TypeScript twin digests to the same 32 bytes; shared vectors hold both to it.
library AuthorityCertificate {
    /// @notice `issuer` vouches in `realm` that `subject` has `capabilities`.
    struct Certificate {
        uint256 chainId;
        address verifyingContract;
        /// Block number from which the certificate holds.
        uint256 validFrom;
        address issuer;
        address subject;
        address realm;
        uint64 capabilities;
        /// Free text. When it begins with "notAfter=" it sets the certificate's end, see {endOf}.
        string meta;
    }

    /// @notice The same for this chain and this contract, which are not sent but filled in: they cannot be wrong.
    struct Local {
        uint256 validFrom;
        address issuer;
        address subject;
        address realm;
        uint64 capabilities;
        string meta;
    }

    /// @notice `delegate` says that `csPubKey` is its WAMP-cryptosign key.
    struct Delegate {
        uint256 chainId;
        address verifyingContract;
        uint256 validFrom;
        address delegate;
        /// Ed25519 public key.
        bytes32 csPubKey;
        /// POSIX nanoseconds.
        uint64 bootedAt;
        string meta;
    }

    /// @dev keccak256(abi.encode(keccak256("EIP712Domain(string name,string version)"), keccak256("WMP"), keccak256("1"))),
    /// written out since the compiler would compute it anew each time; a test pins it.
    bytes32 internal constant DOMAIN_SEPARATOR = 0x43ee3bbb34d5e4fa65e905c83d5090865207639e2d8ba48cd446faca6f961b7b;
    bytes32 internal constant TYPE_HASH = keccak256(
        "EIP712AuthorityCertificate(uint256 chainId,address verifyingContract,uint256 validFrom,address issuer,address subject,address realm,uint64 capabilities,string meta)"
    );
    bytes32 internal constant DELEGATE_TYPE_HASH = keccak256(
        "EIP712DelegateCertificate(uint256 chainId,address verifyingContract,uint256 validFrom,address delegate,bytes32 csPubKey,uint64 bootedAt,string meta)"
    );

    /// @notice The end of a certificate that has none. POSIX seconds.
    uint40 internal constant NO_END = type(uint40).max;
    bytes9 private constant END_PREFIX = "notAfter=";
    uint256 private constant END_DIGITS = 12; // 12 decimal digits always fit in 40 bits

    /// @notice The EIP-712 digest that the issuer signs.
    /// @dev The first seven fields lie in calldata just as they are hashed. A caller that also reads address and uint64
    /// fields has them checked for stray high bits by the compiler; with such bits the digest is nobody's.
    function digest(Certificate calldata certificate) internal pure returns (bytes32) {
        bytes32 metaHash = keccak256(bytes(certificate.meta));
        bytes32 typeHash = TYPE_HASH;
        bytes32 structHash;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typeHash)
            calldatacopy(add(free, 0x20), certificate, 0xe0)
            mstore(add(free, 0x100), metaHash)
            structHash := keccak256(free, 0x120)
        }
        return _typedDataHash(structHash);
    }

    /// @notice {digest} of a certificate for this chain and this contract.
    function digestHere(Local calldata certificate) internal view returns (bytes32) {
        bytes32 metaHash = keccak256(bytes(certificate.meta));
        bytes32 typeHash = TYPE_HASH;
        bytes32 structHash;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typeHash)
            mstore(add(free, 0x20), chainid())
            mstore(add(free, 0x40), address())
            calldatacopy(add(free, 0x60), certificate, 0xa0)
            mstore(add(free, 0x100), metaHash)
            structHash := keccak256(free, 0x120)
        }
        return _typedDataHash(structHash);
    }

    /// @notice The digest of a self-signed certificate of `root` for this chain and this contract.
    function digestOfRoot(
        address realm,
        address root,
        uint256 validFrom,
        uint64 capabilities,
        string calldata meta
    ) internal view returns (bytes32) {
        return
            _typedDataHash(
                keccak256(
                    abi.encode(
                        TYPE_HASH,
                        block.chainid,
                        address(this),
                        validFrom,
                        root,
                        root,
                        realm,
                        capabilities,
                        keccak256(bytes(meta))
                    )
                )
            );
    }

    /// @notice The EIP-712 digest that the delegate signs.
    function digest(Delegate calldata certificate) internal pure returns (bytes32) {
        return
            _typedDataHash(
                keccak256(
                    abi.encode(
                        DELEGATE_TYPE_HASH,
                        certificate.chainId,
                        certificate.verifyingContract,
                        certificate.validFrom,
                        certificate.delegate,
                        certificate.csPubKey,
                        certificate.bootedAt,
                        keccak256(bytes(certificate.meta))
                    )
                )
            );
    }

    /// @notice The end that the issuer signed into `meta`: POSIX seconds from which it no longer counts.
    /// @dev The specification's type has no end, and a relayer must not choose one, so it stands in the signed text:
    /// meta = "notAfter=" digits [";" anything], 1 to 12 digits, the first not 0. Any other text sets no end.
    /// @return end NO_END without an end; 0, which is always past, when the text begins so but is malformed.
    function endOf(string calldata meta) internal pure returns (uint40 end) {
        bytes calldata text = bytes(meta);
        if (text.length < END_PREFIX.length || bytes9(text) != END_PREFIX) return NO_END;
        for (uint256 i = END_PREFIX.length; i < text.length; ++i) {
            bytes1 character = text[i];
            if (character == ";") return end;
            bool leadingZero = end == 0 && character == "0";
            if (character < "0" || character > "9" || leadingZero || i == END_PREFIX.length + END_DIGITS) return 0;
            end = end * 10 + uint8(character) - 48;
        }
    }

    function _typedDataHash(bytes32 structHash) private pure returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(DOMAIN_SEPARATOR, structHash);
    }
}
