"""Chains of certificates, as far as they speak for themselves: key-messages.md, "Certificates"."""

import json

from .basics import Refused, domain, keccak256, sha256, LABELS, signer, typed_digest, unhex, want

AUTHORITY = ("EIP712AuthorityCertificate", "uint256 chainId,address verifyingContract,uint256 validFrom,address issuer,address subject,address realm,uint64 capabilities,string meta")
DELEGATE = ("EIP712DelegateCertificate", "uint256 chainId,address verifyingContract,uint256 validFrom,address delegate,bytes32 csPubKey,uint64 bootedAt,string meta")
CAPABILITY_CA = 0b11


def fields_of(kind: tuple[str, str]) -> list[dict]:
    return [dict(zip(("type", "name"), field.split(" "))) for field in kind[1].split(",")]


def word(kind: str, value: object) -> bytes:
    if kind == "string":
        return keccak256(value.encode())
    if kind == "address":
        return unhex(value).rjust(32, b"\0")
    if kind == "bytes32":
        return bytes.fromhex(value)
    return value.to_bytes(32, "big")


class Certificate:
    def __init__(self, item: object):
        typed, signature = item
        self.kind = AUTHORITY if typed["primaryType"] == AUTHORITY[0] else DELEGATE
        self.message = typed["message"]
        self.signature = bytes.fromhex(signature)
        fields = fields_of(self.kind)
        shown = [{"name": f["name"], "type": f["type"]} for f in fields]
        domain_fields = [{"name": "name", "type": "string"}, {"name": "version", "type": "string"}]
        # The one form of the text.
        self.form = [
            {
                "domain": {"name": "WMP", "version": "1"},
                "message": {f["name"]: self.message[f["name"]] for f in fields},
                "primaryType": self.kind[0],
                "types": {self.kind[0]: shown, "EIP712Domain": domain_fields},
            },
            self.signature.hex(),
        ]
        words = [word(f["type"], self.message[f["name"]]) for f in fields]
        self.digest = typed_digest(domain("certificate domain"), f"{self.kind[0]}({self.kind[1]})".encode(), words)
        self.signed_by = signer(self.digest, self.signature)

    def address(self, field: str) -> bytes:
        return unhex(self.message[field])


def text_of(form: object) -> str:
    return json.dumps(form, separators=(",", ":"), ensure_ascii=False)


def parse_one(text: str, code: str) -> Certificate:
    try:
        return Certificate(json.loads(text))
    except Exception as error:
        raise Refused(code, f"no certificate: {error}") from None


def parse_chain(text: str, code: str = "certificate.malformed") -> list[Certificate]:
    try:
        return [Certificate(item) for item in json.loads(text)]
    except Exception as error:
        raise Refused(code, f"no chain: {error}") from None


def chain_text(chain: list[Certificate]) -> str:
    return text_of([one.form for one in chain])


def reference(chain: list[Certificate]) -> bytes:
    return sha256(LABELS["certificates"], *(one.digest for one in chain))


def judge_chain(chain: list[Certificate], realm: bytes) -> Certificate:
    """The delegate's certificate, if every rule holds that a chain with its root shows by itself."""
    want(2 <= len(chain) <= 8, "trust.length", "2 to 8 certificates")
    delegate, *authorities = chain
    want(delegate.kind is DELEGATE and all(one.kind is AUTHORITY for one in authorities), "trust.types", "order")
    for one in authorities:
        want(one.address("realm") == realm, "trust.realm", "a certificate is for another realm")
    root = authorities[-1]
    want(root.address("issuer") == root.address("subject"), "trust.root", "the last is not self-signed")
    for lower, upper in zip(authorities, authorities[1:]):
        want(lower.address("issuer") == upper.address("subject"), "trust.linkage", "issuer and subject")
        want(lower.message["validFrom"] >= upper.message["validFrom"], "trust.validity_order", "older than its issuer's")
        capabilities = lower.message["capabilities"], upper.message["capabilities"]
        want(capabilities[0] & ~capabilities[1] == 0, "trust.capabilities", "more than its issuer's")
        want(bool(capabilities[1] & CAPABILITY_CA), "trust.not_a_ca", "its issuer is no CA")
    want(authorities[0].address("subject") == delegate.address("delegate"), "trust.subject", "another's certificate")
    want(delegate.message["validFrom"] >= authorities[0].message["validFrom"], "trust.delegate_validity", "older")
    for one in authorities:
        want(one.signed_by == one.address("issuer"), "trust.authority_signature", "not signed by its issuer")
    want(delegate.signed_by == delegate.address("delegate"), "trust.delegate_signature", "not signed by its delegate")
    return delegate
