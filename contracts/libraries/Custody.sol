// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Who holds a record, how it changes hands, how it is won back
/// @dev Transfer: offered by the holder, taken by the next. Recovery: started by a guardian, cancelled by the holder at
/// any time, completed by the new holder once the delay is over. There is no way to give a record up.
library Custody {
    struct State {
        address pending;
        address guardian;
        /// Seconds.
        uint40 delay;
        address successor;
        /// POSIX seconds; 0 when no recovery is under way.
        uint40 readyAt;
    }

    error CustodyNotPending(address caller, address pending);
    error CustodyNotGuardian(address caller, address guardian);
    error CustodyNotSuccessor(address caller, address successor);
    error CustodyDelayOutOfRange(uint256 delay, uint256 least, uint256 most);
    error CustodyNoRecovery();
    error CustodyRecoveryNotReady(uint256 readyAt);
    error CustodyZeroAddress();

    uint256 internal constant MIN_DELAY = 7 days;
    uint256 internal constant MAX_DELAY = 365 days;

    /// @dev Offers the record to `next`; zero takes an offer back.
    function offer(State storage self, address next) internal {
        self.pending = next;
    }

    /// @dev The next holder takes the record. Guardian and recovery of the former holder end: the new one trusts nobody yet.
    function take(State storage self) internal {
        if (msg.sender != self.pending) revert CustodyNotPending(msg.sender, self.pending);
        self.pending = address(0);
        self.guardian = address(0);
        self.delay = 0;
        cancel(self);
    }

    /// @dev Names the guardian, zero for none; a recovery that the former guardian started ends.
    function entrust(State storage self, address guardian, uint40 delay) internal {
        bool inRange = delay >= MIN_DELAY && delay <= MAX_DELAY;
        if (guardian != address(0) && !inRange) revert CustodyDelayOutOfRange(delay, MIN_DELAY, MAX_DELAY);
        self.guardian = guardian;
        self.delay = guardian == address(0) ? 0 : delay;
        cancel(self);
    }

    /// @dev The guardian starts a recovery, or starts it again with another successor and the full delay.
    function startRecovery(State storage self, address successor) internal returns (uint40 readyAt) {
        if (msg.sender != self.guardian) revert CustodyNotGuardian(msg.sender, self.guardian);
        if (successor == address(0)) revert CustodyZeroAddress();
        readyAt = uint40(block.timestamp) + self.delay;
        self.successor = successor;
        self.readyAt = readyAt;
    }

    /// @dev Ends a recovery if one is under way.
    function cancel(State storage self) internal {
        self.successor = address(0);
        self.readyAt = 0;
    }

    /// @dev The successor takes the record after the delay. The guardian stays; an offer of the former holder ends.
    function completeRecovery(State storage self) internal {
        if (self.readyAt == 0) revert CustodyNoRecovery();
        if (msg.sender != self.successor) revert CustodyNotSuccessor(msg.sender, self.successor);
        if (block.timestamp < self.readyAt) revert CustodyRecoveryNotReady(self.readyAt);
        self.pending = address(0);
        cancel(self);
    }
}
