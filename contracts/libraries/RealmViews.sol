// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOperatorRegistry} from "../interfaces/IOperatorRegistry.sol";
import {IRealmRegistry} from "../interfaces/IRealmRegistry.sol";
import {AuthorityCertificate} from "./AuthorityCertificate.sol";
import {Capabilities} from "./Capabilities.sol";
import {PackedGrant} from "./PackedGrants.sol";
import {RealmState} from "./RealmState.sol";
import {Signatures} from "./Signatures.sol";

/// @title What the realm registry tells: nothing here changes state
abstract contract RealmViews is RealmState {
    using AuthorityCertificate for AuthorityCertificate.Certificate;
    using AuthorityCertificate for AuthorityCertificate.Delegate;

    /// @dev A chain under judgement, delegate certificate first.
    struct Chain {
        address realm;
        uint256 length;
        /// Certificates that the peer showed; the rest was anchored.
        uint256 presented;
        Link[MAX_LENGTH] links;
        Rule[MAX_LENGTH] broken;
    }

    /// @inheritdoc IRealmRegistry
    function realmAddress(address creator, bytes32 salt) public view returns (address) {
        bytes32 hash = keccak256(abi.encode("wamp.realm", block.chainid, address(this), creator, salt));
        return address(uint160(uint256(hash)));
    }

    /// @inheritdoc IRealmRegistry
    function realmOf(address realm) public view returns (Realm memory) {
        StoredRealm storage self = _realms[realm];
        uint256 log = self.log;
        return
            Realm(
                Policy(uint8(log)),
                uint40(log >> SEQUENCE_AT),
                bytes26(bytes32(log)),
                self.owner,
                self.root.unpack(),
                self.previousRoot.unpack(),
                self.custody
            );
    }

    /// @inheritdoc IRealmRegistry
    function recordOf(address realm, address subject) external view returns (Record memory) {
        StoredRecord storage record = _records[realm][subject];
        return Record(record.grant.unpack(), record.epoch, record.digest);
    }

    /// @inheritdoc IRealmRegistry
    function pathOf(address realm, address subject) external view returns (Link[] memory path) {
        Chain memory chain;
        chain.realm = realm;
        _climb(chain, subject);
        path = new Link[](chain.length);
        for (uint256 i = 0; i < path.length; ++i) path[i] = chain.links[i];
    }

    /// @inheritdoc IRealmRegistry
    function revocationOf(address realm, address authority, bytes32 digest) external view returns (Revocation memory) {
        return _revocations[_revocationKey(realm, authority, bytes27(digest))];
    }

    /// @inheritdoc IRealmRegistry
    function epochOf(address realm, address authority) public view returns (uint40) {
        StoredRealm storage self = _realms[realm];
        PackedGrant root = _rootGrantOf(self, self.root, authority);
        return root.isNone() ? _records[realm][authority].epoch : uint40(root.validFrom());
    }

    /// @inheritdoc IRealmRegistry
    function digestOf(AuthorityCertificate.Certificate calldata certificate) external pure returns (bytes32) {
        return certificate.digest();
    }

    /// @inheritdoc IRealmRegistry
    function digestOfDelegate(AuthorityCertificate.Delegate calldata certificate) external pure returns (bytes32) {
        return certificate.digest();
    }

    /// @inheritdoc IRealmRegistry
    function trustOf(address realm, Claim[] calldata claims) external view returns (Trust memory trust) {
        Chain memory chain;
        chain.realm = realm;
        if (claims.length > MAX_LENGTH) revert CertificateTooDeep(claims.length, MAX_LENGTH);
        for (uint256 i = 0; i < claims.length; ++i) {
            Link memory link = chain.links[i];
            (link.issuer, link.subject, link.digest) = (claims[i].issuer, claims[i].subject, bytes27(claims[i].digest));
        }
        chain.length = claims.length;
        chain.presented = claims.length;
        // A delegate certificate is self-issued, too, but is no root's: alone, its delegate's path is wanted.
        if (claims.length == 1 || (claims.length > 1 && !_isSelfIssued(chain.links[claims.length - 1]))) {
            _climb(chain, chain.links[claims.length - 1].issuer);
        }

        trust.blockNumber = block.number;
        trust.timestamp = block.timestamp;
        trust.realm = realmOf(realm);
        trust.anchored = new Link[](chain.length - chain.presented);
        for (uint256 i = 0; i < trust.anchored.length; ++i) trust.anchored[i] = chain.links[chain.presented + i];
        trust.standings = new Standing[](chain.length);
        for (uint256 i = 0; i < chain.length; ++i) trust.standings[i] = _standingOf(chain, i);
    }

    /// @inheritdoc IRealmRegistry
    function verifyChain(
        address realm,
        AuthorityCertificate.Delegate calldata delegate,
        bytes calldata delegateSignature,
        AuthorityCertificate.Certificate[] calldata certificates,
        bytes[] calldata signatures
    ) external view returns (Rule broken, Rule[] memory links) {
        if (certificates.length != signatures.length) revert RealmBatchUneven(certificates.length, signatures.length);
        if (_realms[realm].log == 0) return (Rule.UnknownRealm, links);
        if (certificates.length >= MAX_LENGTH) return (Rule.Length, links);

        Chain memory chain;
        chain.realm = realm;
        chain.presented = certificates.length + 1;
        chain.length = chain.presented;
        _readDelegate(chain, delegate, delegateSignature);
        for (uint256 i = 0; i < certificates.length; ++i) _readAuthority(chain, i + 1, certificates[i], signatures[i]);
        if (chain.presented == 1 || !_isSelfIssued(chain.links[chain.length - 1])) {
            _climb(chain, chain.links[chain.length - 1].issuer);
        }
        _judge(chain);

        links = new Rule[](chain.length);
        for (uint256 i = 0; i < links.length; ++i) {
            links[i] = chain.broken[i];
            if (links[i] != Rule.Valid && (broken == Rule.Valid || links[i] < broken)) broken = links[i];
        }
    }

    function _readDelegate(
        Chain memory chain,
        AuthorityCertificate.Delegate calldata certificate,
        bytes calldata signature
    ) private view {
        address delegate = certificate.delegate;
        bytes32 digest = certificate.digest();
        bool inContext = certificate.chainId == block.chainid && certificate.verifyingContract == address(this);
        _require(chain, 0, Rule.Context, inContext && certificate.validFrom <= block.number);
        _require(chain, 0, Rule.DelegateSignature, Signatures.isValid(delegate, digest, signature));
        uint40 end = AuthorityCertificate.endOf(certificate.meta);
        chain.links[0] = Link(delegate, delegate, 0, _clamp(certificate.validFrom), end, bytes27(digest));
    }

    function _readAuthority(
        Chain memory chain,
        uint256 i,
        AuthorityCertificate.Certificate calldata certificate,
        bytes calldata signature
    ) private view {
        (address issuer, address subject) = (certificate.issuer, certificate.subject);
        bytes32 digest = certificate.digest();
        bool inContext = certificate.chainId == block.chainid && certificate.verifyingContract == address(this);
        _require(chain, i, Rule.Context, inContext && certificate.validFrom <= block.number);
        _require(chain, i, Rule.Realm, certificate.realm == chain.realm);
        _require(chain, i, Rule.Capabilities, Capabilities.areKnown(certificate.capabilities));
        bool isSigned = Signatures.isValid(issuer, digest, signature);
        _require(chain, i, issuer == subject ? Rule.RootSignature : Rule.AuthoritySignature, isSigned);
        uint40 end = AuthorityCertificate.endOf(certificate.meta);
        uint8 capabilities = uint8(certificate.capabilities);
        chain.links[i] = Link(issuer, subject, capabilities, _clamp(certificate.validFrom), end, bytes27(digest));
    }

    /// @dev Adds what is anchored from `account` upwards: its record, its issuer's and so on, at last a root.
    function _climb(Chain memory chain, address account) private view {
        StoredRealm storage self = _realms[chain.realm];
        while (chain.length < MAX_LENGTH) {
            PackedGrant packed = _grantOf(self, self.root, chain.realm, account);
            if (packed.isNone()) return;
            Grant memory grant = packed.unpack();
            bool isRoot = grant.issuer == account;
            chain.links[chain.length++] = Link(
                grant.issuer,
                account,
                grant.capabilities,
                grant.validFrom,
                grant.notAfter,
                isRoot ? bytes27(0) : _records[chain.realm][account].digest
            );
            if (isRoot) return;
            account = grant.issuer;
        }
    }

    /// @dev The chain rules, in their order, over what was read.
    function _judge(Chain memory chain) private view {
        uint256 last = chain.length - 1;
        if (last == 0) {
            _require(chain, 0, Rule.Root, false);
            return;
        }
        _judgeRoot(chain, last);
        _require(chain, 1, Rule.Subject, chain.links[1].subject == chain.links[0].subject);
        _require(chain, 0, Rule.DelegateValidity, chain.links[1].validFrom <= chain.links[0].validFrom);
        for (uint256 i = 1; i < last; ++i) {
            Link memory link = chain.links[i];
            Link memory above = chain.links[i + 1];
            _require(chain, i, Rule.Root, !_isSelfIssued(link));
            _require(chain, i, Rule.Linkage, link.issuer == above.subject);
            _require(chain, i, Rule.ValidityOrder, above.validFrom <= link.validFrom);
            _require(chain, i, Rule.Capabilities, Capabilities.areWithin(link.capabilities, above.capabilities));
            _require(chain, i + 1, Rule.NotACa, Capabilities.mayIssue(above.capabilities));
        }
        for (uint256 i = 0; i < chain.length; ++i) {
            Link memory link = chain.links[i];
            Standing memory standing = _standingOf(chain, i);
            _require(chain, i, Rule.Revoked, standing.revokedBy == address(0));
            _require(chain, i, Rule.Expired, block.timestamp < link.notAfter);
            if (i == last) break;
            _require(chain, i, Rule.Superseded, link.validFrom >= standing.epoch);
            // A CA directly below the root is an operator; elsewhere an enrolled CA only must not have ended.
            bool isOperator = i > 1 && i == last - 1;
            bool isActive = standing.operator == IOperatorRegistry.Status.Active;
            bool isNone = standing.operator == IOperatorRegistry.Status.None;
            _require(chain, i, Rule.Operator, isOperator ? isActive && standing.admitted : isActive || isNone);
        }
    }

    /// @dev CCR-4. A root certificate that was shown must have the anchored capabilities and be no newer; its end is the
    /// anchored end, and what its root issued before the anchored validFrom is void.
    function _judgeRoot(Chain memory chain, uint256 last) private view {
        Link memory root = chain.links[last];
        StoredRealm storage self = _realms[chain.realm];
        PackedGrant grant = _rootGrantOf(self, self.root, root.subject);
        if (!_isSelfIssued(root) || grant.isNone()) {
            // A path that does not end may also have met the limit.
            bool isFull = chain.length == MAX_LENGTH && !_isSelfIssued(root);
            _require(chain, last, isFull ? Rule.Length : Rule.Root, false);
            return;
        }
        bool isSame = root.validFrom <= grant.validFrom() && root.capabilities == grant.capabilities();
        _require(chain, last, Rule.Root, isSame);
        root.notAfter = uint40(grant.notAfter());
    }

    /// @dev What the chain knows about link `i`. A delegate certificate's issuer is the delegate.
    function _standingOf(Chain memory chain, uint256 i) private view returns (Standing memory standing) {
        Link memory link = chain.links[i];
        bool isRoot = i > 0 && i + 1 == chain.length && _isSelfIssued(link);
        if (isRoot) return standing;
        standing.revokedBy = _revokerOf(chain, i);
        standing.epoch = epochOf(chain.realm, link.issuer);
        if (i == 0 && chain.presented > 0) return standing;

        (IOperatorRegistry.Status ofIssuer, uint40 epoch) = OPERATORS.statusOf(link.issuer);
        if (ofIssuer != IOperatorRegistry.Status.None && epoch > standing.epoch) standing.epoch = epoch;
        // slither-disable-next-line unused-return
        (standing.operator, ) = OPERATORS.statusOf(link.subject);
        PackedGrant grant = _records[chain.realm][link.subject].grant;
        standing.admitted = grant.has(ADMITTED) && !grant.has(REVOKED);
    }

    /// @dev Subject, issuer, anyone above, in that order; or the record says so.
    function _revokerOf(Chain memory chain, uint256 i) private view returns (address) {
        Link memory link = chain.links[i];
        StoredRecord storage record = _records[chain.realm][link.subject];
        if (record.digest == link.digest && record.grant.has(REVOKED)) return record.grant.issuer();
        if (_revocations[_revocationKey(chain.realm, link.subject, link.digest)].blockNumber != 0) return link.subject;
        for (uint256 above = i; above < chain.length; ++above) {
            address authority = chain.links[above].issuer;
            if (_revocations[_revocationKey(chain.realm, authority, link.digest)].blockNumber != 0) return authority;
        }
        return address(0);
    }

    function _require(Chain memory chain, uint256 i, Rule rule, bool holds) private pure {
        if (!holds && (chain.broken[i] == Rule.Valid || rule < chain.broken[i])) chain.broken[i] = rule;
    }

    function _isSelfIssued(Link memory link) private pure returns (bool) {
        return link.issuer == link.subject;
    }

    /// @dev A block number that does not fit is in the future, which CCR-1 has refused by then.
    function _clamp(uint256 blockNumber) private pure returns (uint40) {
        return blockNumber > type(uint40).max ? type(uint40).max : uint40(blockNumber);
    }
}
