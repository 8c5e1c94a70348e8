// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOperatorRegistry} from "./interfaces/IOperatorRegistry.sol";
import {IRealmRegistry} from "./interfaces/IRealmRegistry.sol";
import {AuthorityCertificate} from "./libraries/AuthorityCertificate.sol";
import {Capabilities} from "./libraries/Capabilities.sol";
import {Custody} from "./libraries/Custody.sol";
import {RealmState} from "./libraries/RealmState.sol";
import {RealmViews} from "./libraries/RealmViews.sol";
import {Relayed} from "./libraries/Relayed.sol";
import {Signatures} from "./libraries/Signatures.sol";

/// @title Realms, see {IRealmRegistry}
contract RealmRegistry is RealmViews, Relayed {
    using AuthorityCertificate for AuthorityCertificate.Certificate;
    using Custody for Custody.State;

    /// @notice How long a replaced root may stay valid beside the new one.
    uint256 public constant MAX_OVERLAP = 90 days;

    bytes32 private constant ACCEPT_TYPE_HASH = keccak256(
        "Accept(address realm,address operator,bytes32 digest,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant REVOKE_TYPE_HASH = keccak256(
        "Revoke(address realm,address authority,address subject,bytes32 digest,uint8 reason,uint256 nonce,uint256 deadline)"
    );

    constructor(IOperatorRegistry operatorRegistry) RealmState(operatorRegistry) {}

    /// @inheritdoc IRealmRegistry
    function createRealm(
        bytes32 salt,
        Policy policy,
        RootCertificate calldata certificate,
        bytes calldata signature
    ) external returns (address realm) {
        realm = realmAddress(msg.sender, salt);
        Realm storage self = _realms[realm];
        if (self.policy != Policy.None) revert RealmExists(realm);
        if (policy == Policy.None) revert RealmPolicyNotTighter(realm, Policy.None, Policy.None);
        (Grant memory root, bytes32 digest) = _readRoot(realm, certificate, signature);
        self.policy = policy;
        self.owner = msg.sender;
        self.root = root;
        _append(
            self,
            4,
            abi.encode(
                RealmCreated.selector,
                realm,
                msg.sender,
                root.issuer,
                SEQUENCE,
                policy,
                digest,
                root.capabilities,
                root.validFrom,
                root.notAfter
            )
        );
    }

    /// @inheritdoc IRealmRegistry
    function rotateRoot(
        address realm,
        RootCertificate calldata certificate,
        bytes calldata signature,
        uint40 overlapUntil
    ) external {
        Realm storage self = _ownedByCaller(realm);
        (Grant memory root, bytes32 digest) = _readRoot(realm, certificate, signature);
        Grant memory former = self.root;
        if (root.validFrom <= former.validFrom) revert CertificateNotNewer(root.validFrom, former.validFrom);
        if (_records[realm][root.issuer].grant.issuer != address(0)) revert RealmRootHasRecord(realm, root.issuer);
        uint256 latest = block.timestamp + MAX_OVERLAP;
        if (overlapUntil > latest) revert RealmOverlapTooLong(overlapUntil, latest);
        if (overlapUntil > former.notAfter) overlapUntil = former.notAfter;
        bool overlaps = overlapUntil > block.timestamp && former.issuer != root.issuer;
        if (overlaps) root.standing = OVERLAPPED;
        former.standing = 0;
        former.notAfter = overlapUntil;
        self.root = root;
        if (overlaps) self.previousRoot = former;
        else delete self.previousRoot;
        _append(
            self,
            4,
            abi.encode(
                RootRotated.selector,
                realm,
                former.issuer,
                root.issuer,
                SEQUENCE,
                digest,
                root.capabilities,
                root.validFrom,
                root.notAfter,
                overlaps ? overlapUntil : 0
            )
        );
    }

    /// @inheritdoc IRealmRegistry
    function tightenPolicy(address realm, Policy policy) external {
        Realm storage self = _ownedByCaller(realm);
        Policy previous = self.policy;
        if (policy <= previous) revert RealmPolicyNotTighter(realm, previous, policy);
        self.policy = policy;
        _append(self, 2, abi.encode(PolicyTightened.selector, realm, SEQUENCE, previous, policy));
    }

    /// @inheritdoc IRealmRegistry
    function anchor(AuthorityCertificate.Certificate calldata certificate, bytes calldata signature) external {
        _anchorBelowOperators(certificate, signature, signature);
    }

    /// @inheritdoc IRealmRegistry
    function anchorWithConsent(
        AuthorityCertificate.Certificate calldata certificate,
        bytes calldata signature,
        bytes calldata consent
    ) external {
        _anchorBelowOperators(certificate, signature, consent);
    }

    /// @inheritdoc IRealmRegistry
    function anchorBatch(
        AuthorityCertificate.Certificate[] calldata certificates,
        bytes[] calldata signatures
    ) external {
        if (certificates.length != signatures.length) revert RealmBatchUneven(certificates.length, signatures.length);
        for (uint256 i = 0; i < certificates.length; ++i) {
            _anchorBelowOperators(certificates[i], signatures[i], signatures[i]);
        }
    }

    /// @inheritdoc IRealmRegistry
    function admit(
        AuthorityCertificate.Certificate calldata certificate,
        bytes calldata signature,
        bytes calldata consent
    ) external {
        address operator = certificate.subject;
        _requireActive(operator);
        (bytes32 digest, uint8 standing, bool isOperator) = _anchor(certificate, signature, consent);
        if (!isOperator) revert OperatorNoCaBelowRoot(operator);
        if (msg.sender == operator && standing & ADMITTED == 0) _accept(certificate.realm, operator, digest);
    }

    /// @inheritdoc IRealmRegistry
    function accept(address realm, address operator, bytes32 digest) external {
        _requireOperator(operator);
        _requireActive(operator);
        _accept(realm, operator, digest);
    }

    /// @inheritdoc IRealmRegistry
    function acceptFor(
        address realm,
        address operator,
        bytes32 digest,
        uint256 deadline,
        bytes calldata signature
    ) external {
        bytes32 request = keccak256(abi.encode(ACCEPT_TYPE_HASH, realm, operator, digest, nonces(operator), deadline));
        _spend(operator, request, deadline, signature);
        _requireActive(operator);
        _accept(realm, operator, digest);
    }

    /// @inheritdoc IRealmRegistry
    function leaveRealm(address realm, address operator, uint8 reason) external {
        _requireOperator(operator);
        Realm storage self = _known(realm);
        Record storage record = _records[realm][operator];
        if (record.grant.standing & ADMITTED == 0) revert OperatorNotAdmitted(realm, operator);
        bytes32 digest = record.digest;
        if (!_revoke(self, realm, operator, operator, digest, reason)) revert CertificateRevoked(digest);
    }

    /// @inheritdoc IRealmRegistry
    function revoke(address realm, address subject, bytes32 digest, uint8 reason) external {
        if (!_revoke(_known(realm), realm, msg.sender, subject, digest, reason)) revert CertificateRevoked(digest);
    }

    /// @inheritdoc IRealmRegistry
    function revokeAs(address realm, address authority, address subject, bytes32 digest, uint8 reason) external {
        Realm storage self = _ownedByCaller(realm);
        // The owner may revoke any record; it acts in its own name there and in the authority's name elsewhere.
        address by = _records[realm][subject].digest == digest ? msg.sender : authority;
        if (!_revoke(self, realm, by, subject, digest, reason)) revert CertificateRevoked(digest);
    }

    /// @inheritdoc IRealmRegistry
    function revokeFor(
        address realm,
        address authority,
        address subject,
        bytes32 digest,
        uint8 reason,
        uint256 deadline,
        bytes calldata signature
    ) external {
        bytes32 request = keccak256(
            abi.encode(REVOKE_TYPE_HASH, realm, authority, subject, digest, reason, nonces(authority), deadline)
        );
        _spend(authority, request, deadline, signature);
        if (!_revoke(_known(realm), realm, authority, subject, digest, reason)) revert CertificateRevoked(digest);
    }

    /// @inheritdoc IRealmRegistry
    function revokeBatch(
        address realm,
        address[] calldata subjects,
        bytes32[] calldata digests,
        uint8 reason
    ) external {
        if (subjects.length != digests.length) revert RealmBatchUneven(digests.length, subjects.length);
        Realm storage self = _known(realm);
        for (uint256 i = 0; i < digests.length; ++i) {
            // slither-disable-next-line unused-return
            _revoke(self, realm, msg.sender, subjects[i], digests[i], reason);
        }
    }

    /// @inheritdoc IRealmRegistry
    function setEpoch(address realm, uint40 epoch) external {
        Realm storage self = _known(realm);
        uint40 previous = _epochs[realm][msg.sender];
        if (epoch <= previous || epoch > block.number) revert RealmEpochInvalid(epoch, previous, block.number);
        _epochs[realm][msg.sender] = epoch;
        _append(self, 3, abi.encode(EpochSet.selector, realm, msg.sender, SEQUENCE, epoch));
    }

    /// @inheritdoc IRealmRegistry
    function offerOwner(address realm, address pending) external {
        Realm storage self = _ownedByCaller(realm);
        self.custody.offer(pending);
        _append(self, 4, abi.encode(OwnerOffered.selector, realm, msg.sender, pending, SEQUENCE));
    }

    /// @inheritdoc IRealmRegistry
    function acceptOwner(address realm) external {
        Realm storage self = _known(realm);
        self.custody.take();
        _changeOwner(self, realm, false);
    }

    /// @inheritdoc IRealmRegistry
    function setGuardian(address realm, address guardian, uint40 delay) external {
        Realm storage self = _ownedByCaller(realm);
        self.custody.entrust(guardian, delay);
        _append(self, 3, abi.encode(GuardianSet.selector, realm, guardian, SEQUENCE, self.custody.delay));
    }

    /// @inheritdoc IRealmRegistry
    function startRecovery(address realm, address successor) external {
        Realm storage self = _known(realm);
        uint40 readyAt = self.custody.startRecovery(successor);
        _append(self, 4, abi.encode(RecoveryStarted.selector, realm, msg.sender, successor, SEQUENCE, readyAt));
    }

    /// @inheritdoc IRealmRegistry
    function cancelRecovery(address realm) external {
        Realm storage self = _ownedByCaller(realm);
        address successor = self.custody.successor;
        if (successor == address(0)) revert Custody.CustodyNoRecovery();
        self.custody.cancel();
        _append(self, 3, abi.encode(RecoveryCancelled.selector, realm, successor, SEQUENCE));
    }

    /// @inheritdoc IRealmRegistry
    function completeRecovery(address realm) external {
        Realm storage self = _known(realm);
        self.custody.completeRecovery();
        _changeOwner(self, realm, true);
    }

    /// @dev Judges a root certificate by itself and by its signature.
    function _readRoot(
        address realm,
        RootCertificate calldata certificate,
        bytes calldata signature
    ) private view returns (Grant memory root, bytes32 digest) {
        if (certificate.root == address(0) || certificate.root == realm) {
            revert CertificateSubjectInvalid(certificate.root);
        }
        uint64 capabilities = certificate.capabilities;
        if (!Capabilities.areKnown(capabilities)) revert CertificateCapabilitiesUnknown(capabilities);
        if (capabilities & Capabilities.ROOT_CA == 0) revert CertificateWithoutRootCapability(capabilities);
        if (certificate.validFrom > block.number) revert CertificateNotYetValid(certificate.validFrom, block.number);
        uint40 notAfter = AuthorityCertificate.endOf(certificate.meta);
        if (notAfter <= block.timestamp) revert CertificateEndInvalid(notAfter, AuthorityCertificate.NO_END);
        digest = AuthorityCertificate.digestOfRoot(
            realm,
            certificate.root,
            certificate.validFrom,
            capabilities,
            certificate.meta
        );
        if (!Signatures.isValid(certificate.root, digest, signature)) {
            revert CertificateSignatureInvalid(digest, certificate.root);
        }
        root = Grant(certificate.root, uint8(capabilities), 0, uint40(certificate.validFrom), notAfter);
    }

    /// @dev The issuer's signature serves as consent where the issuer is the one whose consent is needed.
    function _anchorBelowOperators(
        AuthorityCertificate.Certificate calldata certificate,
        bytes calldata signature,
        bytes calldata consent
    ) private {
        // slither-disable-next-line unused-return
        (, , bool isOperator) = _anchor(certificate, signature, consent);
        if (isOperator) revert OperatorNeedsAdmission(certificate.subject);
    }

    /// @dev The anchoring rules. Every field that is stored or logged is signed by the issuer.
    function _anchor(
        AuthorityCertificate.Certificate calldata certificate,
        bytes calldata signature,
        bytes calldata consent
    ) private returns (bytes32 digest, uint8 standing, bool isOperator) {
        (address realm, address issuer, address subject) = (certificate.realm, certificate.issuer, certificate.subject);
        if (certificate.chainId != block.chainid) revert CertificateForeignChain(certificate.chainId);
        if (certificate.verifyingContract != address(this)) {
            revert CertificateForeignContract(certificate.verifyingContract);
        }
        if (subject == address(0) || subject == realm) revert CertificateSubjectInvalid(subject);
        if (subject == issuer) revert CertificateSelfIssued(issuer);
        uint64 capabilities = certificate.capabilities;
        if (!Capabilities.areKnown(capabilities)) revert CertificateCapabilitiesUnknown(capabilities);
        if (capabilities & Capabilities.ROOT_CA != 0) revert CertificateRootBelowRoot(subject);
        if (certificate.validFrom > block.number) revert CertificateNotYetValid(certificate.validFrom, block.number);

        Realm storage self = _known(realm);
        if (_isRoot(self, subject)) revert CertificateSubjectIsRoot(subject);
        digest = certificate.digest();
        Grant memory grant = _grantUnder(self, certificate);
        // The CAs directly below a root are the operators.
        isOperator = grant.standing == 1 && Capabilities.mayIssue(grant.capabilities);
        if (_revocations[_revocationKey(realm, issuer, digest)].blockNumber != 0) revert CertificateRevoked(digest);

        Record storage record = _records[realm][subject];
        Grant memory former = record.grant;
        if (former.issuer != address(0)) {
            if (grant.validFrom <= former.validFrom) revert CertificateNotNewer(grant.validFrom, former.validFrom);
            if (former.issuer != issuer && msg.sender != self.owner) {
                revert CertificateIssuerChanged(issuer, former.issuer);
            }
            if (former.standing & REVOKED == 0) {
                if (isOperator) grant.standing |= former.standing & ADMITTED;
            } else {
                // The record forgets the revoked certificate; the list of revocations does not.
                _revocations[_revocationKey(realm, former.issuer, record.digest)] = Revocation(uint40(block.number), 0);
            }
        }
        if (!Signatures.isValid(issuer, digest, signature)) revert CertificateSignatureInvalid(digest, issuer);
        _requireConsent(self, subject, digest, consent);

        standing = grant.standing;
        record.grant = grant;
        record.digest = digest;
        _append(
            self,
            4,
            abi.encode(
                Anchored.selector,
                realm,
                subject,
                issuer,
                SEQUENCE,
                digest,
                keccak256(bytes(certificate.meta)),
                grant.capabilities,
                grant.standing,
                grant.validFrom,
                grant.notAfter
            )
        );
    }

    /// @dev Judges a certificate against its issuer's path, every step of it up to a root that counts now.
    function _grantUnder(
        Realm storage self,
        AuthorityCertificate.Certificate calldata certificate
    ) private view returns (Grant memory grant) {
        (address realm, address issuer) = (certificate.realm, certificate.issuer);
        Grant memory above = _grantOf(self, realm, issuer);
        if (above.issuer == address(0)) revert CertificateIssuerUnknown(issuer);
        if (!Capabilities.mayIssue(above.capabilities)) revert CertificateIssuerNotCa(issuer);
        if (!Capabilities.areWithin(certificate.capabilities, above.capabilities)) {
            revert CertificateEscalates(certificate.capabilities, above.capabilities);
        }
        uint8 depth = (above.standing & DEPTH) + 1;
        if (depth > MAX_DEPTH) revert CertificateTooDeep(depth, MAX_DEPTH);

        // No end of its own: it ends with its issuer's certificate.
        uint40 notAfter = AuthorityCertificate.endOf(certificate.meta);
        if (notAfter == AuthorityCertificate.NO_END) notAfter = above.notAfter;
        if (notAfter <= block.timestamp || notAfter > above.notAfter) {
            revert CertificateEndInvalid(notAfter, above.notAfter);
        }
        grant = Grant(issuer, uint8(certificate.capabilities), depth, uint40(certificate.validFrom), notAfter);

        address holder = issuer;
        uint40 validFrom = grant.validFrom;
        for (uint256 steps = depth; ; --steps) {
            if (above.issuer == address(0)) revert CertificateIssuerUnknown(holder);
            if (above.standing & REVOKED != 0) revert CertificateIssuerRevoked(holder);
            if (above.notAfter <= block.timestamp) revert CertificateIssuerExpired(holder, above.notAfter);
            if (validFrom < above.validFrom) revert CertificateOlderThanIssuer(validFrom, above.validFrom);
            uint40 epoch = _epochs[realm][holder];
            bool isRoot = above.issuer == holder;
            if (!isRoot && above.standing & DEPTH == 1) epoch = _requireAdmitted(realm, holder, above.standing, epoch);
            if (validFrom < epoch) revert CertificateBeforeEpoch(holder, validFrom, epoch);
            if (isRoot) break;
            // An owner can bend recorded depths by replacing issuers; the number of steps bounds the walk all the same.
            if (steps == 1) revert CertificateTooDeep(depth + 1, depth);
            validFrom = above.validFrom;
            holder = above.issuer;
            above = _grantOf(self, realm, holder);
        }
    }

    /// @dev Refuses an operator that is not active and admitted; returns the later of its two epochs.
    function _requireAdmitted(
        address realm,
        address operator,
        uint8 standing,
        uint40 epoch
    ) private view returns (uint40) {
        if (standing & ADMITTED == 0) revert OperatorNotAdmitted(realm, operator);
        (IOperatorRegistry.Status status, uint40 everywhere) = OPERATORS.statusOf(operator);
        if (status != IOperatorRegistry.Status.Active) revert OperatorNotActive(operator);
        return everywhere > epoch ? everywhere : epoch;
    }

    function _requireActive(address operator) private view {
        // slither-disable-next-line unused-return
        (IOperatorRegistry.Status status, ) = OPERATORS.statusOf(operator);
        if (status != IOperatorRegistry.Status.Active) revert OperatorNotActive(operator);
    }

    function _requireOperator(address operator) private view {
        if (msg.sender != operator && msg.sender != OPERATORS.controllerOf(operator)) {
            revert OperatorNotCaller(operator, msg.sender);
        }
    }

    function _requireConsent(Realm storage self, address subject, bytes32 digest, bytes calldata consent) private view {
        Policy policy = self.policy;
        if (policy == Policy.Open) return;
        address from = policy == Policy.Permitted ? subject : self.owner;
        if (msg.sender != from && !Signatures.isValid(from, digest, consent)) {
            revert CertificateConsentMissing(digest, from);
        }
    }

    function _accept(address realm, address operator, bytes32 digest) private {
        Record storage record = _records[realm][operator];
        Grant memory grant = record.grant;
        bool offered = grant.standing & DEPTH == 1 && Capabilities.mayIssue(grant.capabilities);
        if (!offered || record.digest != digest) revert OperatorNotAdmitted(realm, operator);
        if (grant.standing & REVOKED != 0) revert CertificateRevoked(digest);
        if (grant.standing & ADMITTED != 0) revert OperatorAlreadyAccepted(realm, operator);
        record.grant.standing = grant.standing | ADMITTED;
        _append(_realms[realm], 3, abi.encode(OperatorAccepted.selector, realm, operator, SEQUENCE, digest));
    }

    /// @dev The record of a certificate carries its revocation while it is the subject's record; any other revocation is
    /// kept in the name of who made it, so that a stranger's word about somebody else's certificate weighs nothing.
    /// @return whether anything changed: false when it was revoked already
    function _revoke(
        Realm storage self,
        address realm,
        address authority,
        address subject,
        bytes32 digest,
        uint8 reason
    ) private returns (bool) {
        Record storage record = _records[realm][subject];
        Grant memory grant = record.grant;
        if (grant.issuer != address(0) && record.digest == digest) {
            if (!_mayRevoke(self, realm, authority, subject, grant.issuer)) {
                revert RevocationNotAuthorised(realm, digest, authority);
            }
            if (grant.standing & REVOKED != 0) return false;
            record.grant.standing = grant.standing | REVOKED;
        } else {
            subject = address(0);
            bytes32 key = _revocationKey(realm, authority, digest);
            if (_revocations[key].blockNumber != 0) return false;
            _revocations[key] = Revocation(uint40(block.number), reason);
        }
        _append(self, 4, abi.encode(Revoked.selector, realm, digest, authority, SEQUENCE, subject, reason));
        return true;
    }

    function _mayRevoke(
        Realm storage self,
        address realm,
        address authority,
        address subject,
        address issuer
    ) private view returns (bool) {
        if (authority == issuer || authority == subject) return true;
        if (authority == self.owner || authority == self.root.issuer) return true;
        for (uint256 i = 0; i < MAX_DEPTH && issuer != address(0); ++i) {
            issuer = _records[realm][issuer].grant.issuer;
            if (authority == issuer) return true;
        }
        return false;
    }

    function _changeOwner(Realm storage self, address realm, bool recovered) private {
        address previous = self.owner;
        self.owner = msg.sender;
        _append(self, 4, abi.encode(OwnerChanged.selector, realm, previous, msg.sender, SEQUENCE, recovered));
    }

    function _ownedByCaller(address realm) private view returns (Realm storage self) {
        self = _known(realm);
        if (msg.sender != self.owner) revert RealmNotOwner(realm, msg.sender);
    }

    /// @dev Logs an event and folds it into the realm's head: what is hashed is what is logged, byte for byte. `entry` is
    /// the ABI encoding of the event's topics, SEQUENCE and the rest of its data, static types only.
    function _append(Realm storage self, uint256 topics, bytes memory entry) private {
        uint40 sequence = self.sequence + 1;
        bytes32 head = self.head;
        assembly ("memory-safe") {
            let first := add(entry, 0x20)
            let data := add(first, shl(5, topics))
            let end := add(first, mload(entry))
            mstore(data, sequence)
            mstore(entry, head) // over the length, so that the head stands before the topics
            head := keccak256(entry, sub(end, entry))
            let size := sub(end, data)
            switch topics
            case 2 {
                log2(data, size, mload(first), mload(add(first, 0x20)))
            }
            case 3 {
                log3(data, size, mload(first), mload(add(first, 0x20)), mload(add(first, 0x40)))
            }
            default {
                log4(
                    data,
                    size,
                    mload(first),
                    mload(add(first, 0x20)),
                    mload(add(first, 0x40)),
                    mload(add(first, 0x60))
                )
            }
        }
        self.sequence = sequence;
        self.head = bytes26(head);
    }

    function _nameHash() internal pure override returns (bytes32) {
        return keccak256("WMP RealmRegistry");
    }
}
