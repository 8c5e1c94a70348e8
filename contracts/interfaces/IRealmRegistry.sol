// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AuthorityCertificate} from "../libraries/AuthorityCertificate.sol";
import {Custody} from "../libraries/Custody.sol";
import {IOperatorRegistry} from "./IOperatorRegistry.sol";

/// @title Realms: root CA, policy, admitted operators, anchored certificates, revocations, epochs
/// @notice Nobody administers this contract. It is the `verifyingContract` of every certificate that it reads.
///
/// What readers may rely on. Every change of a realm emits exactly one event per changed thing; its first topic after
/// the signature is the realm. Every such event carries `sequence`, which counts the realm's events from 1 without a
/// gap, and is folded into the realm's head:
///
///   head' = first 26 bytes of keccak256(head padded right to 32 bytes || topics || data)
///
/// with topics and data exactly as logged and the head of a new realm zero. Head, sequence and policy share one storage
/// slot: proving that slot proves a log complete and unaltered. The state is the truth; the log is how it came about.
///
/// A certificate counts while nobody at or above it has revoked it, and no call revives one: revocations are final.
/// They are looked up where the certificate is judged, so it does not matter whether it was anchored, or when.
interface IRealmRegistry {
    /// @dev How strictly a realm admits certificates to its record. Fixed at creation, only ever tightened.
    /// Open: the issuer's signature suffices. Permitted: the subject signs or sends, too. Private: the owner does.
    enum Policy {
        None,
        Open,
        Permitted,
        Private
    }

    /// @dev The first broken chain rule; the value is the number of the rule (CCR) up to 15, the names are those of the
    /// TypeScript verifier's codes. Types, Possession and Age are never found here: they need the wire, the session and
    /// the end point's clock.
    enum Rule {
        Valid,
        Context,
        Realm,
        Types,
        Root,
        Linkage,
        ValidityOrder,
        Capabilities,
        Subject,
        DelegateValidity,
        RootSignature,
        AuthoritySignature,
        DelegateSignature,
        Possession,
        NotACa,
        Length,
        Revoked,
        Expired,
        Superseded,
        Age,
        Operator,
        UnknownRealm
    }

    /// @dev What an issuer granted. Stored and logged as one word, from the low end: issuer 160 bits, capabilities 8,
    /// standing 8, validFrom 40, notAfter 40; zero is no grant.
    struct Grant {
        address issuer;
        uint8 capabilities;
        /// Bits 0..3 depth below the root; 0x20 (roots only) a previous root overlaps; 0x40 accepted by the operator;
        /// 0x80 revoked.
        uint8 standing;
        /// Block number.
        uint40 validFrom;
        /// POSIX seconds from which it no longer counts; 2^40 - 1 for no end.
        uint40 notAfter;
    }

    /// @dev The certificate anchored last for a subject. Storage layout, part of the interface: slot 0 the grant; slot 1
    /// epoch and digest.
    struct Record {
        Grant grant;
        /// What the subject issued with validFrom below this block number is void.
        uint40 epoch;
        /// The first 27 bytes of the certificate's digest, which name it here and in revocations.
        bytes27 digest;
    }

    /// @dev Storage layout, part of the interface. Slot 0, from the low end: policy 8 bits, sequence 40, head 208; slot 1:
    /// owner; 2: root; 3: previousRoot; 4 to 6: custody. A root is a grant by itself to itself at depth 0; its epoch
    /// raises its validFrom.
    struct Realm {
        Policy policy;
        uint40 sequence;
        bytes26 head;
        address owner;
        Grant root;
        Grant previousRoot;
        Custody.State custody;
    }

    /// @dev One slot: that an authority withdrew a certificate that is not the anchored one.
    struct Revocation {
        uint40 blockNumber;
        uint8 reason;
    }

    /// @dev The parts of a root certificate that are not given by the call: issuer and subject are `root`, chain and
    /// contract are this chain and this contract.
    struct RootCertificate {
        address root;
        uint64 validFrom;
        uint64 capabilities;
        string meta;
    }

    /// @dev A certificate that a peer showed, by what the chain needs of it. For a delegate certificate, issuer and
    /// subject are both the delegate.
    struct Claim {
        address issuer;
        address subject;
        bytes32 digest;
    }

    /// @dev A certificate on a path as the registry holds it. A root has its own address as issuer and no digest.
    /// `digest` is the first 27 bytes.
    struct Link {
        address issuer;
        address subject;
        uint8 capabilities;
        uint40 validFrom;
        uint40 notAfter;
        bytes27 digest;
    }

    /// @dev What the chain knows against or for a certificate.
    struct Standing {
        /// Who at or above it revoked it; zero when nobody did.
        address revokedBy;
        /// The later of the issuer's epochs, in the realm and as an operator: void when validFrom is below. Block number.
        uint40 epoch;
        /// The subject as an operator; None when it is no enrolled CA.
        IOperatorRegistry.Status operator;
        /// Whether the subject is admitted to the realm as an operator, by both sides.
        bool admitted;
    }

    /// @dev What one call tells an end point, all of it at one block.
    struct Trust {
        uint256 blockNumber;
        uint256 timestamp;
        Realm realm;
        /// The path from the issuer of the last claim up to the root, when that claim is not itself a root's. It ends
        /// in a root exactly when its last link is self-issued.
        Link[] anchored;
        /// For every claim, then for every anchored link.
        Standing[] standings;
    }

    error RealmUnknown(address realm);
    error RealmExists(address realm);
    error RealmNotOwner(address realm, address caller);
    error RealmPolicyNotTighter(address realm, Policy current, Policy wanted);
    error RealmOverlapTooLong(uint256 overlapUntil, uint256 latest);
    error RealmOperatorEpoch(address realm, address operator);
    error RealmNoRecord(address realm, address authority);
    error RealmEpochInvalid(uint256 epoch, uint256 current, uint256 latest);
    error RealmBatchUneven(uint256 certificates, uint256 signatures);
    error CertificateSubjectInvalid(address subject);
    error CertificateSelfIssued(address issuer);
    error CertificateNotYetValid(uint256 validFrom, uint256 blockNumber);
    error CertificateEndInvalid(uint256 notAfter, uint256 latest);
    error CertificateCapabilitiesUnknown(uint256 capabilities);
    error CertificateWithoutRootCapability(uint256 capabilities);
    error CertificateRootBelowRoot(address subject);
    error CertificateEscalates(uint256 capabilities, uint256 ofIssuer);
    error CertificateSubjectIsRoot(address subject);
    error CertificateIssuerUnknown(address issuer);
    error CertificateIssuerRevoked(address issuer);
    error CertificateIssuerExpired(address issuer, uint256 notAfter);
    error CertificateIssuerNotCa(address issuer);
    error CertificateOlderThanIssuer(uint256 validFrom, uint256 ofIssuer);
    error CertificateBeforeEpoch(address issuer, uint256 validFrom, uint256 epoch);
    error CertificateTooDeep(uint256 depth, uint256 most);
    error CertificateRevoked(bytes32 digest);
    error CertificateNotNewer(uint256 validFrom, uint256 anchored);
    error CertificateIssuerChanged(address issuer, address anchored);
    error CertificateSignatureInvalid(bytes32 digest, address issuer);
    error CertificateConsentMissing(bytes32 digest, address from);
    error OperatorNotActive(address operator);
    error OperatorNotAdmitted(address realm, address operator);
    error OperatorNeedsAdmission(address operator);
    error OperatorNoCaBelowRoot(address operator);
    error OperatorAlreadyAccepted(address realm, address operator);
    error OperatorNotCaller(address operator, address caller);
    error RevocationNotAuthorised(address realm, bytes32 digest, address caller);

    /// @notice The realm's first event. `grant` is the root's as stored, see {Grant}; so in the next two.
    event RealmCreated(
        address indexed realm,
        address indexed owner,
        uint64 sequence,
        Policy policy,
        bytes32 digest,
        uint256 grant
    );
    /// @notice `root` is the only root, but for `previous` until `overlapUntil` (POSIX seconds from which it no longer counts).
    event RootRotated(
        address indexed realm,
        address indexed previous,
        address indexed root,
        uint64 sequence,
        bytes32 digest,
        uint256 grant,
        uint40 overlapUntil
    );
    event PolicyTightened(address indexed realm, uint64 sequence, Policy previous, Policy policy);
    /// @notice The subject's record is this certificate. validFrom strictly increases per (realm, subject).
    event Anchored(address indexed realm, address indexed subject, uint64 sequence, bytes32 digest, uint256 grant);
    /// @notice The operator agreed to be in the realm under the certificate `digest`.
    event OperatorAccepted(address indexed realm, address indexed operator, uint64 sequence, bytes32 digest);
    /// @notice In the name of `authority`. `subject` is set when the subject's record was this certificate, and is zero
    /// when the certificate was not anchored: then it counts against chains in which `authority` stands at or above it.
    event Revoked(
        address indexed realm,
        bytes32 indexed digest,
        address indexed authority,
        uint64 sequence,
        address subject,
        uint8 reason
    );
    /// @notice What `authority` issued in the realm with validFrom below `epoch` (block number) is void.
    event EpochSet(address indexed realm, address indexed authority, uint64 sequence, uint40 epoch);
    event OwnerOffered(address indexed realm, address indexed owner, address indexed pending, uint64 sequence);
    /// @notice By transfer or by recovery. After a transfer the realm has no guardian; any recovery has ended.
    event OwnerChanged(
        address indexed realm,
        address indexed previous,
        address indexed owner,
        uint64 sequence,
        bool recovered
    );
    event GuardianSet(address indexed realm, address indexed guardian, uint64 sequence, uint40 delay);
    event RecoveryStarted(
        address indexed realm,
        address indexed guardian,
        address indexed successor,
        uint64 sequence,
        uint40 readyAt
    );
    event RecoveryCancelled(address indexed realm, address indexed successor, uint64 sequence);

    /// @notice Creates the caller's realm with its self-signed root certificate. The realm's address depends on the
    /// caller, so that nobody can take it first, and is known before: see {realmAddress}.
    function createRealm(
        bytes32 salt,
        Policy policy,
        RootCertificate calldata certificate,
        bytes calldata signature
    ) external returns (address realm);

    /// @notice Replaces the root CA; the former one counts until `overlapUntil`, at most 90 days ahead, a time that is
    /// past for not at all. A root that overlapped before ends. A newer certificate of the same root must have a greater
    /// validFrom. Owner only.
    function rotateRoot(
        address realm,
        RootCertificate calldata certificate,
        bytes calldata signature,
        uint40 overlapUntil
    ) external;

    /// @notice Owner only; there is no way back.
    function tightenPolicy(address realm, Policy policy) external;

    /// @notice Makes a certificate its subject's record. Anyone may send it: the issuer's signature is what counts.
    /// Replacing another issuer's certificate needs the owner as sender. CAs directly below a root are operators and
    /// come by {admit}.
    function anchor(AuthorityCertificate.Local calldata certificate, bytes calldata signature) external;

    /// @notice {anchor} for realms that need the subject's (Permitted) or owner's (Private) consent when another one
    /// sends: its signature over the same digest.
    function anchorWithConsent(
        AuthorityCertificate.Local calldata certificate,
        bytes calldata signature,
        bytes calldata consent
    ) external;

    /// @notice {anchor} for each; one that is refused refuses all.
    function anchorBatch(AuthorityCertificate.Local[] calldata certificates, bytes[] calldata signatures) external;

    /// @notice Realm side of an admission: anchors the certificate that a root gave an active operator's CA. Sent by the
    /// operator's CA it is the operator's acceptance, too; otherwise {accept} follows. `consent` as in
    /// {anchorWithConsent}, empty when not needed. A renewal keeps the acceptance unless the record was revoked.
    function admit(
        AuthorityCertificate.Local calldata certificate,
        bytes calldata signature,
        bytes calldata consent
    ) external;

    /// @notice Operator side of an admission, for exactly the certificate `digest`. Operator CA or its controller.
    function accept(address realm, address operator, bytes32 digest) external;

    /// @notice {accept} with the operator CA's signature over
    /// Accept(address realm,address operator,bytes32 digest,uint256 nonce,uint256 deadline).
    function acceptFor(
        address realm,
        address operator,
        bytes32 digest,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Ends an admission from the operator's side: revokes its certificate `digest`. Operator CA or its controller.
    /// The realm's side ends it with {revoke}.
    function leaveRealm(address realm, address operator, bytes32 digest, uint8 reason) external;

    /// @notice Revokes a certificate, for ever. If it is the record of `subject`: its issuer, its subject, anyone above it,
    /// the current root or the owner may. Otherwise, seen or not: recorded in the caller's own name, which counts where
    /// the caller is subject, issuer or above; an owner uses {revokeAs}.
    function revoke(address realm, address subject, bytes32 digest, uint8 reason) external;

    /// @notice {revoke} by the owner in the name of `authority`, the certificate's issuer (a delegate certificate's:
    /// its delegate).
    function revokeAs(address realm, address authority, address subject, bytes32 digest, uint8 reason) external;

    /// @notice {revoke} with the signature of `authority` over Revoke(address realm,address authority,address
    /// subject,bytes32 digest,uint8 reason,uint256 nonce,uint256 deadline).
    function revokeFor(
        address realm,
        address authority,
        address subject,
        bytes32 digest,
        uint8 reason,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice {revoke} for each; what is revoked already is passed over, so that nobody can hinder the rest.
    function revokeBatch(address realm, address[] calldata subjects, bytes32[] calldata digests, uint8 reason) external;

    /// @notice Voids what the caller issued in the realm with validFrom below block `epoch`; it only grows, up to the
    /// current block. For the current root (in the name of both, while a previous one overlaps) and for whoever has a
    /// record in the realm, but not for CAs directly below a root: an operator's epoch is kept by its own registry.
    function setEpoch(address realm, uint40 epoch) external;

    /// @notice Offers the realm to `pending`, who must accept; zero takes the offer back. Owner only.
    function offerOwner(address realm, address pending) external;

    /// @notice Takes a realm that was offered to the caller.
    function acceptOwner(address realm) external;

    /// @notice Names the guardian, who may win the realm back `delay` seconds (7 to 365 days) after saying so; zero for
    /// none. Owner only.
    function setGuardian(address realm, address guardian, uint40 delay) external;

    /// @notice Starts the recovery of the realm by `successor`. Guardian only.
    function startRecovery(address realm, address successor) external;

    /// @notice Ends a recovery. Owner only, at any time before it is completed.
    function cancelRecovery(address realm) external;

    /// @notice The successor of a recovery takes the realm once its delay is over.
    function completeRecovery(address realm) external;

    /// @notice The address of the realm that `creator` makes with `salt`: the low 20 bytes of
    /// keccak256(abi.encode("wamp.realm", chain id, this contract, creator, salt)).
    function realmAddress(address creator, bytes32 salt) external view returns (address);

    /// @notice The realm, all zero (policy None) when unknown.
    function realmOf(address realm) external view returns (Realm memory);

    /// @notice The record of `subject`, all zero when none.
    function recordOf(address realm, address subject) external view returns (Record memory);

    /// @notice The anchored path from `subject` to a root, subject first; empty when it has no record. It ends in a root
    /// exactly when its last link is self-issued.
    function pathOf(address realm, address subject) external view returns (Link[] memory);

    /// @notice What `authority` said in its own name against a certificate that was not anchored; blockNumber 0 for nothing.
    function revocationOf(address realm, address authority, bytes32 digest) external view returns (Revocation memory);

    /// @notice The epoch of `authority` in the realm, 0 when none; a root's is the realm's. Block number.
    function epochOf(address realm, address authority) external view returns (uint40);

    /// @notice Everything that the chain rules need from the chain for certificates that a peer showed: delegate
    /// certificate first, at most 8. Verifies no signature: the end point does.
    function trustOf(address realm, Claim[] calldata claims) external view returns (Trust memory);

    /// @notice Judges a chain as presented, signatures included: delegate certificate, then authority certificates from
    /// the delegate's upwards, as many as are not anchored; a root certificate may be last.
    /// @return broken the first broken rule of the chain, in the order of {Rule}
    /// @return links the first broken rule of each certificate, the presented ones first, then anchored ones and root
    function verifyChain(
        address realm,
        AuthorityCertificate.Delegate calldata delegate,
        bytes calldata delegateSignature,
        AuthorityCertificate.Certificate[] calldata certificates,
        bytes[] calldata signatures
    ) external view returns (Rule broken, Rule[] memory links);

    /// @notice The EIP-712 digest of an authority certificate, whatever chain and contract it names.
    function digestOf(AuthorityCertificate.Certificate calldata certificate) external pure returns (bytes32);

    /// @notice The EIP-712 digest of a delegate certificate, whatever chain and contract it names.
    function digestOfDelegate(AuthorityCertificate.Delegate calldata certificate) external pure returns (bytes32);
}
