// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOperatorRegistry} from "./interfaces/IOperatorRegistry.sol";
import {IRealmRegistry} from "./interfaces/IRealmRegistry.sol";
import {AuthorityCertificate} from "./libraries/AuthorityCertificate.sol";
import {Capabilities} from "./libraries/Capabilities.sol";
import {Custody} from "./libraries/Custody.sol";
import {PackedGrant, PackedGrants} from "./libraries/PackedGrants.sol";
import {RealmState} from "./libraries/RealmState.sol";
import {RealmViews} from "./libraries/RealmViews.sol";
import {Relayed} from "./libraries/Relayed.sol";
import {Signatures} from "./libraries/Signatures.sol";

/// @title Realms, see {IRealmRegistry}
contract RealmRegistry is RealmViews, Relayed {
    using AuthorityCertificate for AuthorityCertificate.Local;
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
        StoredRealm storage self = _realms[realm];
        if (self.log != 0) revert RealmExists(realm);
        if (policy == Policy.None) revert RealmPolicyNotTighter(realm, Policy.None, Policy.None);
        (PackedGrant root, bytes32 digest) = _readRoot(realm, certificate, signature);
        self.owner = msg.sender;
        self.root = root;
        bytes memory entry = abi.encode(RealmCreated.selector, realm, msg.sender, SEQUENCE, policy, digest, root);
        _append(self, uint8(policy), 3, entry);
    }

    /// @inheritdoc IRealmRegistry
    function rotateRoot(
        address realm,
        RootCertificate calldata certificate,
        bytes calldata signature,
        uint40 overlapUntil
    ) external {
        StoredRealm storage self = _ownedByCaller(realm);
        (PackedGrant root, bytes32 digest) = _readRoot(realm, certificate, signature);
        PackedGrant former = self.root;
        // A root's own newer certificate must be newer. Another root's need not: whoever stole the former root's key could
        // raise its validFrom, by an epoch, in front of every attempt to rotate it away.
        bool isSame = root.issuer() == former.issuer();
        if (isSame && root.validFrom() <= former.validFrom()) {
            revert CertificateNotNewer(root.validFrom(), former.validFrom());
        }
        uint256 latest = block.timestamp + MAX_OVERLAP;
        if (overlapUntil > latest) revert RealmOverlapTooLong(overlapUntil, latest);
        if (overlapUntil > former.notAfter()) overlapUntil = uint40(former.notAfter());
        // The same CA with a newer certificate does not overlap itself.
        bool overlaps = overlapUntil > block.timestamp && !isSame;
        if (!overlaps) overlapUntil = 0;
        if (overlaps) root = root.with(OVERLAPPED);
        self.root = root;
        self.previousRoot =
            overlaps
                ? PackedGrants.pack(former.issuer(), former.capabilities(), 0, former.validFrom(), overlapUntil)
                : PackedGrant.wrap(0);
        bytes memory entry = abi.encode(
            RootRotated.selector,
            realm,
            former.issuer(),
            root.issuer(),
            SEQUENCE,
            digest,
            root,
            overlapUntil
        );
        _append(self, 4, entry);
    }

    /// @inheritdoc IRealmRegistry
    function tightenPolicy(address realm, Policy policy) external {
        StoredRealm storage self = _ownedByCaller(realm);
        Policy previous = _policyOf(self);
        if (policy <= previous) revert RealmPolicyNotTighter(realm, previous, policy);
        uint256 log = self.log ^ uint8(previous) ^ uint8(policy);
        _append(self, log, 2, abi.encode(PolicyTightened.selector, realm, SEQUENCE, previous, policy));
    }

    /// @inheritdoc IRealmRegistry
    function anchor(AuthorityCertificate.Local calldata certificate, bytes calldata signature) external {
        _anchorBelowOperators(certificate, signature, signature);
    }

    /// @inheritdoc IRealmRegistry
    function anchorWithConsent(
        AuthorityCertificate.Local calldata certificate,
        bytes calldata signature,
        bytes calldata consent
    ) external {
        _anchorBelowOperators(certificate, signature, consent);
    }

    /// @inheritdoc IRealmRegistry
    function anchorBatch(AuthorityCertificate.Local[] calldata certificates, bytes[] calldata signatures) external {
        if (certificates.length != signatures.length) revert RealmBatchUneven(certificates.length, signatures.length);
        for (uint256 i = 0; i < certificates.length; ++i) {
            _anchorBelowOperators(certificates[i], signatures[i], signatures[i]);
        }
    }

    /// @inheritdoc IRealmRegistry
    function admit(
        AuthorityCertificate.Local calldata certificate,
        bytes calldata signature,
        bytes calldata consent
    ) external {
        address operator = certificate.subject;
        _activeEpochOf(operator);
        (bytes32 digest, bool isAccepted, bool isOperator) = _anchor(certificate, signature, consent);
        if (!isOperator) revert OperatorNoCaBelowRoot(operator);
        if (msg.sender == operator && !isAccepted) _accept(certificate.realm, operator, digest);
    }

    /// @inheritdoc IRealmRegistry
    function accept(address realm, address operator, bytes32 digest) external {
        _requireOperator(operator);
        _activeEpochOf(operator);
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
        _activeEpochOf(operator);
        _accept(realm, operator, digest);
    }

    /// @inheritdoc IRealmRegistry
    function leaveRealm(address realm, address operator, bytes32 digest, uint8 reason) external {
        _requireOperator(operator);
        StoredRecord storage record = _records[realm][operator];
        if (!record.grant.has(ADMITTED) || record.digest != bytes27(digest)) {
            revert OperatorNotAdmitted(realm, operator);
        }
        if (!_revoke(_realms[realm], realm, operator, operator, digest, reason)) revert CertificateRevoked(digest);
    }

    /// @inheritdoc IRealmRegistry
    function revoke(address realm, address subject, bytes32 digest, uint8 reason) external {
        if (!_revoke(_known(realm), realm, msg.sender, subject, digest, reason)) revert CertificateRevoked(digest);
    }

    /// @inheritdoc IRealmRegistry
    function revokeAs(address realm, address authority, address subject, bytes32 digest, uint8 reason) external {
        StoredRealm storage self = _ownedByCaller(realm);
        // The owner may revoke any record; it acts in its own name there and in the authority's name elsewhere.
        address by = _records[realm][subject].digest == bytes27(digest) ? msg.sender : authority;
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
        StoredRealm storage self = _known(realm);
        for (uint256 i = 0; i < digests.length; ++i) {
            // slither-disable-next-line unused-return
            _revoke(self, realm, msg.sender, subjects[i], digests[i], reason);
        }
    }

    /// @inheritdoc IRealmRegistry
    function setEpoch(address realm, uint40 epoch) external {
        StoredRealm storage self = _known(realm);
        bool isRoot = self.root.issuer() == msg.sender;
        StoredRecord storage record = _records[realm][msg.sender];
        uint256 previous = isRoot ? self.root.validFrom() : record.epoch;
        if (!isRoot && record.digest == 0) revert RealmNoRecord(realm, msg.sender);
        if (!isRoot && record.grant.depth() == 1 && Capabilities.mayIssue(record.grant.capabilities())) {
            revert RealmOperatorEpoch(realm, msg.sender);
        }
        if (epoch <= previous || epoch > block.number) revert RealmEpochInvalid(epoch, previous, block.number);
        if (isRoot) {
            self.root = self.root.raisedTo(epoch);
            if (self.root.has(OVERLAPPED)) self.previousRoot = self.previousRoot.raisedTo(epoch);
        } else {
            record.epoch = epoch;
        }
        _append(self, 3, abi.encode(EpochSet.selector, realm, msg.sender, SEQUENCE, epoch));
    }

    /// @inheritdoc IRealmRegistry
    function offerOwner(address realm, address pending) external {
        StoredRealm storage self = _ownedByCaller(realm);
        self.custody.offer(pending);
        _append(self, 4, abi.encode(OwnerOffered.selector, realm, msg.sender, pending, SEQUENCE));
    }

    /// @inheritdoc IRealmRegistry
    function acceptOwner(address realm) external {
        StoredRealm storage self = _known(realm);
        self.custody.take();
        _changeOwner(self, realm, false);
    }

    /// @inheritdoc IRealmRegistry
    function setGuardian(address realm, address guardian, uint40 delay) external {
        StoredRealm storage self = _ownedByCaller(realm);
        self.custody.entrust(guardian, delay);
        _append(self, 3, abi.encode(GuardianSet.selector, realm, guardian, SEQUENCE, self.custody.delay));
    }

    /// @inheritdoc IRealmRegistry
    function startRecovery(address realm, address successor) external {
        StoredRealm storage self = _known(realm);
        uint40 readyAt = self.custody.startRecovery(successor);
        _append(self, 4, abi.encode(RecoveryStarted.selector, realm, msg.sender, successor, SEQUENCE, readyAt));
    }

    /// @inheritdoc IRealmRegistry
    function cancelRecovery(address realm) external {
        StoredRealm storage self = _ownedByCaller(realm);
        address successor = self.custody.successor;
        if (successor == address(0)) revert Custody.CustodyNoRecovery();
        self.custody.cancel();
        _append(self, 3, abi.encode(RecoveryCancelled.selector, realm, successor, SEQUENCE));
    }

    /// @inheritdoc IRealmRegistry
    function completeRecovery(address realm) external {
        StoredRealm storage self = _known(realm);
        self.custody.completeRecovery();
        _changeOwner(self, realm, true);
    }

    /// @dev Judges a root certificate by itself and by its signature.
    function _readRoot(
        address realm,
        RootCertificate calldata certificate,
        bytes calldata signature
    ) private view returns (PackedGrant root, bytes32 digest) {
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
        // The root's own transaction says as much as its signature.
        if (msg.sender != certificate.root && !Signatures.isValid(certificate.root, digest, signature)) {
            revert CertificateSignatureInvalid(digest, certificate.root);
        }
        root = PackedGrants.pack(certificate.root, capabilities, 0, certificate.validFrom, notAfter);
    }

    /// @dev The issuer's signature serves as consent where the issuer is the one whose consent is needed.
    function _anchorBelowOperators(
        AuthorityCertificate.Local calldata certificate,
        bytes calldata signature,
        bytes calldata consent
    ) private {
        // slither-disable-next-line unused-return
        (, , bool isOperator) = _anchor(certificate, signature, consent);
        if (isOperator) revert OperatorNeedsAdmission(certificate.subject);
    }

    /// @dev The anchoring rules. Every field that is stored or logged is signed by the issuer.
    function _anchor(
        AuthorityCertificate.Local calldata certificate,
        bytes calldata signature,
        bytes calldata consent
    ) private returns (bytes32 digest, bool isAccepted, bool isOperator) {
        (address realm, address issuer, address subject) = (certificate.realm, certificate.issuer, certificate.subject);
        if (subject == address(0) || subject == realm) revert CertificateSubjectInvalid(subject);
        if (subject == issuer) revert CertificateSelfIssued(issuer);
        StoredRealm storage self = _realms[realm];
        uint256 log = self.log;
        if (log == 0) revert RealmUnknown(realm);
        PackedGrant root = self.root;
        if (!_rootGrantOf(self, root, subject).isNone()) revert CertificateSubjectIsRoot(subject);
        PackedGrant grant = _grantUnder(self, root, certificate);
        digest = certificate.digestHere();
        bytes27 name = bytes27(digest);
        if (_revocations[_revocationKey(realm, issuer, name)].blockNumber != 0) revert CertificateRevoked(digest);
        // The CAs directly below a root are the operators.
        isOperator = grant.depth() == 1 && Capabilities.mayIssue(grant.capabilities());

        StoredRecord storage record = _records[realm][subject];
        PackedGrant former = record.grant;
        if (!former.isNone()) {
            if (grant.validFrom() <= former.validFrom()) {
                revert CertificateNotNewer(grant.validFrom(), former.validFrom());
            }
            if (former.issuer() != issuer && msg.sender != self.owner) {
                revert CertificateIssuerChanged(issuer, former.issuer());
            }
            if (former.has(REVOKED)) {
                // The record forgets the revoked certificate; the list of revocations does not.
                bytes32 key = _revocationKey(realm, former.issuer(), record.digest);
                _revocations[key] = Revocation(uint40(block.number), 0);
            } else if (isOperator && former.has(ADMITTED)) {
                isAccepted = true;
                grant = grant.with(ADMITTED);
            }
        }
        if (!Signatures.isValid(issuer, digest, signature)) revert CertificateSignatureInvalid(digest, issuer);
        _requireConsent(self, Policy(uint8(log)), subject, digest, consent);

        record.grant = grant;
        record.digest = name;
        _append(self, log, 3, abi.encode(Anchored.selector, realm, subject, SEQUENCE, digest, grant));
    }

    /// @dev Judges a certificate by itself and against its issuer's path, every step up to a root that counts now.
    function _grantUnder(
        StoredRealm storage self,
        PackedGrant root,
        AuthorityCertificate.Local calldata certificate
    ) private view returns (PackedGrant grant) {
        (address realm, address holder) = (certificate.realm, certificate.issuer);
        (uint256 capabilities, uint256 validFrom) = (certificate.capabilities, certificate.validFrom);
        if (!Capabilities.areKnown(capabilities)) revert CertificateCapabilitiesUnknown(capabilities);
        if (capabilities & Capabilities.ROOT_CA != 0) revert CertificateRootBelowRoot(certificate.subject);
        if (validFrom > block.number) revert CertificateNotYetValid(validFrom, block.number);

        PackedGrant above = _grantOf(self, root, realm, holder);
        if (above.isNone()) revert CertificateIssuerUnknown(holder);
        uint256 depth = above.depth() + 1;
        if (depth > MAX_DEPTH) revert CertificateTooDeep(depth, MAX_DEPTH);

        // No end of its own: it ends with its issuer's certificate.
        uint256 notAfter = AuthorityCertificate.endOf(certificate.meta);
        if (notAfter == AuthorityCertificate.NO_END) notAfter = above.notAfter();
        if (notAfter <= block.timestamp || notAfter > above.notAfter()) {
            revert CertificateEndInvalid(notAfter, above.notAfter());
        }
        grant = PackedGrants.pack(holder, capabilities, depth, validFrom, notAfter);

        for (uint256 steps = depth; ;) {
            if (above.has(REVOKED)) revert CertificateIssuerRevoked(holder);
            if (above.notAfter() <= block.timestamp) revert CertificateIssuerExpired(holder, above.notAfter());
            if (!Capabilities.mayIssue(above.capabilities())) revert CertificateIssuerNotCa(holder);
            if (!Capabilities.areWithin(capabilities, above.capabilities())) {
                revert CertificateEscalates(capabilities, above.capabilities());
            }
            if (validFrom < above.validFrom()) revert CertificateOlderThanIssuer(validFrom, above.validFrom());
            address issuer = above.issuer();
            if (issuer == holder) break; // a root, whose epoch is its validFrom
            PackedGrant next = _grantOf(self, root, realm, issuer);
            if (next.isNone()) revert CertificateIssuerUnknown(issuer);
            bool isBelowRoot = next.issuer() == issuer;
            uint256 epoch = isBelowRoot ? _epochOfAdmitted(realm, holder, above) : _records[realm][holder].epoch;
            if (validFrom < epoch) revert CertificateBeforeEpoch(holder, validFrom, epoch);
            // An owner can bend recorded depths by replacing issuers; the number of steps bounds the walk all the same.
            if (--steps == 0) revert CertificateTooDeep(depth + 1, depth);
            (capabilities, validFrom) = (above.capabilities(), above.validFrom());
            (holder, above) = (issuer, next);
        }
    }

    /// @dev Refuses an operator that is not active and admitted.
    function _epochOfAdmitted(address realm, address operator, PackedGrant grant) private view returns (uint256) {
        if (!grant.has(ADMITTED)) revert OperatorNotAdmitted(realm, operator);
        return _activeEpochOf(operator);
    }

    /// @dev Refuses an operator that is not active.
    function _activeEpochOf(address operator) private view returns (uint256 epoch) {
        epoch = OPERATORS.activeEpochOf(operator);
        if (epoch == type(uint256).max) revert OperatorNotActive(operator);
    }

    function _requireOperator(address operator) private view {
        if (msg.sender != operator && msg.sender != OPERATORS.controllerOf(operator)) {
            revert OperatorNotCaller(operator, msg.sender);
        }
    }

    function _requireConsent(
        StoredRealm storage self,
        Policy policy,
        address subject,
        bytes32 digest,
        bytes calldata consent
    ) private view {
        if (policy == Policy.Open) return;
        address from = policy == Policy.Permitted ? subject : self.owner;
        if (msg.sender != from && !Signatures.isValid(from, digest, consent)) {
            revert CertificateConsentMissing(digest, from);
        }
    }

    function _accept(address realm, address operator, bytes32 digest) private {
        StoredRecord storage record = _records[realm][operator];
        PackedGrant grant = record.grant;
        bool isOffered = grant.depth() == 1 && Capabilities.mayIssue(grant.capabilities());
        if (!isOffered || record.digest != bytes27(digest)) revert OperatorNotAdmitted(realm, operator);
        if (grant.has(REVOKED)) revert CertificateRevoked(digest);
        if (grant.has(ADMITTED)) revert OperatorAlreadyAccepted(realm, operator);
        record.grant = grant.with(ADMITTED);
        StoredRealm storage self = _realms[realm];
        _append(self, 3, abi.encode(OperatorAccepted.selector, realm, operator, SEQUENCE, digest));
    }

    /// @dev The record of a certificate carries its revocation while it is the subject's record; any other revocation is
    /// kept in the name of who made it, so that a stranger's word about somebody else's certificate weighs nothing.
    /// @return whether anything changed: false when it was revoked already
    function _revoke(
        StoredRealm storage self,
        address realm,
        address authority,
        address subject,
        bytes32 digest,
        uint8 reason
    ) private returns (bool) {
        StoredRecord storage record = _records[realm][subject];
        PackedGrant grant = record.grant;
        if (!grant.isNone() && record.digest == bytes27(digest)) {
            if (!_mayRevoke(self, realm, authority, subject, grant.issuer())) {
                revert RevocationNotAuthorised(realm, digest, authority);
            }
            if (grant.has(REVOKED)) return false;
            record.grant = grant.with(REVOKED);
        } else {
            subject = address(0);
            Revocation storage revocation = _revocations[_revocationKey(realm, authority, bytes27(digest))];
            if (revocation.blockNumber != 0) return false;
            (revocation.blockNumber, revocation.reason) = (uint40(block.number), reason);
        }
        _append(self, 4, abi.encode(Revoked.selector, realm, digest, authority, SEQUENCE, subject, reason));
        return true;
    }

    function _mayRevoke(
        StoredRealm storage self,
        address realm,
        address authority,
        address subject,
        address issuer
    ) private view returns (bool) {
        if (authority == issuer || authority == subject) return true;
        if (authority == self.owner || authority == self.root.issuer()) return true;
        for (uint256 i = 0; i < MAX_DEPTH; ++i) {
            // A root's first, as everywhere: nobody stands above a root, whatever record its address has.
            address above = _grantOf(self, self.root, realm, issuer).issuer();
            if (authority == above) return true;
            if (above == issuer || above == address(0)) return false;
            issuer = above;
        }
        return false;
    }

    function _changeOwner(StoredRealm storage self, address realm, bool recovered) private {
        address previous = self.owner;
        self.owner = msg.sender;
        _append(self, 4, abi.encode(OwnerChanged.selector, realm, previous, msg.sender, SEQUENCE, recovered));
    }

    function _ownedByCaller(address realm) private view returns (StoredRealm storage self) {
        self = _known(realm);
        if (msg.sender != self.owner) revert RealmNotOwner(realm, msg.sender);
    }

    function _append(StoredRealm storage self, uint256 topics, bytes memory entry) private {
        _append(self, self.log, topics, entry);
    }

    /// @dev Logs an event and folds it into the realm's head: what is hashed is what is logged, byte for byte.
    /// @param log the realm's slot with the policy as it is to be
    /// @param entry ABI encoding of the event's topics, SEQUENCE and the rest of its data, static types only
    function _append(StoredRealm storage self, uint256 log, uint256 topics, bytes memory entry) private {
        assembly ("memory-safe") {
            let first := add(entry, 0x20)
            let data := add(first, shl(5, topics))
            let end := add(first, mload(entry))
            let size := sub(end, data)
            mstore(data, add(and(shr(SEQUENCE_AT, log), 0xffffffffff), 1))
            mstore(entry, shl(HEAD_AT, shr(HEAD_AT, log))) // over the length, so that the head stands before the topics
            let head := keccak256(entry, sub(end, entry))
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
            // One more, past 2^40 - 1 into nothing; then the new head.
            let low := and(add(log, shl(SEQUENCE_AT, 1)), sub(shl(HEAD_AT, 1), 1))
            log := or(shl(HEAD_AT, shr(HEAD_AT, head)), low)
        }
        self.log = log;
    }

    function _nameHash() internal pure override returns (bytes32) {
        return keccak256("WMP RealmRegistry");
    }
}
