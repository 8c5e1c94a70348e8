// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRealmRegistry} from "../../contracts/interfaces/IRealmRegistry.sol";
import {Harness, Vm} from "./Harness.sol";

/// @dev Random actors do random things to one realm; what must hold of each step is required in it. Actors that may not
/// do what they try are refused, and the refusal is caught: then nothing may have changed.
contract World is Harness {
    uint256 private constant ACTORS = 8;

    struct Revoked {
        address issuer;
        address subject;
        bytes32 digest;
    }

    /// Everything that was ever revoked by somebody entitled to.
    Revoked[] public revoked;
    bytes26 public head;
    uint256 public sequence;
    mapping(bytes32 digest => bool) private _isGhost;

    modifier watched() {
        VM.recordLogs();
        _;
        _fold();
    }

    constructor() watched {
        _create();
    }

    function revokedCount() external view returns (uint256) {
        return revoked.length;
    }

    function isStillRevoked(uint256 i) external view returns (bool) {
        return _isRevoked(revoked[i].issuer, revoked[i].subject, revoked[i].digest);
    }

    function realmState() external view returns (IRealmRegistry.Realm memory) {
        return realms.realmOf(realm);
    }

    function anchor(uint8 issuer, uint8 subject, uint8 capabilities, uint16 validFrom) external watched {
        (uint256 issuerKey, address to) = (_key(issuer), VM.addr(_key(subject)));
        uint256 from = 1 + (validFrom % START);
        IRealmRegistry.Record memory former = _record(to);
        uint256 above = _capabilitiesOf(VM.addr(issuerKey));
        (bool done, bytes32 digest) = _anchor(issuerKey, to, capabilities, from);
        IRealmRegistry.Record memory record = _record(to);
        if (done) {
            require(record.grant.validFrom > former.grant.validFrom, "an older certificate came back");
            require(capabilities & ~above == 0 && above & 3 != 0, "capabilities widened");
            require(former.grant.issuer == address(0) || former.grant.issuer == VM.addr(issuerKey), "taken over");
            require(!_isGhost[digest] || _isRevoked(VM.addr(issuerKey), to, digest), "revived");
        } else {
            _forget();
            require(keccak256(abi.encode(record)) == keccak256(abi.encode(former)), "changed by a refused call");
        }
    }

    function revoke(uint8 by, uint8 subject, uint8 reason) external watched {
        (address authority, address to) = (VM.addr(_key(by)), VM.addr(_key(subject)));
        IRealmRegistry.Record memory record = _record(to);
        if (record.grant.issuer == address(0)) return;
        // The record knows only the first bytes of the digest, and so does whoever revokes by it.
        VM.prank(authority);
        try realms.revoke(realm, to, record.digest, reason) {
            require(_isAtOrAbove(authority, to), "a stranger revoked");
            _remember(record.grant.issuer, to, record.digest);
        } catch {
            _forget();
            bool already = record.grant.standing & 0x80 != 0;
            require(already || !_isAtOrAbove(authority, to), "somebody entitled was refused");
        }
    }

    function revokeUnseen(uint8 by, uint8 subject, uint8 capabilities, uint16 validFrom) external watched {
        uint256 issuerKey = _key(by);
        address to = VM.addr(_key(subject));
        bytes32 digest = realms.digestOf(_full(_certificate(issuerKey, to, capabilities, 1 + (validFrom % START))));
        VM.prank(VM.addr(issuerKey));
        try realms.revoke(realm, to, digest, 1) {
            _remember(VM.addr(issuerKey), to, digest);
        } catch {
            _forget();
        }
    }

    function setEpoch(uint8 by, uint16 epoch) external watched {
        address authority = VM.addr(_key(by));
        uint40 previous = realms.epochOf(realm, authority);
        VM.prank(authority);
        try realms.setEpoch(realm, epoch % 40) {
            require(realms.epochOf(realm, authority) > previous, "an epoch fell");
        } catch {
            _forget();
            require(realms.epochOf(realm, authority) == previous, "changed by a refused call");
        }
    }

    function rule(uint8 by, uint8 what, uint8 value) external watched {
        address caller = VM.addr(_key(by));
        bytes32 before = keccak256(abi.encode(realms.realmOf(realm)));
        bytes[5] memory calls = [
            abi.encodeCall(realms.tightenPolicy, (realm, IRealmRegistry.Policy(value % 4))),
            abi.encodeCall(realms.offerOwner, (realm, caller)),
            abi.encodeCall(realms.setGuardian, (realm, caller, 7 days)),
            abi.encodeCall(realms.startRecovery, (realm, caller)),
            abi.encodeCall(realms.revokeAs, (realm, caller, address(0), bytes32(uint256(value)), 0))
        ];
        VM.prank(caller);
        (bool done, ) = address(realms).call(calls[what % 5]);
        _forget();
        require(!done && keccak256(abi.encode(realms.realmOf(realm))) == before, "a stranger ruled");
    }

    function _remember(address issuer, address subject, bytes32 digest) private {
        // A self-issued certificate that is no root's is refused for that, whatever else was said of it.
        if (_isGhost[digest] || issuer == subject) return;
        _isGhost[digest] = true;
        revoked.push(Revoked(issuer, subject, digest));
    }

    function _isAtOrAbove(address authority, address subject) private view returns (bool) {
        if (authority == subject || authority == VM.addr(ROOT)) return true;
        for (uint256 i = 0; i < 8; ++i) {
            address issuer = _record(subject).grant.issuer;
            if (issuer == authority) return true;
            subject = issuer;
        }
        return false;
    }

    function _capabilitiesOf(address account) private view returns (uint256) {
        return account == VM.addr(ROOT) ? 255 : _record(account).grant.capabilities;
    }

    function _key(uint8 actor) private pure returns (uint256) {
        uint256 index = actor % ACTORS;
        return index < 4 ? ROOT + index : 0xD000 + index;
    }

    /// @dev The runner also records what a refused call had logged before it was undone.
    function _forget() private {
        VM.getRecordedLogs();
    }

    /// @dev What an indexer does: adds the new events of the realm to its own head.
    function _fold() private {
        Vm.Log[] memory logs = VM.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter != address(realms)) continue;
            head = bytes26(keccak256(abi.encodePacked(bytes32(head), logs[i].topics, logs[i].data)));
            ++sequence;
        }
    }
}

contract InvariantsTest {
    World private _world;

    function setUp() public {
        _world = new World();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_world);
    }

    /// A revoked certificate never counts again, whatever was anchored, renewed or revoked since.
    function invariant_revokedStaysRevoked() public view {
        uint256 count = _world.revokedCount();
        for (uint256 i = 0; i < count; ++i) require(_world.isStillRevoked(i), "revived");
    }

    /// The realm's head is what its events add up to, and the owner is who it was.
    function invariant_headIsTheFoldOfTheEvents() public view {
        IRealmRegistry.Realm memory state = _world.realmState();
        require(state.head == _world.head() && state.sequence == _world.sequence(), "head");
        require(state.owner == address(0xB001) && state.policy == IRealmRegistry.Policy.Open, "ruled");
    }
}
