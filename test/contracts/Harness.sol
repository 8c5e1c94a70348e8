// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {OperatorRegistry} from "../../contracts/OperatorRegistry.sol";
import {RealmRegistry} from "../../contracts/RealmRegistry.sol";
import {IRealmRegistry} from "../../contracts/interfaces/IRealmRegistry.sol";
import {AuthorityCertificate} from "../../contracts/libraries/AuthorityCertificate.sol";

/// @dev The cheats of the test runner that are used here.
interface Vm {
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    function addr(uint256 key) external pure returns (address);

    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);

    function prank(address sender) external;

    function roll(uint256 blockNumber) external;

    function warp(uint256 timestamp) external;

    function chainId(uint256 id) external;

    function assume(bool condition) external pure;

    function recordLogs() external;

    function getRecordedLogs() external returns (Log[] memory);
}

/// @dev Two registries, a realm of `owner` with a root key, an admitted operator key; certificates signed with any key.
abstract contract Harness {
    Vm internal constant VM = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
    uint256 internal constant ROOT = 0xA001;
    uint256 internal constant OPERATOR = 0xA002;
    uint256 internal constant SUB = 0xA003;
    uint256 internal constant MACHINE = 0xA004;
    uint8 internal constant OPERATOR_CAPS = 0xfe;
    uint256 internal constant START = 1_000;

    address internal immutable OWNER = address(0xB001);
    address internal immutable STRANGER = address(0xB002);
    OperatorRegistry internal operators;
    RealmRegistry internal realms;
    address internal realm;

    function _create() internal {
        VM.roll(START);
        VM.warp(1_800_000_000);
        operators = new OperatorRegistry();
        realms = new RealmRegistry(operators);
        VM.prank(VM.addr(OPERATOR));
        operators.enroll(OWNER, bytes32(0), "");
        realm = realms.realmAddress(OWNER, bytes32(0));
        IRealmRegistry.RootCertificate memory root = IRealmRegistry.RootCertificate(VM.addr(ROOT), 1, 255, "");
        bytes memory signature = _sign(ROOT, _full(_certificate(ROOT, VM.addr(ROOT), 255, 1)));
        VM.prank(OWNER);
        realms.createRealm(bytes32(0), IRealmRegistry.Policy.Open, root, signature);
        _admit(OPERATOR, OPERATOR_CAPS, 1);
    }

    function _certificate(
        uint256 issuerKey,
        address subject,
        uint64 capabilities,
        uint256 validFrom
    ) internal view returns (AuthorityCertificate.Local memory) {
        return AuthorityCertificate.Local(validFrom, VM.addr(issuerKey), subject, realm, capabilities, "");
    }

    function _full(
        AuthorityCertificate.Local memory certificate
    ) internal view returns (AuthorityCertificate.Certificate memory) {
        return
            AuthorityCertificate.Certificate(
                block.chainid,
                address(realms),
                certificate.validFrom,
                certificate.issuer,
                certificate.subject,
                certificate.realm,
                certificate.capabilities,
                certificate.meta
            );
    }

    function _sign(
        uint256 key,
        AuthorityCertificate.Certificate memory certificate
    ) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, realms.digestOf(certificate));
        return abi.encodePacked(r, s, v);
    }

    function _admit(uint256 key, uint64 capabilities, uint256 validFrom) internal {
        AuthorityCertificate.Local memory certificate = _certificate(ROOT, VM.addr(key), capabilities, validFrom);
        bytes memory signature = _sign(ROOT, _full(certificate));
        VM.prank(VM.addr(key));
        realms.admit(certificate, signature, "");
    }

    /// @return done whether the registry took it
    function _anchor(
        uint256 issuerKey,
        address subject,
        uint64 capabilities,
        uint256 validFrom
    ) internal returns (bool done, bytes32 digest) {
        AuthorityCertificate.Local memory certificate = _certificate(issuerKey, subject, capabilities, validFrom);
        digest = realms.digestOf(_full(certificate));
        try realms.anchor(certificate, _sign(issuerKey, _full(certificate))) {
            done = true;
        } catch {
            done = false;
        }
    }

    /// @dev Whether an end point that is shown the certificate would be told that it is revoked.
    function _isRevoked(address issuer, address subject, bytes32 digest) internal view returns (bool) {
        IRealmRegistry.Claim[] memory claims = new IRealmRegistry.Claim[](2);
        claims[0] = IRealmRegistry.Claim(subject, subject, keccak256("a delegate certificate"));
        claims[1] = IRealmRegistry.Claim(issuer, subject, digest);
        return realms.trustOf(realm, claims).standings[1].revokedBy != address(0);
    }

    function _record(address subject) internal view returns (IRealmRegistry.Record memory) {
        return realms.recordOf(realm, subject);
    }
}
