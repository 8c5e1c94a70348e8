// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AttestationRegistry} from "../../contracts/AttestationRegistry.sol";
import {IAttestationRegistry} from "../../contracts/interfaces/IAttestationRegistry.sol";
import {IRealmRegistry} from "../../contracts/interfaces/IRealmRegistry.sol";
import {Harness, Vm} from "./Harness.sol";

/// @dev Random actors do random things to one realm's attestation; what must hold of each step is required in it, and the
/// events are folded and counted as an indexer does.
contract AttestationWorld is Harness {
    bytes32 private constant ROLE = bytes32("role");
    uint256 private constant THINGS = 6;

    AttestationRegistry private _registry;
    bytes24 public head;
    uint256 public sequence;
    uint256 public epoch;
    bytes32[] private _revokedAttesters;
    bytes32[] private _revokedMeasurements;
    mapping(bytes32 => bool) private _isGhost;

    modifier watched() {
        VM.recordLogs();
        _;
        _fold();
    }

    constructor() {
        _create();
        _registry = new AttestationRegistry(realms);
    }

    function log() external view returns (IAttestationRegistry.Log memory) {
        return _registry.logOf(realm);
    }

    function isEverythingStillRevoked() external view returns (bool) {
        for (uint256 i = 0; i < _revokedAttesters.length; ++i) {
            if (!_registry.attesterOf(realm, _revokedAttesters[i]).revoked) return false;
        }
        for (uint256 i = 0; i < _revokedMeasurements.length; ++i) {
            if (!_registry.measurementOf(realm, ROLE, _revokedMeasurements[i]).revoked) return false;
        }
        return true;
    }

    function setPolicy(uint8 by, uint16 kinds, uint32 mask, uint32 age) external watched {
        IAttestationRegistry.Policy memory policy = IAttestationRegistry.Policy(
            mask & 1 != 0,
            kinds % 8,
            0x000c,
            mask & 0xffff,
            age % 4,
            bytes32(uint256(mask))
        );
        uint32 before = _registry.logOf(realm).epoch;
        VM.prank(_actor(by));
        try _registry.setPolicy(realm, ROLE, policy) {
            require(_actor(by) == _owner(), "a stranger set a policy");
            require(policy.mask != 0 && policy.kinds & 6 != 0 && policy.kinds & 1 == 0, "an empty policy");
            require(_registry.logOf(realm).epoch == before + 1, "a policy without an epoch");
        } catch {
            _forget();
        }
    }

    function enroll(uint8 by, uint8 thing, uint8 delegate, uint40 from, uint40 until) external watched {
        bytes32 id = _registry.attesterId(1, _name(thing));
        IAttestationRegistry.Attester memory former = _registry.attesterOf(realm, id);
        uint32 before = _registry.logOf(realm).epoch;
        (from, until) = (uint40(block.timestamp) + (from % 100), uint40(block.timestamp) + (until % 200));
        VM.prank(_actor(by));
        try _registry.enrollAttester(realm, 1, _name(thing), _actor(delegate), from, until) {
            require(_actor(by) == _owner(), "a stranger enrolled");
            require(!former.revoked, "revived");
            require(_registry.attesterOf(realm, id).delegate == _actor(delegate), "another delegate");
            bool stood = former.notAfter != 0;
            require(_registry.logOf(realm).epoch == before + (stood ? 1 : 0), "epoch of an enrolment");
        } catch {
            _forget();
            require(_hash(former) == _hash(_registry.attesterOf(realm, id)), "changed by a refused call");
        }
    }

    function revokeAttester(uint8 by, uint8 thing, uint8 reason) external watched {
        bytes32 id = _registry.attesterId(1, _name(thing));
        IAttestationRegistry.Attester memory former = _registry.attesterOf(realm, id);
        address caller = _actor(by);
        bool isEntitled = caller == _owner() || caller == VM.addr(ROOT) || caller == former.delegate;
        VM.prank(caller);
        try _registry.revokeAttester(realm, id, reason) {
            require(isEntitled && !former.revoked, "a stranger revoked");
            if (!_isGhost[id]) _revokedAttesters.push(id);
            _isGhost[id] = true;
        } catch {
            _forget();
            require(!isEntitled || former.revoked, "somebody entitled was refused");
        }
    }

    function addMeasurements(uint8 by, uint8 first, uint8 second, uint40 until) external watched {
        IAttestationRegistry.NewMeasurement[] memory added = new IAttestationRegistry.NewMeasurement[](2);
        (added[0], added[1]) = (_measurement(first, until), _measurement(second, until));
        bool isRevoked = _isRevoked(added[0]) || _isRevoked(added[1]);
        VM.prank(_actor(by));
        try _registry.addMeasurements(realm, ROLE, added) {
            require(_actor(by) == _owner() && !isRevoked, "revived, or by a stranger");
        } catch {
            _forget();
        }
    }

    function revokeMeasurements(uint8 by, uint8 first, uint8 second, uint8 reason) external watched {
        bytes32[] memory keys = new bytes32[](2);
        (keys[0], keys[1]) = (_key(_measurement(first, 1)), _key(_measurement(second, 1)));
        address caller = _actor(by);
        bool isEntitled = caller == _owner() || caller == VM.addr(ROOT);
        VM.prank(caller);
        try _registry.revokeMeasurements(realm, ROLE, keys, reason) {
            require(isEntitled, "a stranger revoked");
            for (uint256 i = 0; i < 2; ++i) {
                if (!_isGhost[keys[i]]) _revokedMeasurements.push(keys[i]);
                _isGhost[keys[i]] = true;
            }
        } catch {
            _forget();
            require(!isEntitled, "somebody entitled was refused");
        }
    }

    /// @dev The realm itself changes hands meanwhile; nothing of that is copied.
    function handOver(uint8 to) external {
        VM.prank(_owner());
        realms.offerOwner(realm, _actor(to));
        VM.prank(_actor(to));
        realms.acceptOwner(realm);
    }

    function wait(uint8 secondsLater) external {
        VM.warp(block.timestamp + secondsLater);
    }

    function _isRevoked(IAttestationRegistry.NewMeasurement memory measurement) private view returns (bool) {
        return _registry.measurementOf(realm, ROLE, _key(measurement)).revoked;
    }

    function _owner() private view returns (address) {
        return realms.realmOf(realm).owner;
    }

    function _actor(uint8 by) private view returns (address) {
        address[6] memory actors = [OWNER, VM.addr(ROOT), VM.addr(SUB), VM.addr(MACHINE), STRANGER, VM.addr(OPERATOR)];
        return actors[by % 6];
    }

    function _name(uint8 thing) private pure returns (bytes memory) {
        return abi.encodePacked(uint16(0x000b), keccak256(abi.encode(thing % THINGS)));
    }

    function _measurement(uint8 thing, uint40 until) private view returns (IAttestationRegistry.NewMeasurement memory) {
        uint40 end = uint40(block.timestamp) + (until % 300);
        return IAttestationRegistry.NewMeasurement(1, 0x000b, 1, bytes32(thing % THINGS), 1, end, bytes32(0));
    }

    function _key(IAttestationRegistry.NewMeasurement memory measurement) private view returns (bytes32) {
        return _registry.measurementKey(measurement.kind, measurement.bank, measurement.mask, measurement.digest);
    }

    function _hash(IAttestationRegistry.Attester memory attester) private pure returns (bytes32) {
        return keccak256(abi.encode(attester));
    }

    /// @dev The runner also records what a refused call had logged before it was undone.
    function _forget() private {
        VM.getRecordedLogs();
    }

    /// @dev What an indexer does: adds the new events to its own head, and reads the epoch in each.
    function _fold() private {
        Vm.Log[] memory logs = VM.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter != address(_registry)) continue;
            head = bytes24(keccak256(abi.encodePacked(bytes32(head), logs[i].topics, logs[i].data)));
            (uint256 place, uint256 now_) = abi.decode(logs[i].data, (uint256, uint256));
            require(place == ++sequence, "a gap");
            require(now_ >= epoch && now_ <= epoch + 1, "an epoch fell or jumped");
            epoch = now_;
        }
    }
}

contract AttestationInvariantsTest {
    AttestationWorld private _world;

    function setUp() public {
        _world = new AttestationWorld();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_world);
    }

    /// What was revoked never counts again, whatever was set, enrolled, added or handed over since.
    function invariant_revokedStaysRevoked() public view {
        require(_world.isEverythingStillRevoked(), "revived");
    }

    /// Head, sequence and epoch are what the events add up to.
    function invariant_headIsTheFoldOfTheEvents() public view {
        IAttestationRegistry.Log memory log = _world.log();
        require(log.head == _world.head() && log.sequence == _world.sequence(), "head");
        require(log.epoch == _world.epoch(), "epoch");
    }
}
