// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationRegistry} from "./interfaces/IAttestationRegistry.sol";
import {IRealmRegistry} from "./interfaces/IRealmRegistry.sol";
import {AttestationState} from "./libraries/AttestationState.sol";
import {Platforms} from "./libraries/Platforms.sol";
import {Relayed} from "./libraries/Relayed.sol";

/// @title Remote attestation, see {IAttestationRegistry}
contract AttestationRegistry is AttestationState, Relayed {
    bytes32 private constant REVOKE_ATTESTER_TYPE_HASH = keccak256(
        "RevokeAttester(address realm,bytes32 attester,address authority,uint8 reason,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant REVOKE_MEASUREMENT_TYPE_HASH = keccak256(
        "RevokeMeasurement(address realm,bytes32 role,bytes32 measurement,address authority,uint8 reason,uint256 nonce,uint256 deadline)"
    );

    constructor(IRealmRegistry realmRegistry) AttestationState(realmRegistry) {}

    /// @inheritdoc IAttestationRegistry
    function setPolicy(address realm, bytes32 role, Policy calldata policy) external {
        _requireOwner(realm);
        if (!Platforms.areKnown(policy.kinds)) revert PolicyKindsInvalid(policy.kinds);
        for (uint8 kind = 1; kind < Platforms.KINDS; ++kind) {
            if (policy.kinds & (1 << kind) != 0) _requireSelection(kind, policy.bank, policy.mask);
        }
        if (policy.maximumAge == 0) revert PolicyAgeInvalid(policy.maximumAge);
        _policies[realm][role] = policy;
        Log memory log = _next(realm, true);
        emit PolicySet(realm, role, log.sequence, log.epoch, policy);
        _fold(realm, log, abi.encode(PolicySet.selector, realm, role, log.sequence, log.epoch, policy));
    }

    /// @inheritdoc IAttestationRegistry
    function enrollAttester(
        address realm,
        uint8 kind,
        bytes calldata name,
        address delegate,
        uint40 notBefore,
        uint40 notAfter
    ) external returns (bytes32 id) {
        _requireOwner(realm);
        id = attesterId(kind, name);
        if (delegate == address(0) || delegate == realm) revert AttesterDelegateInvalid(delegate);
        _requireWindow(notBefore, notAfter);
        Attester memory former = _attesters[realm][id];
        if (former.revoked) revert AttestationRevoked(id);
        _attesters[realm][id] = Attester(delegate, notBefore, notAfter, false);
        Log memory log = _next(realm, former.notAfter != 0);
        (uint32 sequence, uint32 epoch) = (log.sequence, log.epoch);
        emit AttesterEnrolled(realm, id, delegate, sequence, epoch, kind, notBefore, notAfter);
        bytes32 topic = AttesterEnrolled.selector;
        _fold(realm, log, abi.encode(topic, realm, id, delegate, sequence, epoch, kind, notBefore, notAfter));
    }

    /// @inheritdoc IAttestationRegistry
    function revokeAttester(address realm, bytes32 id, uint8 reason) external {
        _revokeAttester(realm, id, msg.sender, reason);
    }

    /// @inheritdoc IAttestationRegistry
    function revokeAttesterFor(
        address realm,
        bytes32 id,
        address authority,
        uint8 reason,
        uint256 deadline,
        bytes calldata signature
    ) external {
        bytes32 request = keccak256(
            abi.encode(REVOKE_ATTESTER_TYPE_HASH, realm, id, authority, reason, nonces(authority), deadline)
        );
        _spend(authority, request, deadline, signature);
        _revokeAttester(realm, id, authority, reason);
    }

    /// @inheritdoc IAttestationRegistry
    function addMeasurement(
        address realm,
        bytes32 role,
        NewMeasurement calldata measurement
    ) external returns (bytes32 key) {
        _requireOwner(realm);
        key = _add(realm, role, measurement);
    }

    /// @inheritdoc IAttestationRegistry
    function addMeasurements(address realm, bytes32 role, NewMeasurement[] calldata measurements) external {
        _requireOwner(realm);
        for (uint256 i = 0; i < measurements.length; ++i) {
            // slither-disable-next-line unused-return
            _add(realm, role, measurements[i]);
        }
    }

    /// @inheritdoc IAttestationRegistry
    function revokeMeasurement(address realm, bytes32 role, bytes32 key, uint8 reason) external {
        _requireRuler(realm, key, msg.sender);
        if (!_revokeMeasurement(realm, role, key, msg.sender, reason)) revert AttestationRevoked(key);
    }

    /// @inheritdoc IAttestationRegistry
    function revokeMeasurements(address realm, bytes32 role, bytes32[] calldata keys, uint8 reason) external {
        _requireRuler(realm, keys.length == 0 ? bytes32(0) : keys[0], msg.sender);
        for (uint256 i = 0; i < keys.length; ++i) {
            // slither-disable-next-line unused-return
            _revokeMeasurement(realm, role, keys[i], msg.sender, reason);
        }
    }

    /// @inheritdoc IAttestationRegistry
    function revokeMeasurementFor(
        address realm,
        bytes32 role,
        bytes32 key,
        address authority,
        uint8 reason,
        uint256 deadline,
        bytes calldata signature
    ) external {
        uint256 nonce = nonces(authority);
        bytes32 request = keccak256(
            abi.encode(REVOKE_MEASUREMENT_TYPE_HASH, realm, role, key, authority, reason, nonce, deadline)
        );
        _spend(authority, request, deadline, signature);
        _requireRuler(realm, key, authority);
        if (!_revokeMeasurement(realm, role, key, authority, reason)) revert AttestationRevoked(key);
    }

    /// @inheritdoc IAttestationRegistry
    function appraisalOf(
        address realm,
        bytes32 role,
        bytes32 id,
        bytes32 key
    ) external view returns (Appraisal memory) {
        return
            Appraisal(
                block.number,
                block.timestamp,
                _logs[realm].epoch,
                _policies[realm][role],
                _attesters[realm][id],
                _measurements[realm][role][key]
            );
    }

    /// @inheritdoc IAttestationRegistry
    function logOf(address realm) external view returns (Log memory) {
        return _logs[realm];
    }

    /// @inheritdoc IAttestationRegistry
    function policyOf(address realm, bytes32 role) external view returns (Policy memory) {
        return _policies[realm][role];
    }

    /// @inheritdoc IAttestationRegistry
    function attesterOf(address realm, bytes32 id) external view returns (Attester memory) {
        return _attesters[realm][id];
    }

    /// @inheritdoc IAttestationRegistry
    function measurementOf(address realm, bytes32 role, bytes32 key) external view returns (Measurement memory) {
        return _measurements[realm][role][key];
    }

    /// @inheritdoc IAttestationRegistry
    function attesterId(uint8 kind, bytes calldata name) public pure returns (bytes32) {
        if (!Platforms.isKnown(kind)) revert AttestationKindUnknown(kind);
        if (!Platforms.isName(kind, name)) revert AttesterNameInvalid(kind, name);
        return keccak256(abi.encodePacked(kind, name));
    }

    /// @inheritdoc IAttestationRegistry
    function measurementKey(uint8 kind, uint16 bank, uint32 mask, bytes32 digest) public pure returns (bytes32) {
        if (!Platforms.isKnown(kind)) revert AttestationKindUnknown(kind);
        _requireSelection(kind, bank, mask);
        return keccak256(abi.encode(kind, bank, mask, digest));
    }

    function _add(address realm, bytes32 role, NewMeasurement calldata added) private returns (bytes32 key) {
        key = measurementKey(added.kind, added.bank, added.mask, added.digest);
        _requireWindow(added.notBefore, added.notAfter);
        Measurement storage measurement = _measurements[realm][role][key];
        if (measurement.revoked) revert AttestationRevoked(key);
        bool stood = measurement.notAfter != 0;
        (measurement.notBefore, measurement.notAfter) = (added.notBefore, added.notAfter);
        measurement.document = added.document;
        Log memory log = _next(realm, stood);
        emit MeasurementAdded(realm, role, key, log.sequence, log.epoch, added);
        bytes32 topic = MeasurementAdded.selector;
        _fold(realm, log, abi.encode(topic, realm, role, key, log.sequence, log.epoch, added));
    }

    function _revokeAttester(address realm, bytes32 id, address authority, uint8 reason) private {
        Attester storage attester = _attesters[realm][id];
        // The delegate may give its own key up; of an unknown attester it is nobody. Else it must be the realm that speaks.
        bool isOwn = authority == attester.delegate && authority != address(0);
        if (!isOwn) _requireRuler(realm, id, authority);
        if (attester.revoked) revert AttestationRevoked(id);
        attester.revoked = true;
        Log memory log = _next(realm, true);
        (uint32 sequence, uint32 epoch) = (log.sequence, log.epoch);
        emit AttesterRevoked(realm, id, authority, sequence, epoch, reason);
        _fold(realm, log, abi.encode(AttesterRevoked.selector, realm, id, authority, sequence, epoch, reason));
    }

    /// @return whether anything changed: false when it was revoked already
    function _revokeMeasurement(
        address realm,
        bytes32 role,
        bytes32 key,
        address authority,
        uint8 reason
    ) private returns (bool) {
        Measurement storage measurement = _measurements[realm][role][key];
        if (measurement.revoked) return false;
        measurement.revoked = true;
        Log memory log = _next(realm, true);
        (uint32 sequence, uint32 epoch) = (log.sequence, log.epoch);
        emit MeasurementRevoked(realm, role, key, sequence, epoch, authority, reason);
        bytes32 topic = MeasurementRevoked.selector;
        _fold(realm, log, abi.encode(topic, realm, role, key, sequence, epoch, authority, reason));
        return true;
    }

    /// @dev The realm's log with one event more, and one epoch more where something may count less than before.
    function _next(address realm, bool isLess) private view returns (Log memory log) {
        log = _logs[realm];
        ++log.sequence;
        if (isLess) ++log.epoch;
    }

    /// @dev Folds an event into the realm's head.
    /// @param entry the event's topics and data, all of static types: so their encoding is what was logged, byte for byte
    function _fold(address realm, Log memory log, bytes memory entry) private {
        log.head = bytes24(keccak256(abi.encodePacked(bytes32(log.head), entry)));
        _logs[realm] = log;
    }

    function _requireOwner(address realm) private view {
        if (msg.sender != _realm(realm).owner) revert RealmNotOwner(realm, msg.sender);
    }

    /// @dev Who may revoke any record of a realm in the realm registry may do so here.
    function _requireRuler(address realm, bytes32 id, address authority) private view {
        IRealmRegistry.Realm memory self = _realm(realm);
        if (authority != self.owner && authority != self.root.issuer) {
            revert AttestationNotAuthorised(realm, id, authority);
        }
    }

    function _realm(address realm) private view returns (IRealmRegistry.Realm memory self) {
        self = REALMS.realmOf(realm);
        if (self.policy == IRealmRegistry.Policy.None) revert RealmUnknown(realm);
    }

    function _requireSelection(uint8 kind, uint16 bank, uint32 mask) private pure {
        if (!Platforms.hasBank(kind, bank)) revert AttestationBankRefused(kind, bank);
        uint32 allowed = Platforms.pcrsOf(kind);
        if (mask == 0 || mask & ~allowed != 0) revert AttestationMaskRefused(kind, mask, allowed);
    }

    function _requireWindow(uint40 notBefore, uint40 notAfter) private view {
        if (notBefore >= notAfter || notAfter <= block.timestamp) {
            revert AttestationWindowInvalid(notBefore, notAfter, block.timestamp);
        }
    }

    function _nameHash() internal pure override returns (bytes32) {
        return keccak256("WMP AttestationRegistry");
    }
}
