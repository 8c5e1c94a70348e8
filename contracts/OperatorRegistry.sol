// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOperatorRegistry} from "./interfaces/IOperatorRegistry.sol";
import {Custody} from "./libraries/Custody.sol";
import {OperatorState} from "./libraries/OperatorState.sol";
import {Relayed} from "./libraries/Relayed.sol";

/// @title Operators, see {IOperatorRegistry}
contract OperatorRegistry is IOperatorRegistry, OperatorState, Relayed {
    using Custody for Custody.State;

    /// @notice How long a rotated CA may stay active beside its successor.
    uint256 public constant MAX_OVERLAP = 90 days;

    bytes32 private constant ENROLL_TYPE_HASH = keccak256(
        "Enroll(address ca,address controller,bytes32 profile,string uri,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant ROTATE_TYPE_HASH = keccak256(
        "Rotate(address ca,address newCa,uint40 retiresAt,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant REVOKE_TYPE_HASH = keccak256(
        "Revoke(address ca,address controller,uint8 reason,uint256 nonce,uint256 deadline)"
    );

    /// @inheritdoc IOperatorRegistry
    function enroll(address controller, bytes32 profile, string calldata uri) external {
        _enroll(msg.sender, controller, profile);
        emit Enrolled(msg.sender, controller, profile, uri);
    }

    /// @inheritdoc IOperatorRegistry
    function enrollFor(
        address ca,
        address controller,
        bytes32 profile,
        string calldata uri,
        uint256 deadline,
        bytes calldata signature
    ) external {
        bytes32 request = keccak256(
            abi.encode(ENROLL_TYPE_HASH, ca, controller, profile, keccak256(bytes(uri)), nonces(ca), deadline)
        );
        _spend(ca, request, deadline, signature);
        _enroll(ca, controller, profile);
        emit Enrolled(ca, controller, profile, uri);
    }

    /// @inheritdoc IOperatorRegistry
    function setProfile(address ca, bytes32 profile, string calldata uri) external {
        Operator storage operator = _controlled(ca);
        operator.profile = profile;
        emit ProfileSet(ca, profile, uri);
    }

    /// @inheritdoc IOperatorRegistry
    function rotate(address ca, address newCa, uint40 retiresAt, uint256 deadline, bytes calldata signature) external {
        Operator storage operator = _controlled(ca);
        if (operator.successorCa != address(0)) revert OperatorAlreadyRotated(ca, operator.successorCa);
        uint256 latest = block.timestamp + MAX_OVERLAP;
        if (retiresAt > latest) revert OperatorOverlapTooLong(retiresAt, latest);
        bytes32 request = keccak256(abi.encode(ROTATE_TYPE_HASH, ca, newCa, retiresAt, nonces(newCa), deadline));
        _spend(newCa, request, deadline, signature);
        _enroll(newCa, msg.sender, operator.profile);
        uint40 end = retiresAt > block.timestamp ? retiresAt : uint40(block.timestamp);
        operator.retiresAt = end;
        operator.successorCa = newCa;
        emit Rotated(ca, newCa, msg.sender, operator.profile, end);
    }

    /// @inheritdoc IOperatorRegistry
    function setEpoch(address ca, uint40 epoch) external {
        Operator storage operator = msg.sender == ca ? _known(ca) : _heldByCaller(ca);
        if (operator.status == Status.Revoked) revert OperatorRevoked(ca);
        uint40 previous = operator.epoch;
        if (epoch <= previous || epoch > block.number) revert OperatorEpochInvalid(epoch, previous, block.number);
        operator.epoch = epoch;
        emit EpochSet(ca, previous, epoch);
    }

    /// @inheritdoc IOperatorRegistry
    function revoke(address ca, uint8 reason) external {
        _revoke(_controlled(ca), ca, reason);
    }

    /// @inheritdoc IOperatorRegistry
    function revokeFor(address ca, uint8 reason, uint256 deadline, bytes calldata signature) external {
        Operator storage operator = _known(ca);
        address controller = operator.controller;
        if (operator.status == Status.Revoked) revert OperatorRevoked(ca);
        bytes32 request = keccak256(abi.encode(REVOKE_TYPE_HASH, ca, controller, reason, nonces(controller), deadline));
        _spend(controller, request, deadline, signature);
        _revoke(operator, ca, reason);
    }

    /// @inheritdoc IOperatorRegistry
    function offerController(address ca, address pending) external {
        _heldByCaller(ca).custody.offer(pending);
        emit ControllerOffered(ca, msg.sender, pending);
    }

    /// @inheritdoc IOperatorRegistry
    function acceptController(address ca) external {
        Operator storage operator = _known(ca);
        operator.custody.take();
        _changeController(operator, ca, false);
    }

    /// @inheritdoc IOperatorRegistry
    function setGuardian(address ca, address guardian, uint40 delay) external {
        Custody.State storage custody = _heldByCaller(ca).custody;
        custody.entrust(guardian, delay);
        emit GuardianSet(ca, guardian, custody.delay);
    }

    /// @inheritdoc IOperatorRegistry
    function startRecovery(address ca, address successor) external {
        uint40 readyAt = _known(ca).custody.startRecovery(successor);
        emit RecoveryStarted(ca, msg.sender, successor, readyAt);
    }

    /// @inheritdoc IOperatorRegistry
    function cancelRecovery(address ca) external {
        Custody.State storage custody = _heldByCaller(ca).custody;
        address successor = custody.successor;
        if (successor == address(0)) revert Custody.CustodyNoRecovery();
        custody.cancel();
        emit RecoveryCancelled(ca, successor);
    }

    /// @inheritdoc IOperatorRegistry
    function completeRecovery(address ca) external {
        Operator storage operator = _known(ca);
        operator.custody.completeRecovery();
        _changeController(operator, ca, true);
    }

    /// @inheritdoc IOperatorRegistry
    function operatorOf(address ca) external view returns (Operator memory operator) {
        operator = _operators[ca];
        operator.status = _status(_operators[ca]);
    }

    /// @inheritdoc IOperatorRegistry
    function statusOf(address ca) external view returns (Status status, uint40 epoch) {
        Operator storage operator = _operators[ca];
        return (_status(operator), operator.epoch);
    }

    /// @inheritdoc IOperatorRegistry
    function activeEpochOf(address ca) external view returns (uint256 epoch) {
        Operator storage operator = _operators[ca];
        return _status(operator) == Status.Active ? operator.epoch : type(uint256).max;
    }

    /// @inheritdoc IOperatorRegistry
    function controllerOf(address ca) external view returns (address) {
        return _operators[ca].controller;
    }

    function _enroll(address ca, address controller, bytes32 profile) private {
        if (controller == address(0)) revert OperatorZeroController();
        Operator storage operator = _operators[ca];
        if (operator.status != Status.None) revert OperatorExists(ca);
        operator.controller = controller;
        operator.status = Status.Active;
        operator.profile = profile;
    }

    function _revoke(Operator storage operator, address ca, uint8 reason) private {
        operator.status = Status.Revoked;
        emit Revoked(ca, operator.controller, reason);
    }

    function _changeController(Operator storage operator, address ca, bool recovered) private {
        address previous = operator.controller;
        operator.controller = msg.sender;
        emit ControllerChanged(ca, previous, msg.sender, recovered);
    }

    function _known(address ca) private view returns (Operator storage operator) {
        operator = _operators[ca];
        if (operator.status == Status.None) revert OperatorUnknown(ca);
    }

    function _heldByCaller(address ca) private view returns (Operator storage operator) {
        operator = _known(ca);
        if (msg.sender != operator.controller) revert OperatorNotController(ca, msg.sender);
    }

    function _controlled(address ca) private view returns (Operator storage operator) {
        operator = _heldByCaller(ca);
        if (operator.status == Status.Revoked) revert OperatorRevoked(ca);
    }

    function _status(Operator storage operator) private view returns (Status) {
        Status stored = operator.status;
        uint256 retiresAt = operator.retiresAt;
        bool retired = stored == Status.Active && retiresAt != 0 && block.timestamp >= retiresAt;
        return retired ? Status.Retired : stored;
    }

    function _nameHash() internal pure override returns (bytes32) {
        return keccak256("WMP OperatorRegistry");
    }
}
