// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Remote attestation: what platforms a realm believes, with which keys and of which measurements
/// @notice Nobody administers this contract. Who owns a realm, and who its root is, is asked of the realm registry at
/// every call and kept nowhere here. Neither endorsement keys nor quotes ever come here: a key is known by the hash of
/// its Name, a platform by a digest that its owner published.
///
/// What readers may rely on. Every change of a realm emits exactly one event per changed thing; its first topic after
/// the signature is the realm. Every such event carries `sequence`, which counts the realm's events from 1 without a
/// gap, and `epoch` as it is from then on, and is folded into the realm's head:
///
///   head' = first 24 bytes of keccak256(head padded right to 32 bytes || topics || data)
///
/// with topics and data exactly as logged and the head of a new realm zero. Head, sequence and epoch share one storage
/// slot: proving that slot proves a log complete and unaltered.
///
/// The epoch grows by one with each event that can make evidence count less than before: every policy, every
/// revocation, every replacement of an attester or measurement that stood. While it stays, nothing was taken away.
/// Revocations are final: no call revives what was revoked, or makes it count that was revoked before it was seen.
interface IAttestationRegistry {
    /// @dev What a realm asks of the platforms of one role. Storage layout, part of the interface: slot 0, from the low
    /// end, required 8 bits, kinds 16, bank 16, mask 32, maximumAge 32; slot 1 document. All zero when none was set.
    struct Policy {
        /// Whether a peer in the role without evidence is refused.
        bool required;
        /// Bit n for kind n: 1 is TPM 2.0, 2 is AWS Nitro.
        uint16 kinds;
        /// The hash of the PCR bank by its TCG algorithm id: 0x000b SHA-256, 0x000c SHA-384, 0x000d SHA-512.
        uint16 bank;
        /// The PCRs that a quote selects, exactly these: bit n for PCR n.
        uint32 mask;
        /// Seconds.
        uint32 maximumAge;
        /// Hash of the document that explains the policy; zero for none.
        bytes32 document;
    }

    /// @dev An attestation key. Storage layout, part of the interface: one slot, from the low end delegate 160 bits,
    /// notBefore 40, notAfter 40, revoked 8. All zero when unknown; without a delegate when it was revoked unseen.
    struct Attester {
        /// Whose platform it speaks for.
        address delegate;
        /// POSIX seconds from which it counts.
        uint40 notBefore;
        /// POSIX seconds from which it no longer counts.
        uint40 notAfter;
        bool revoked;
    }

    /// @dev A measurement that a role's platforms may have. Storage layout, part of the interface: slot 0, from the low
    /// end, notBefore 40 bits, notAfter 40, revoked 8; slot 1 document. All zero when unknown.
    struct Measurement {
        uint40 notBefore;
        uint40 notAfter;
        bool revoked;
        bytes32 document;
    }

    /// @dev A measurement as it is added.
    struct NewMeasurement {
        uint8 kind;
        uint16 bank;
        uint32 mask;
        /// SHA-256 over the selected PCRs of the bank, ascending, one behind the other.
        bytes32 digest;
        uint40 notBefore;
        uint40 notAfter;
        /// Hash of the document that explains the measurement; zero for none.
        bytes32 document;
    }

    /// @dev Storage layout, part of the interface: one slot, from the low end epoch 32 bits, sequence 32, head 192.
    struct Log {
        uint32 epoch;
        uint32 sequence;
        bytes24 head;
    }

    /// @dev What one call tells an end point, all of it at one block.
    struct Appraisal {
        uint256 blockNumber;
        uint256 timestamp;
        uint32 epoch;
        Policy policy;
        Attester attester;
        Measurement measurement;
    }

    error RealmUnknown(address realm);
    error RealmNotOwner(address realm, address caller);
    error PolicyKindsInvalid(uint256 kinds);
    error PolicyAgeInvalid(uint256 maximumAge);
    error AttesterNameInvalid(uint256 kind, bytes name);
    error AttesterDelegateInvalid(address delegate);
    error AttestationKindUnknown(uint256 kind);
    error AttestationBankRefused(uint256 kind, uint256 bank);
    error AttestationMaskRefused(uint256 kind, uint256 mask, uint256 allowed);
    error AttestationWindowInvalid(uint256 notBefore, uint256 notAfter, uint256 timestamp);
    error AttestationRevoked(bytes32 id);
    error AttestationNotAuthorised(address realm, bytes32 id, address caller);

    /// @notice Evidence of the role is judged by this policy from now on.
    event PolicySet(address indexed realm, bytes32 indexed role, uint32 sequence, uint32 epoch, Policy policy);
    /// @notice The first time for `id`, or in place of what stood: then the epoch grew.
    event AttesterEnrolled(
        address indexed realm,
        bytes32 indexed id,
        address indexed delegate,
        uint32 sequence,
        uint32 epoch,
        uint8 kind,
        uint40 notBefore,
        uint40 notAfter
    );
    /// @notice Final, and the last event of `id`. By the owner, the root or the attester's delegate.
    event AttesterRevoked(
        address indexed realm,
        bytes32 indexed id,
        address indexed authority,
        uint32 sequence,
        uint32 epoch,
        uint8 reason
    );
    /// @notice The first time for `key`, or in place of what stood: then the epoch grew.
    event MeasurementAdded(
        address indexed realm,
        bytes32 indexed role,
        bytes32 indexed key,
        uint32 sequence,
        uint32 epoch,
        NewMeasurement measurement
    );
    /// @notice Final, and the last event of `key` in the role. By the owner or the root.
    event MeasurementRevoked(
        address indexed realm,
        bytes32 indexed role,
        bytes32 indexed key,
        uint32 sequence,
        uint32 epoch,
        address authority,
        uint8 reason
    );

    /// @notice Sets what is asked of the platforms of a role. There is no way to unset it: `required` false asks nothing
    /// of a peer, but what it shows is judged. Each kind must have the bank and the PCRs of the mask, at least one, and
    /// none that can be reset (16 and 23 of a TPM). Owner only.
    function setPolicy(address realm, bytes32 role, Policy calldata policy) external;

    /// @notice Enrols the attestation key with this Name for the platform of `delegate`, or replaces its enrolment. Owner
    /// only.
    /// @param name of a TPM's key 2 bytes of hash algorithm and the hash (SHA-256, SHA-384 or SHA-512); of a Nitro
    /// enclave the 48 bytes of PCR4
    function enrollAttester(
        address realm,
        uint8 kind,
        bytes calldata name,
        address delegate,
        uint40 notBefore,
        uint40 notAfter
    ) external returns (bytes32 id);

    /// @notice Revokes an attestation key, enrolled or not yet, for ever. The realm's owner, its current root, or the
    /// delegate for whom it is enrolled.
    function revokeAttester(address realm, bytes32 id, uint8 reason) external;

    /// @notice {revokeAttester} with the signature of `authority` over RevokeAttester(address realm,bytes32
    /// attester,address authority,uint8 reason,uint256 nonce,uint256 deadline).
    function revokeAttesterFor(
        address realm,
        bytes32 id,
        address authority,
        uint8 reason,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Accepts a measurement of the role's platforms, or replaces its window and document. Owner only.
    function addMeasurement(
        address realm,
        bytes32 role,
        NewMeasurement calldata measurement
    ) external returns (bytes32 key);

    /// @notice {addMeasurement} for each; one that is refused refuses all.
    function addMeasurements(address realm, bytes32 role, NewMeasurement[] calldata measurements) external;

    /// @notice Revokes a measurement of the role, added or not yet, for ever. The realm's owner or its current root.
    function revokeMeasurement(address realm, bytes32 role, bytes32 key, uint8 reason) external;

    /// @notice {revokeMeasurement} for each; what is revoked already is passed over, so that nobody can hinder the rest.
    function revokeMeasurements(address realm, bytes32 role, bytes32[] calldata keys, uint8 reason) external;

    /// @notice {revokeMeasurement} with the signature of `authority` over RevokeMeasurement(address realm,bytes32
    /// role,bytes32 measurement,address authority,uint8 reason,uint256 nonce,uint256 deadline).
    function revokeMeasurementFor(
        address realm,
        bytes32 role,
        bytes32 key,
        address authority,
        uint8 reason,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Everything that an end point needs to judge one platform's evidence; ids of nothing read as zeros.
    function appraisalOf(address realm, bytes32 role, bytes32 id, bytes32 key) external view returns (Appraisal memory);

    /// @notice The realm's epoch, number of events and head, all zero when there are none.
    function logOf(address realm) external view returns (Log memory);

    /// @notice All zero when none was ever set.
    function policyOf(address realm, bytes32 role) external view returns (Policy memory);

    /// @notice All zero when unknown.
    function attesterOf(address realm, bytes32 id) external view returns (Attester memory);

    /// @notice All zero when unknown.
    function measurementOf(address realm, bytes32 role, bytes32 key) external view returns (Measurement memory);

    /// @notice keccak256(kind as one byte || name). Refuses what is no Name of the kind.
    function attesterId(uint8 kind, bytes calldata name) external pure returns (bytes32);

    /// @notice keccak256(abi.encode(kind, bank, mask, digest)). Refuses what no policy may ask of the kind.
    function measurementKey(uint8 kind, uint16 bank, uint32 mask, bytes32 digest) external pure returns (bytes32);
}
