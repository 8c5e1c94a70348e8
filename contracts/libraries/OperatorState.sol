// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOperatorRegistry} from "../interfaces/IOperatorRegistry.sol";

/// @title The operator registry's own state
/// @dev First in the order of inheritance, so that it lies before inherited state: end points prove these slots.
abstract contract OperatorState {
    /// @dev Slot 0: CA address to record.
    mapping(address ca => IOperatorRegistry.Operator) internal _operators;
}
