// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AttestationRegistry} from "../../contracts/AttestationRegistry.sol";
import {IAttestationRegistry} from "../../contracts/interfaces/IAttestationRegistry.sol";
import {Harness} from "./Harness.sol";

contract AttestationPropertiesTest is Harness {
    uint256 private constant DELEGATE = 0xA005;
    bytes32 private constant ROLE = bytes32("role");
    uint40 private constant NOW = 1_800_000_000;
    uint40 private constant FAR = type(uint40).max;

    AttestationRegistry private _registry;

    function setUp() public {
        _create();
        _registry = new AttestationRegistry(realms);
    }

    /// A policy is taken exactly when every kind that it names can be asked for its PCRs, and is read back as it was set.
    function testFuzz_policies(uint16 kinds, uint16 bank, uint32 mask, uint32 age, bool required, uint8 near) public {
        if (near & 1 != 0) kinds = 2 + 2 * (kinds % 3);
        if (near & 2 != 0) bank = uint16(0x000a + (bank % 5));
        if (near & 4 != 0) mask &= 0x7effff;
        if (near & 8 != 0) mask &= 0xffff;
        IAttestationRegistry.Policy memory policy = IAttestationRegistry.Policy(
            required,
            kinds,
            bank,
            mask,
            age,
            keccak256(abi.encode(near))
        );
        bool isTpm = kinds & 2 != 0;
        bool isNitro = kinds & 4 != 0;
        bool wanted = kinds != 0 && kinds & ~uint16(6) == 0 && mask != 0 && age != 0;
        if (isTpm) wanted = wanted && bank >= 0x000b && bank <= 0x000d && mask & ((1 << 16) | (1 << 23)) == 0;
        if (isTpm) wanted = wanted && mask < 1 << 24;
        if (isNitro) wanted = wanted && bank == 0x000c && mask < 1 << 16;
        VM.prank(OWNER);
        try _registry.setPolicy(realm, ROLE, policy) {
            require(wanted, "taken");
            require(_hash(_registry.policyOf(realm, ROLE)) == _hash(policy), "read back");
        } catch {
            require(!wanted, "refused");
            require(_registry.logOf(realm).sequence == 0, "changed by a refused call");
        }
    }

    /// No key of a measurement without a strong bank and a PCR that nobody can reset.
    function testFuzz_measurementKeys(uint8 kind, uint16 bank, uint32 mask, bytes32 digest, bool near) public view {
        if (near) (kind, bank) = (uint8(1 + (kind % 2)), uint16(0x000a + (bank % 5)));
        bool good =
            kind == 1
                ? bank >= 0x000b && bank <= 0x000d && mask & ~uint32(0x7effff) == 0 && mask != 0
                : kind == 2 && bank == 0x000c && mask != 0 && mask <= 0xffff;
        try _registry.measurementKey(kind, bank, mask, digest) returns (bytes32 key) {
            require(good && key == keccak256(abi.encode(kind, bank, mask, digest)), "taken");
        } catch {
            require(!good, "refused");
        }
    }

    /// What is no Name of the kind has no id; in particular none by SHA-1.
    function testFuzz_names(uint8 kind, uint16 algorithm, bytes calldata rest, uint8 near) public view {
        if (near & 1 != 0) kind = uint8(1 + (kind % 2));
        if (near & 2 != 0) algorithm = uint16(0x000a + (algorithm % 5));
        bytes memory name = abi.encodePacked(algorithm, rest);
        if (near & 4 != 0) name = abi.encodePacked(algorithm, new bytes(16 * (near % 5)));
        uint256 wanted =
            algorithm == 0x000b
                ? 34
                : algorithm == 0x000c
                    ? 50
                    : algorithm == 0x000d
                        ? 66
                        : 0;
        bool good = (kind == 1 && name.length == wanted) || (kind == 2 && name.length == 48);
        try _registry.attesterId(kind, name) returns (bytes32 id) {
            require(good && id == keccak256(bytes.concat(bytes1(kind), name)), "taken");
        } catch {
            require(!good, "refused");
        }
    }

    /// A window is taken exactly when it is not empty and not over.
    function testFuzz_windows(uint40 notBefore, uint40 notAfter, bool near) public {
        if (near) (notBefore, notAfter) = (NOW - 2 + (notBefore % 5), NOW - 2 + (notAfter % 5));
        bool good = notBefore < notAfter && notAfter > NOW;
        bytes memory name = abi.encodePacked(uint16(0x000b), bytes32("key"));
        VM.prank(OWNER);
        try _registry.enrollAttester(realm, 1, name, VM.addr(DELEGATE), notBefore, notAfter) returns (bytes32 id) {
            IAttestationRegistry.Attester memory attester = _registry.attesterOf(realm, id);
            require(good && attester.notBefore == notBefore && attester.notAfter == notAfter, "taken");
        } catch {
            require(!good, "refused");
        }
    }

    /// Enrolling and revoking in either order leaves the key revoked, whoever may revoke it, and for ever.
    function testFuzz_revocationWinsInEitherOrder(bool revokeFirst, bool byRoot, bytes32 hash, uint8 reason) public {
        bytes memory name = abi.encodePacked(uint16(0x000b), hash);
        bytes32 id = _registry.attesterId(1, name);
        address by = byRoot ? VM.addr(ROOT) : OWNER;
        if (!revokeFirst) _enroll(name, true);
        VM.prank(by);
        _registry.revokeAttester(realm, id, reason);
        if (revokeFirst) _enroll(name, false);
        require(_registry.attesterOf(realm, id).revoked, "revoked");
        _enroll(name, false);
        require(_registry.attesterOf(realm, id).revoked, "still revoked");
    }

    /// What a stranger calls changes nothing, whatever it is.
    function testFuzz_strangersWeighNothing(address stranger, bytes32 id, uint8 which, uint8 reason) public {
        VM.assume(stranger != OWNER && stranger != VM.addr(ROOT) && stranger != VM.addr(DELEGATE));
        _enroll(abi.encodePacked(uint16(0x000b), bytes32("key")), true);
        if (which % 2 == 0) id = _registry.attesterId(1, abi.encodePacked(uint16(0x000b), bytes32("key")));
        bytes32 before = _state(id);
        IAttestationRegistry.Policy memory policy = IAttestationRegistry.Policy(false, 2, 0x000b, 1, 1, bytes32(0));
        bytes[5] memory calls = [
            abi.encodeCall(_registry.setPolicy, (realm, ROLE, policy)),
            abi.encodeCall(
                _registry.enrollAttester,
                (realm, 1, abi.encodePacked(uint16(0x000b), id), stranger, 0, FAR)
            ),
            abi.encodeCall(_registry.addMeasurement, (realm, ROLE, _measurement(id))),
            abi.encodeCall(_registry.revokeAttester, (realm, id, reason)),
            abi.encodeCall(_registry.revokeMeasurement, (realm, ROLE, id, reason))
        ];
        VM.prank(stranger);
        (bool done, ) = address(_registry).call(calls[which % 5]);
        require(!done && _state(id) == before, "a stranger ruled");
    }

    /// A relayed revocation counts for the very realm, id, reason and deadline that were signed, once, on this chain.
    function testFuzz_relayedRevocations(
        bytes32 id,
        uint8 reason,
        uint40 deadline,
        uint8 change,
        uint64 chainId
    ) public {
        deadline = NOW + (deadline % 8 days);
        bytes32 request = keccak256(
            abi.encode(
                keccak256(
                    "RevokeAttester(address realm,bytes32 attester,address authority,uint8 reason,uint256 nonce,uint256 deadline)"
                ),
                realm,
                id,
                VM.addr(ROOT),
                reason,
                0,
                deadline
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", _registry.domainSeparator(), request));
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(ROOT, digest);
        bytes memory signature = abi.encodePacked(r, s, v);
        change %= 5;
        if (change == 1) id = ~id;
        if (change == 2) reason ^= 1;
        if (change == 3) --deadline;
        if (change == 4) {
            VM.assume(chainId != block.chainid && chainId != 0);
            VM.chainId(chainId);
        }
        bool good = change == 0 && deadline <= NOW + 7 days;
        address root = VM.addr(ROOT);
        try _registry.revokeAttesterFor(realm, id, root, reason, deadline, signature) {
            require(good && _registry.attesterOf(realm, id).revoked, "taken");
        } catch {
            require(!good && !_registry.attesterOf(realm, id).revoked, "refused");
        }
        try _registry.revokeAttesterFor(realm, id, root, reason, deadline, signature) {
            require(false, "replayed");
        } catch {}
    }

    function _enroll(bytes memory name, bool wanted) private {
        VM.prank(OWNER);
        try _registry.enrollAttester(realm, 1, name, VM.addr(DELEGATE), 0, FAR) {
            require(wanted, "enrolled");
        } catch {
            require(!wanted, "not enrolled");
        }
    }

    function _measurement(bytes32 digest) private pure returns (IAttestationRegistry.NewMeasurement memory) {
        return IAttestationRegistry.NewMeasurement(1, 0x000b, 1, digest, 0, FAR, bytes32(0));
    }

    function _state(bytes32 id) private view returns (bytes32) {
        IAttestationRegistry.Log memory log = _registry.logOf(realm);
        bytes32 key = _registry.measurementKey(1, 0x000b, 1, id);
        return
            keccak256(
                abi.encode(_registry.appraisalOf(realm, ROLE, id, key), _registry.measurementOf(realm, ROLE, id), log)
            );
    }

    function _hash(IAttestationRegistry.Policy memory policy) private pure returns (bytes32) {
        return keccak256(abi.encode(policy));
    }
}
