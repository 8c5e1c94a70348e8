// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Custody} from "../libraries/Custody.sol";

/// @title Operators: who may run infrastructure. An operator is the address of its CA key.
/// @notice Nobody administers this contract. A record is made only by the CA key itself or with its signature, and is
/// ruled from then on by its controller, a key apart from the CA key.
///
/// What readers may rely on. Every change of a record emits exactly one event, in the transaction that makes it; a
/// record's events replayed in order give its state. `Enrolled` or, for a successor, `Rotated` is a CA's first event and
/// comes once. After `Revoked` only events of custody follow, and the status never changes again.
interface IOperatorRegistry {
    /// @dev None -> Active by enrolment or as a successor; Active -> Retired by rotation, when its overlap is over;
    /// Active or Retired -> Revoked, which is final. No other moves.
    enum Status {
        None,
        Active,
        Retired,
        Revoked
    }

    /// @dev Storage layout, part of the interface: slot 0 controller, status, epoch, retiresAt; slot 1 profile; slot 2
    /// successorCa; slots 3 to 5 custody. `status` is stored as Active or Revoked; Retired follows from `retiresAt`.
    struct Operator {
        address controller;
        Status status;
        /// Block number; certificates that the operator issued with an earlier validFrom are void in every realm.
        uint40 epoch;
        /// POSIX seconds from which a rotated CA no longer counts; 0 when it was not rotated.
        uint40 retiresAt;
        /// Hash of the operator's metadata document.
        bytes32 profile;
        /// The CA that followed by rotation; zero when none did.
        address successorCa;
        Custody.State custody;
    }

    error OperatorUnknown(address ca);
    error OperatorExists(address ca);
    error OperatorRevoked(address ca);
    error OperatorAlreadyRotated(address ca, address successorCa);
    error OperatorNotController(address ca, address caller);
    error OperatorZeroController();
    error OperatorEpochInvalid(uint256 epoch, uint256 current, uint256 latest);
    error OperatorOverlapTooLong(uint256 retiresAt, uint256 latest);

    /// @notice `uri` is where the document lies whose hash is `profile`. Once per CA, as its first event.
    event Enrolled(address indexed ca, address indexed controller, bytes32 profile, string uri);
    event ProfileSet(address indexed ca, bytes32 profile, string uri);
    /// @notice `newCa` is enrolled with the controller and profile of `ca`, which retires at `retiresAt` (POSIX seconds).
    event Rotated(
        address indexed ca,
        address indexed newCa,
        address indexed controller,
        bytes32 profile,
        uint40 retiresAt
    );
    event EpochSet(address indexed ca, uint40 previousEpoch, uint40 epoch);
    /// @notice Final, and the last change of status.
    event Revoked(address indexed ca, address indexed controller, uint8 reason);
    event ControllerOffered(address indexed ca, address indexed controller, address indexed pending);
    /// @notice By transfer or by recovery. After a transfer the record has no guardian; any recovery has ended.
    event ControllerChanged(address indexed ca, address indexed previous, address indexed controller, bool recovered);
    /// @notice Ends a recovery that was under way. `delay` in seconds; guardian zero and delay 0 for none.
    event GuardianSet(address indexed ca, address indexed guardian, uint40 delay);
    event RecoveryStarted(address indexed ca, address indexed guardian, address indexed successor, uint40 readyAt);
    event RecoveryCancelled(address indexed ca, address indexed successor);

    /// @notice Enrols the caller, whose address is the CA, under `controller` (which may be the same address).
    function enroll(address controller, bytes32 profile, string calldata uri) external;

    /// @notice Enrols `ca` with its signature over
    /// Enroll(address ca,address controller,bytes32 profile,string uri,uint256 nonce,uint256 deadline).
    function enrollFor(
        address ca,
        address controller,
        bytes32 profile,
        string calldata uri,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Replaces the profile. Controller only.
    function setProfile(address ca, bytes32 profile, string calldata uri) external;

    /// @notice Enrols `newCa` as successor; `ca` stays active until `retiresAt`, at most 90 days ahead; a time that
    /// is past means at once.
    /// Controller only, with the new key's signature over
    /// Rotate(address ca,address newCa,uint40 retiresAt,uint256 nonce,uint256 deadline).
    function rotate(address ca, address newCa, uint40 retiresAt, uint256 deadline, bytes calldata signature) external;

    /// @notice Voids what `ca` issued with validFrom before block `epoch`; it only grows, up to the current block.
    /// Controller or CA.
    function setEpoch(address ca, uint40 epoch) external;

    /// @notice Ends the operator in every realm at once, for ever. Controller only.
    function revoke(address ca, uint8 reason) external;

    /// @notice {revoke} with the controller's signature over
    /// Revoke(address ca,address controller,uint8 reason,uint256 nonce,uint256 deadline).
    function revokeFor(address ca, uint8 reason, uint256 deadline, bytes calldata signature) external;

    /// @notice Offers control to `pending`, who must accept; zero takes the offer back. Controller only.
    function offerController(address ca, address pending) external;

    /// @notice Takes control that was offered to the caller.
    function acceptController(address ca) external;

    /// @notice Names the guardian, who may win control back `delay` seconds (7 to 365 days) after saying so; zero for
    /// none. Controller only.
    function setGuardian(address ca, address guardian, uint40 delay) external;

    /// @notice Starts the recovery of control by `successor`. Guardian only.
    function startRecovery(address ca, address successor) external;

    /// @notice Ends a recovery. Controller only, at any time before it is completed.
    function cancelRecovery(address ca) external;

    /// @notice The successor of a recovery takes control once its delay is over.
    function completeRecovery(address ca) external;

    /// @notice The record of `ca`, all zero when unknown, with the status as of now.
    function operatorOf(address ca) external view returns (Operator memory);

    /// @notice What a verifier needs of `ca`: its status as of now and its epoch (block number).
    function statusOf(address ca) external view returns (Status status, uint40 epoch);

    /// @notice The epoch of `ca` if it is active now, 2^256 - 1 otherwise: no certificate is as young as that.
    function activeEpochOf(address ca) external view returns (uint256 epoch);

    /// @notice Its controller, zero when unknown.
    function controllerOf(address ca) external view returns (address);
}
