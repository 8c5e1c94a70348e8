// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRealmRegistry} from "../../contracts/interfaces/IRealmRegistry.sol";
import {AuthorityCertificate} from "../../contracts/libraries/AuthorityCertificate.sol";
import {PackedGrant, PackedGrants} from "../../contracts/libraries/PackedGrants.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {Harness} from "./Harness.sol";

contract PropertiesTest is Harness {
    uint256 private constant ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    function setUp() public {
        _create();
    }

    /// A certificate is taken exactly when its capabilities are known, no root's and a subset of its issuer's.
    function testFuzz_capabilitiesNeverWiden(uint64 ofSub, uint64 ofMachine) public {
        if (ofSub % 4 != 0) ofSub %= 512; // mostly near the byte that counts
        if (ofMachine % 4 != 0) ofMachine %= 512;
        (bool subDone, ) = _anchor(OPERATOR, VM.addr(SUB), ofSub, 2);
        require(subDone == (ofSub & ~uint64(OPERATOR_CAPS) == 0), "operator to CA");
        if (!subDone) return;
        (bool done, ) = _anchor(SUB, VM.addr(MACHINE), ofMachine, 2);
        require(done == (ofSub & 2 != 0 && ofMachine & ~ofSub == 0), "CA to machine");
        if (done) require(_record(VM.addr(MACHINE)).grant.capabilities == ofMachine, "recorded");
    }

    /// A record's validFrom only rises, within its issuer's and the current block.
    function testFuzz_renewalOnlyForwards(uint256 first, uint256 second, bool far) public {
        if (!far) (first, second) = (first % 1_010, second % 1_010);
        (bool done, ) = _anchor(OPERATOR, VM.addr(MACHINE), 64, first);
        require(done == (first >= 1 && first <= START), "first");
        uint256 current = _record(VM.addr(MACHINE)).grant.validFrom;
        (bool again, ) = _anchor(OPERATOR, VM.addr(MACHINE), 64, second);
        require(again == (second > current && second >= 1 && second <= START), "second");
    }

    /// No bytes but the issuer's own signature anchor anything.
    function testFuzz_noOtherSignature(bytes calldata signature, uint256 key) public {
        AuthorityCertificate.Local memory certificate = _certificate(OPERATOR, VM.addr(MACHINE), 64, 2);
        try realms.anchor(certificate, signature) {
            require(false, "any bytes");
        } catch {}
        key = 1 + (key % (ORDER - 1));
        VM.assume(key != OPERATOR);
        bytes memory theirs = _sign(key, _full(certificate));
        try realms.anchor(certificate, theirs) {
            require(false, "another key");
        } catch {}
    }

    /// One signature has one form: high s and every other v are refused.
    function testFuzz_oneFormOfSignature(uint8 v) public {
        AuthorityCertificate.Local memory certificate = _certificate(OPERATOR, VM.addr(MACHINE), 64, 2);
        (uint8 good, bytes32 r, bytes32 s) = VM.sign(OPERATOR, realms.digestOf(_full(certificate)));
        try realms.anchor(certificate, abi.encodePacked(r, bytes32(ORDER - uint256(s)), v)) {
            require(false, "high s");
        } catch {}
        VM.assume(v != good);
        try realms.anchor(certificate, abi.encodePacked(r, s, v)) {
            require(false, "another v");
        } catch {}
    }

    /// A signature for another chain, contract, realm, or with any other field, is for nothing here.
    function testFuzz_noReplay(
        uint256 chainId,
        address verifyingContract,
        address ofRealm,
        address subject,
        uint8 which
    ) public {
        AuthorityCertificate.Local memory certificate = _certificate(OPERATOR, VM.addr(MACHINE), 64, 2);
        AuthorityCertificate.Certificate memory signed = _full(certificate);
        if (which % 4 == 0) signed.chainId = chainId;
        else if (which % 4 == 1) signed.verifyingContract = verifyingContract;
        else if (which % 4 == 2) signed.realm = ofRealm;
        else signed.subject = subject;
        VM.assume(realms.digestOf(signed) != realms.digestOf(_full(certificate)));
        try realms.anchor(certificate, _sign(OPERATOR, signed)) {
            require(false, "replayed");
        } catch {}
    }

    /// After a fork into another chain id nothing signed before is good.
    function testFuzz_noReplayAfterAFork(uint64 chainId) public {
        VM.assume(chainId != block.chainid && chainId != 0);
        AuthorityCertificate.Local memory certificate = _certificate(OPERATOR, VM.addr(MACHINE), 64, 2);
        bytes memory signature = _sign(OPERATOR, _full(certificate));
        bytes32 separator = realms.domainSeparator();
        VM.chainId(chainId);
        require(realms.domainSeparator() != separator, "separator");
        try realms.anchor(certificate, signature) {
            require(false, "replayed");
        } catch {}
    }

    /// Anchoring and revoking in either order leaves the certificate revoked.
    function testFuzz_revocationWinsInEitherOrder(bool revokeFirst, uint8 by, uint8 reason) public {
        address machine = VM.addr(MACHINE);
        address issuer = VM.addr(OPERATOR);
        address[3] memory authorities = [issuer, machine, VM.addr(ROOT)];
        address authority = authorities[by % 3];
        bytes32 digest = realms.digestOf(_full(_certificate(OPERATOR, machine, 64, 2)));
        if (!revokeFirst) _anchor(OPERATOR, machine, 64, 2);
        VM.prank(authority);
        realms.revoke(realm, machine, digest, reason);
        if (revokeFirst) {
            (bool done, ) = _anchor(OPERATOR, machine, 64, 2);
            require(done == (authority != issuer), "refused when the issuer revoked it");
        }
        IRealmRegistry.Claim[] memory claims = new IRealmRegistry.Claim[](2);
        claims[0] = IRealmRegistry.Claim(machine, machine, bytes32("delegate"));
        claims[1] = IRealmRegistry.Claim(issuer, machine, digest);
        require(realms.trustOf(realm, claims).standings[1].revokedBy != address(0), "revoked");
        (bool renewed, ) = _anchor(OPERATOR, machine, 64, 3);
        require(renewed, "renewed");
        require(realms.trustOf(realm, claims).standings[1].revokedBy != address(0), "still revoked");
    }

    /// What a stranger calls changes nobody's record and revokes nothing.
    function testFuzz_strangersWeighNothing(address stranger, bytes32 digest, uint8 reason) public {
        address machine = VM.addr(MACHINE);
        VM.assume(stranger != OWNER && stranger != machine);
        VM.assume(stranger != VM.addr(ROOT) && stranger != VM.addr(OPERATOR));
        (, bytes32 ours) = _anchor(OPERATOR, machine, 64, 2);
        VM.prank(stranger);
        try realms.revoke(realm, machine, ours, reason) {
            require(false, "revoked");
        } catch {}
        if (bytes27(digest) != bytes27(ours)) {
            VM.prank(stranger);
            realms.revoke(realm, machine, digest, reason);
            require(!_isRevoked(VM.addr(OPERATOR), machine, digest), "weighed");
        }
        require(!_isRevoked(VM.addr(OPERATOR), machine, ours), "revoked");
        VM.prank(stranger);
        try realms.setEpoch(realm, 5) {
            require(false, "epoch");
        } catch {}
        VM.prank(stranger);
        try realms.tightenPolicy(realm, IRealmRegistry.Policy.Private) {
            require(false, "policy");
        } catch {}
    }

    /// An epoch voids exactly what was issued before it.
    function testFuzz_epochs(uint40 epoch, uint256 validFrom) public {
        epoch = uint40(epoch % (START + 10));
        validFrom %= START + 10;
        VM.prank(VM.addr(OPERATOR));
        bool isSet;
        try operators.setEpoch(VM.addr(OPERATOR), epoch) {
            isSet = true;
        } catch {}
        require(isSet == (epoch > 0 && epoch <= START), "set");
        (bool done, ) = _anchor(OPERATOR, VM.addr(MACHINE), 64, validFrom);
        require(done == (validFrom >= 1 && validFrom <= START && (!isSet || validFrom >= epoch)), "judged");
    }

    /// Realms of two creators, or of two salts, never meet; so nobody can be first to another's.
    function testFuzz_realmsAreTheirCreators(address a, address b, bytes32 salt, bytes32 other) public view {
        require(
            (realms.realmAddress(a, salt) == realms.realmAddress(b, other)) == (a == b && salt == other),
            "address"
        );
    }

    /// Recovery never completes before its delay.
    function testFuzz_recoveryWaits(uint40 delay, uint40 wait) public {
        delay = uint40(7 days + (delay % 358 days));
        wait = uint40(wait % (2 * uint256(delay)));
        VM.prank(OWNER);
        realms.setGuardian(realm, address(0xC001), delay);
        VM.prank(address(0xC001));
        realms.startRecovery(realm, STRANGER);
        VM.warp(block.timestamp + wait);
        VM.prank(STRANGER);
        try realms.completeRecovery(realm) {
            require(wait >= delay, "early");
            require(realms.realmOf(realm).owner == STRANGER, "owner");
        } catch {
            require(wait < delay, "late");
        }
    }

    /// An end is read back as it was written, whatever follows.
    function testFuzz_endIsReadBack(uint40 end, string calldata rest) public view {
        end = uint40(1 + (uint256(end) % 999_999_999_999));
        string memory meta = string.concat("notAfter=", Strings.toString(end));
        require(this.endOf(meta) == end, "alone");
        require(this.endOf(string.concat(meta, ";", rest)) == end, "with more");
        require(this.endOf(string.concat("notAfter=0", Strings.toString(end))) == 0, "leading zero");
        require(this.endOf(string.concat("notAfter=", Strings.toString(uint256(end) + 10 ** 12))) == 0, "13 digits");
    }

    /// Text either sets no end, or an end that its digits spell out.
    function testFuzz_endOfAnyText(string calldata text) public view {
        string memory meta = string.concat("notAfter=", text);
        uint40 end = this.endOf(meta);
        require(end != AuthorityCertificate.NO_END, "the prefix always sets one");
        if (end == 0) return;
        bytes memory digits = bytes(Strings.toString(end));
        for (uint256 i = 0; i < digits.length; ++i) require(bytes(text)[i] == digits[i], "digits");
        require(bytes(text).length == digits.length || bytes(text)[digits.length] == ";", "ends there");
    }

    /// A packed grant is what the compiler would make of the struct, and comes apart again.
    function testFuzz_packing(
        address issuer,
        uint8 capabilities,
        uint8 standing,
        uint40 validFrom,
        uint40 notAfter
    ) public pure {
        PackedGrant packed = PackedGrants.pack(issuer, capabilities, standing, validFrom, notAfter);
        IRealmRegistry.Grant memory grant = packed.unpack();
        require(grant.issuer == issuer && grant.capabilities == capabilities && grant.standing == standing, "parts");
        require(grant.validFrom == validFrom && grant.notAfter == notAfter, "times");
        require(packed.depth() == standing & 15 && packed.has(standing) == (standing != 0), "standing");
        require(packed.with(0x80).standing() == standing | 0x80, "with");
        PackedGrant raised = packed.raisedTo(7);
        require(raised.validFrom() == (validFrom > 7 ? validFrom : 7) && raised.notAfter() == notAfter, "raised");
        bytes32 word = bytes32(abi.encodePacked(notAfter, validFrom, standing, capabilities, issuer));
        require(bytes32(PackedGrant.unwrap(packed)) == word, "word");
    }

    function endOf(string calldata meta) external pure returns (uint40) {
        return AuthorityCertificate.endOf(meta);
    }
}
