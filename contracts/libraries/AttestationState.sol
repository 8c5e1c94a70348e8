// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationRegistry} from "../interfaces/IAttestationRegistry.sol";
import {IRealmRegistry} from "../interfaces/IRealmRegistry.sol";

/// @title The attestation registry's own state
/// @dev First in the order of inheritance, so that these slots lie before inherited state: end points prove them.
abstract contract AttestationState is IAttestationRegistry {
    /// @notice Where realms are, and with them their owners and roots. In the code, not in storage.
    IRealmRegistry public immutable REALMS;

    /// @dev Slot 0.
    mapping(address realm => Log) internal _logs;
    /// @dev Slot 1.
    mapping(address realm => mapping(bytes32 role => Policy)) internal _policies;
    /// @dev Slot 2.
    mapping(address realm => mapping(bytes32 id => Attester)) internal _attesters;
    /// @dev Slot 3.
    mapping(address realm => mapping(bytes32 role => mapping(bytes32 key => Measurement))) internal _measurements;

    constructor(IRealmRegistry realmRegistry) {
        REALMS = realmRegistry;
    }
}
