"""Every value of the vectors, made again or verified. A section each; `same` counts what was compared."""

from .basics import LABELS, Refused, decode, ed25519_public, eip55, encode, sha256, signer, unhex, x25519_public
from .chains import chain_text, judge_chain, parse_chain
from .evidence import judge
from .formats import Formats
from .frames import ROLE_OF, Member, Receiver, correlation_of, earlier, epoch_key, in_band
from .grants import (
    READS,
    ROLES,
    Decapsulation,
    binding,
    branch_of,
    handshake,
    parse_demand,
    parse_proof,
    pre_shared_key,
    read_answer,
    read_evidence,
    read_reply,
    read_request,
    read_verdict,
    take,
)
from .noise import Handshake
from .schedule import BRANCHES, after, commitment, data_key, epoch_commitment, first, key_id, scope_id, writer_secret
from .told import (
    Announcement,
    Policy,
    check_package,
    compare,
    confirm,
    open_policy,
    parse_announcement,
    parse_package,
    parse_tick,
    policy_digest,
    policy_of,
)
from .trees import Path, announced_rekeys, rekeys_hash


class Deviation(Exception):
    """The vectors say something else than the specification."""


class Vectors:
    def __init__(self, data: dict, formats: Formats | None):
        self.data, self.formats = data, formats
        self.counts: dict[str, int] = {}
        self.realm = unhex(data["realm"])
        self.section = ""

    def same(self, what: str, made: object, given: object) -> None:
        if isinstance(made, bytes):
            made = "0x" + made.hex()
        if made != given:
            raise Deviation(f"{what}: {str(made)[:90]} and not {str(given)[:90]}")
        self.counts[self.section] = self.counts.get(self.section, 0) + 1

    def holds(self, what: str, holds: bool) -> None:
        self.same(what, bool(holds), True)

    def format(self, rule: str, data: bytes) -> bytes:
        if self.formats is not None:
            self.formats.check(rule, data)
        return data

    # What sections have in common.

    def policy(self, name: str) -> Policy:
        return policy_of(self.data["policies"][name]["settings"])

    def generation(self, name: str) -> dict:
        return self.data["generations"][name]

    def announcement(self, name: str) -> Announcement:
        return parse_announcement(unhex(self.generation(name)["announcement"]))

    def tick(self, name: str, epoch: int) -> bytes:
        return unhex(self.generation(name)["epochs"][epoch]["tick"])

    def firsts(self, name: str) -> dict[str, bytes]:
        """A generation's branch secrets of epoch 0, from its own."""
        given = self.generation(name)
        secrets = [unhex(secret) for secret in given["secrets"]]
        hash = self.announcement(name).hash
        return {branch: first(hash, secrets[i % len(secrets)], branch) for i, branch in enumerate(BRANCHES)}

    def member(self, name: str) -> Member:
        party = self.data["parties"][name]
        return Member(unhex(party["cs"]), unhex(party["instance"]), self.data["members"].get(name, []))

    def chain(self, name: str) -> list:
        return parse_chain(self.data["parties"][name]["chain"])

    def receiver(self, generation: str, self_: str) -> Receiver:
        members = [self.member(name) for name in self.data["members"]]
        policy = self.policy(self.generation(generation)["policy"])
        return Receiver(policy, self.realm, self.announcement(generation), self.firsts(generation), self.member(self_), members)


def parties(v: Vectors) -> None:
    for name, party in v.data["parties"].items():
        v.same("cs", ed25519_public(unhex(party["csSeed"])), party["cs"])
        v.same("x", x25519_public(unhex(party["xSecret"])), party["x"])
        v.holds("instance", len(unhex(party["instance"])) == 8)
        chain = parse_chain(party["chain"])
        v.same("chain's form", chain_text(chain), party["chain"])
        delegate = judge_chain(chain, v.realm)
        v.same("certified key", bytes.fromhex(delegate.message["csPubKey"]), party["cs"])
        v.same("address", eip55(delegate.address("delegate")), party["address"])
    v.same("realm's checksum", eip55(v.realm), v.data["realm"])


def scopes(v: Vectors) -> None:
    for given in v.data["scopes"]:
        realm = unhex(given["realm"])
        v.same("checksum", eip55(realm), given["realm"])
        v.format("scope", encode([realm, given["match"], given["uri"]]))
        v.same("scope id", scope_id(realm, given["match"], given["uri"]), given["id"])


def policies(v: Vectors) -> None:
    for name, given in v.data["policies"].items():
        policy = policy_of(given["settings"])
        v.format("policy", encode(policy.fields))
        v.same("policy hash", policy.hash, given["hash"])
        if "signature" in given:
            v.same("digest", policy_digest(policy), given["digest"])
            v.same("signer", eip55(signer(policy_digest(policy), unhex(given["signature"])) or b""), given["signer"])
            v.same("owner", given["signer"], given["settings"]["owner"])
            open_policy(policy, unhex(given["signature"]), unhex(given["signer"]))
        for address in [given["settings"]["owner"], given["settings"]["realm"]]:
            v.same("checksum", eip55(unhex(address)), address)


def packages(v: Vectors) -> None:
    forms = {"certificates": (list, False), "reference": (bytes, False), "with pq": (list, True)}
    for given in v.data["packages"]:
        package = parse_package(v.format("key-package", unhex(given["bytes"])))
        kind, pq = forms[given["form"]]
        v.same("form", (type(package.certificates), package.pq is not None), (kind, pq))
        check_package(package, v.chain(given["party"]), v.realm, v.data["now"])
        v.same("x", package.x, v.data["parties"][given["party"]]["x"])
        v.same("from", package.not_before, v.data["now"])


def generations(v: Vectors) -> None:
    for name, given in v.data["generations"].items():
        policy = v.policy(given["policy"])
        announcement = parse_announcement(v.format("announcement", unhex(given["announcement"])))
        agent = v.data["parties"][given["agent"]]
        v.same("package", decode(announcement.data)[8], given["keyPackage"])
        check_package(announcement.agent, v.chain(given["agent"]), v.realm, given["t0"])
        v.same("agent", (announcement.agent.cs, announcement.agent.x), (unhex(agent["cs"]), unhex(agent["x"])))
        v.same("scope", announcement.scope, "0x" + policy.scope.hex())
        v.same("policy", announcement.policy, v.data["policies"][given["policy"]]["hash"])
        v.same("number and t0", (announcement.generation, announcement.t0), (given["generation"], given["t0"]))
        v.same("commitment", commitment(*(unhex(secret) for secret in given["secrets"])), given["commitment"])
        v.same("announced commitment", announcement.commitment, given["commitment"])
        for field in ("tree", "previous"):
            v.same(field, getattr(announcement, field), given[field])
        v.same("hash", announcement.hash, given["hash"])
        branches = v.firsts(name)
        for at, epoch in enumerate(given["epochs"]):
            v.same("epoch", at, epoch["epoch"])
            commitments = []
            for branch in BRANCHES:
                secret = after(branches[branch], at)
                v.same("branch secret", secret, epoch[branch])
                commitments.append("0x" + epoch_commitment(secret).hex())
            v.same("ec", commitments, epoch["commitments"])
            tick = parse_tick(v.format("tick", unhex(epoch["tick"])), announcement)
            v.same("tick", (tick.epoch, tick.time), (at, epoch["time"]))
            v.same("tick's ec", ["0x" + one.hex() for one in tick.commitments], epoch["commitments"])
            confirm(tick, tick, announcement, policy, epoch["time"])
        for writer in given["writers"]:
            secret = writer_secret(after(branches[writer["branch"]], writer["epoch"]), v.member(writer["writer"]).cs)
            v.same("writer's secret", secret, writer["secret"])
            for key in writer["keys"]:
                v.format("key-place", encode([key["kind"], v.realm, key["uri"], announcement.hash]))
                made = data_key(secret, key["kind"], v.realm, key["uri"], announcement.hash)
                v.same("data key", (made, key_id(made)), (unhex(key["key"]), key["keyId"]))


def told(v: Vectors) -> None:
    for given in v.data["infos"]:
        kind, announcement, tick = decode(v.format("info", unhex(given["answer"])))
        name, epoch = given["generation"], given["epoch"]
        v.same("info", (kind, announcement, tick), (0, v.announcement(name).data, v.tick(name, epoch)))
    for given in v.data["controls"]:
        kind, content = decode(v.format("control", unhex(given["bytes"])))
        v.same("control", ("tick", "announcement", "disclosure", "rekey")[kind], given["kind"])
        told = v.tick(given["of"], given["epoch"]) if kind == 0 else v.announcement(given["of"]).data
        v.same("told", content, "0x" + told.hex())


def grants(v: Vectors) -> None:
    for given in v.data["grants"]:
        name, role = given["generation"], given["role"]
        policy = v.policy(v.generation(name)["policy"])
        agent, requester = v.data["parties"]["agent"], v.data["parties"][given["requester"]]
        kem = None if policy.settings["hybrid"] is None else Decapsulation(unhex(given["asked"][0]))
        # The requester's first message, from its randomness.
        noise = handshake(policy, v.realm, True, unhex(requester["xSecret"]), unhex(agent["x"]))
        payload = v.format("request-payload" if kem is None else "hybrid-request-payload", unhex(given["requestPayload"]))
        request = encode([1, noise.write_first(unhex(given["asked"][-1]), payload)])
        v.same("request", v.format("grant-request", request), given["request"])
        v.same("hash of the handshake", noise.h, given["afterFirst"])
        # As the agent reads it.
        fields, package, answering = read_request(request, policy, v.realm, unhex(agent["xSecret"]))
        check_package(package, v.chain(given["requester"]), v.realm, given["time"])
        about = None if given["about"] is None else v.member(given["about"]).instance
        instance = unhex(requester["instance"])
        asked = [1, policy.scope, policy.hash, ROLES.index(role), instance, fields[5], given["time"], about]
        v.same("request's fields", fields, asked if kem is None else [*asked, kem.public])
        # The agent's answer, from its randomness, and as the requester reads it.
        psk = kem and check_kem(v, given, policy, answering, kem)
        answer = unhex(given["answer"])
        check_answer(v, given, answering, psk, decode(answer))
        v.format("grant-answer" if kem is None else "hybrid-grant-answer", answer)
        try:
            payload, grant = read_answer(answer, noise, policy, kem)
        except Refused as refused:
            v.same("denial", refused.code, given.get("denial"))
        else:
            v.same("no denial", None, given.get("denial"))
            v.same("verdict", encode(payload), given["answerPayload"])
            v.same("grant", sha256(grant), given["grantHash"])
            v.same("grant's bytes", grant, given.get("grant", "0x" + grant.hex()))
            check_grant(v, name, role, given["requester"], v.format("grant", grant), policy)
        v.format("answer-payload", unhex(given["answerPayload"]))
        v.same("handshake hash", noise.h, given["handshakeHash"])
        v.same("handshake hash, both sides'", answering.h, given["handshakeHash"])


def check_kem(v: Vectors, given: dict, policy: Policy, answering: Handshake, kem: Decapsulation) -> bytes:
    stated = given["kem"]
    v.same("public key", kem.public, stated["publicKey"])
    ciphertext = decode(unhex(given["answer"]))[2]
    v.same("ciphertext", ciphertext, stated["ciphertext"])
    v.same("encapsulated secret", kem.shared(ciphertext), stated["shared"])
    psk = pre_shared_key(policy, answering.h, kem.shared(ciphertext), kem.public, ciphertext)
    v.same("pre-shared key", psk, stated["psk"])
    return psk


def check_answer(v: Vectors, given: dict, answering: Handshake, psk: bytes | None, items: list) -> None:
    second = answering.write_second(unhex(given["answered"][-1]), unhex(given["answerPayload"]), psk)
    v.same("second message", second, "0x" + items[1].hex())
    send = answering.split()[1]
    pieces = items[2 if psk is None else 3 :]
    if "grant" in given:
        v.same("pieces", [send.encrypt(unhex(given["grant"]))], pieces)
    for piece in pieces[:-1]:
        v.same("piece", len(piece), 65_535)


def check_grant(v: Vectors, name: str, role: str, requester: str, grant: bytes, policy: Policy) -> None:
    announcement, tick, instance, epoch, secrets, members, *path = decode(grant)
    v.same("granted", announcement, v.generation(name)["announcement"])
    v.same("agent's instance", instance, v.data["parties"]["agent"]["instance"])
    parsed = parse_tick(tick, v.announcement(name))
    v.same("tick", tick, "0x" + v.tick(name, parsed.epoch).hex())
    take(role, epoch, secrets, parsed, policy)
    branch = v.firsts(name)[branch_of(role)]
    if role in READS:
        v.same("reader's secret", secrets, [after(branch, epoch)])
    else:
        cs = v.member(requester).cs
        made = [writer_secret(after(branch, epoch + i), cs) for i in range(policy.epochs - epoch)]
        v.same("writer's secrets", secrets, made)
    for instance, wire, chain in members:
        v.holds("a member of the other side", branch_of(ROLES[wire]) == branch_of(role) and ROLES[wire] != role)
        judge_chain(parse_chain(chain), v.realm)
        v.holds("instance", len(instance) == 8)
    for one in path:
        known = [one["path"] for one in v.data["trees"]["paths"] if one["party"] == requester]
        v.holds("path", "0x" + one.hex() in known)


def showings(v: Vectors) -> None:
    for given in v.data["showings"]:
        name, role = given["generation"], given["role"]
        policy = v.policy(v.generation(name)["policy"])
        requester, agent = v.data["parties"][given["requester"]], v.data["parties"]["agent"]
        # The request, as the agent reads it: with what the requester wants to see of its platform.
        fields, package, answering = read_request(unhex(given["request"]), policy, v.realm, unhex(agent["xSecret"]))
        check_package(package, v.chain(given["requester"]), v.realm, given["time"])
        demands = {side: check_demand(v, given["demands"][side]) for side in ("requester", "agent")}
        instance = unhex(requester["instance"])
        asked = [1, policy.scope, policy.hash, ROLES.index(role), instance, fields[5], given["time"], None]
        v.same("request's fields", fields, [*asked, encode(demands["requester"])])
        noise = handshake(policy, v.realm, True, unhex(requester["xSecret"]), unhex(agent["x"]))
        payload = v.format("request-payload", encode(fields))
        v.same("request", encode([1, noise.write_first(unhex(given["asked"][0]), payload)]), given["request"])
        # The agent's answer, with its evidence.
        proofs = {side: [unhex(one["attester"]), unhex(one["evidence"])] for side, one in given["proofs"].items()}
        verdict = v.format("answer-payload", encode([2, encode(demands["agent"])]))
        second = answering.write_second(unhex(given["answered"][0]), verdict)
        receive, send = answering.split()
        proof = v.format("proof", encode(proofs["agent"]))
        v.same("answer", v.format("grant-answer", encode([1, second, send.encrypt(proof)])), given["answer"])
        verdict, shown, (sends, receives) = read_reply(unhex(given["answer"]), noise, policy, None, asks=True)
        v.same("demand", verdict, [2, encode(demands["agent"])])
        v.same("agent's proof", parse_proof(shown), proofs["agent"])
        v.same("handshake hash", (noise.h, answering.h), (unhex(given["handshakeHash"]),) * 2)
        # The requester's evidence, and the grant.
        request = encode([2, noise.h, sends.encrypt(v.format("proof", encode(proofs["requester"])))])
        v.same("evidence", v.format("evidence-request", request), given["evidenceRequest"])
        v.same("requester's proof", read_evidence(request, answering.h, receive), proofs["requester"])
        grant = unhex(given["grant"])
        answer = encode([2, send.encrypt(v.format("verdict-payload", encode([1]))), send.encrypt(grant)])
        v.same("verdict and grant", v.format("evidence-answer", answer), given["evidenceAnswer"])
        v.same("grant", read_verdict(answer, receives), given["grant"])
        check_grant(v, name, role, given["requester"], v.format("grant", grant), policy)
        agents, readers, _ = policy.settings["attested"]
        for side, other, prover, name_ in (("requester", "agent", "initiator", readers), ("agent", "requester", "responder", agents)):
            suite, attester = LABELS["IK"], proofs[side][0]
            nonce = binding(demands[other], suite, prover, noise.h, v.realm, name_, attester)
            v.same("binding", nonce, given["nonces"][side])


def check_demand(v: Vectors, given: dict) -> list:
    fields = [unhex(given["challenge"]), given["chainId"], unhex(given["registry"]), given["epoch"]]
    fields += [given["kinds"], given["bank"], given["mask"], given["maximumAge"]]
    v.same("demand", v.format("demand", encode(fields)), given["bytes"])
    v.same("checksum", eip55(fields[2]), given["registry"])
    return parse_demand(encode(fields))


def trees(v: Vectors) -> None:
    given = v.data["trees"]
    before, after_ = v.announcement(given["before"]), v.announcement(given["after"])
    rekeys = v.format("rekeys", unhex(given["rekeys"]))
    v.same("tree", rekeys_hash(rekeys), v.generation(given["after"])["tree"])
    v.same("previous", after_.previous, v.generation(given["before"])["hash"])
    announcement, tick, told = decode(v.format("notice", unhex(given["notice"])))
    v.same("notice", (announcement, tick, told), (after_.data, v.tick(given["after"], 0), rekeys))
    announced = announced_rekeys(rekeys, after_)
    secrets = dict(zip(BRANCHES, v.generation(given["after"])["secrets"]))
    known: dict[tuple, bytes] = {}
    for one in given["paths"]:
        path = Path(v.format("path", unhex(one["path"])), before.scope, one["branch"], before.generation)
        v.same("leaf", path.leaf, one["leaf"])
        v.holds("party", one["party"] in v.data["parties"])
        for node, secret in zip(path.nodes, path.secrets):
            v.same("node", known.setdefault((one["branch"], node), secret), "0x" + secret.hex())
        for node in announced[one["branch"]][4]:
            v.format("box-place", encode([before.scope, one["branch"], after_.generation, node[0]]))
        if one["next"] is None:
            refuses(v, "keys.rekey", lambda path=path, one=one: path.open(announced[one["branch"]]))
            continue
        v.same("generation secret", path.open(announced[one["branch"]]), secrets[one["branch"]])
        v.same("next path", path.encoded(), one["next"])


def messages(v: Vectors) -> None:
    by_name = {given["name"]: given for given in v.data["messages"]}
    for given in v.data["messages"]:
        receiver = {1: "subscriber", 2: "callee", 3: "caller", 4: "caller"}[given["kind"]]
        answered = given["answers"] and unhex(by_name[given["answers"]]["correlation"])
        place = {**given, "epochs": [given["epoch"]], "correlation": answered, "now": given["time"]}
        open_ = v.receiver(given["generation"], receiver).open
        payload = unhex(given["payload"])
        frame, nonce, key, sender, args, kwargs = open_(given["attributes"], payload, place)
        v.same("key", (key.key, key.id), (unhex(given["key"]), given["keyId"]))
        v.same("key id", key.id, given["attributes"]["ppt_keyid"])
        v.same("writer", key.writer, v.data["parties"][given["writer"]]["cs"])
        v.same("sender", sender.cs, v.data["parties"][given["sender"]]["cs"])
        v.same("role", ROLE_OF[given["kind"]], given["role"])
        v.same("nonce", nonce, given["nonce"])
        v.same("arguments", (args, kwargs), (given["args"], given["kwargs"]))
        to = None if given["to"] is None else v.member(given["to"]).instance
        v.same("header", (frame.sequence, frame.time, frame.error, frame.to), (given["sequence"], given["time"], given["error"], to))
        v.same("retained", bool(frame.flags & 4), given["retained"])
        v.same("correlation", correlation_of(nonce, frame.header), given["correlation"])
        v.same("in-band", in_band(given["attributes"], payload), given["inBand"])
        v.format("header", frame.header)
        announcement = v.announcement(given["generation"])
        fields = [announcement.hash, v.realm, announcement.generation, key.epoch, given["kind"], given["uri"], key.writer]
        v.format("context", encode(fields))
        settings = v.policy(v.generation(given["generation"])["policy"]).settings
        if settings["profile"][1] == "cbor":
            v.format("frame", encode(frame.content))
        if settings["mode"] == "dsig":
            seeds = next(one for one in v.data["seeds"] if one["writer"] == given["sender"])
            v.same("epoch's key", frame.authenticator[:32], seeds["epochs"][given["epoch"]]["key"])
            v.format("epoch-key", encode([announcement.hash, key.epoch, frame.authenticator[:32]]))


def disclosures(v: Vectors) -> None:
    for given in v.data["seeds"]:
        policy = v.policy(v.generation(given["generation"])["policy"])
        v.same("epochs and two more", len(given["epochs"]), policy.epochs + 2)
        seed = unhex(given["last"])
        for at, epoch in reversed(list(enumerate(given["epochs"]))):
            v.same("seed", (at, seed), (epoch["epoch"], unhex(epoch["seed"])))
            v.same("epoch's key", epoch_key(seed), epoch["key"])
            seed = earlier(seed)
    for given in v.data["disclosures"]:
        seeds = next(one for one in v.data["seeds"] if one["writer"] == given["writer"])
        announcement = v.announcement(seeds["generation"])
        writer, seed = v.member(given["writer"]).cs, unhex(seeds["epochs"][given["epoch"]]["seed"])
        made = encode([1, announcement.scope, announcement.hash, given["epoch"], writer, seed])
        v.same("disclosure", v.format("disclosure", made), given["bytes"])
        v.same("control", v.format("control", encode([2, made])), given["control"])


def evidence(v: Vectors) -> None:
    for given in v.data["evidence"]:
        data = unhex(given["bytes"])
        fields = decode(data)
        v.format(("message-evidence", "fork-evidence", "tick-evidence")[fields[0] - 1], data)
        what, delegate = judge(data)
        if what == "fork":
            v.same("what", given["name"], {2: "two announcements", 3: "two ticks"}[fields[0]])
            v.same("agent", bytes.fromhex(delegate.message["csPubKey"]), v.data["parties"]["agent"]["cs"])
            continue
        message = next(one for one in v.data["messages"] if one["name"] == given["name"])
        v.same("kind", what, ("event", "call", "result", "error")[message["kind"] - 1])
        v.same("signer", bytes.fromhex(delegate.message["csPubKey"]), v.data["parties"][message["sender"]]["cs"])
        v.same("key id and nonce", (fields[9], fields[10]), (message["keyId"], unhex(message["nonce"])))


def refuses(v: Vectors, code: str, work) -> None:
    try:
        work()
    except Refused as refused:
        v.same("refused", refused.code, code)
    else:
        raise Deviation(f"nothing is refused; expected {code}")


def refused(v: Vectors) -> None:
    for given in v.data["refused"]:
        try:
            refuses(v, given["code"], lambda given=given: READERS[given["what"]](v, given))
        except Deviation as deviation:
            raise Deviation(f"{given['name']}: {deviation}") from None


def read_package(v: Vectors, given: dict) -> None:
    check_package(parse_package(unhex(given["bytes"])), v.chain(given["party"]), v.realm, given["now"])


def read_announcement(v: Vectors, given: dict) -> None:
    policy = v.policy(v.generation(given["after"])["policy"])
    compare(v.announcement(given["after"]), parse_announcement(unhex(given["bytes"])), policy, given["now"])


def read_tick(v: Vectors, given: dict) -> None:
    name = given["generation"]
    announcement = v.announcement(name)
    newest = parse_tick(v.tick(name, given["known"]), announcement)
    tick = parse_tick(unhex(given["bytes"]), announcement)
    confirm(tick, newest, announcement, v.policy(v.generation(name)["policy"]), given["now"])


def read_policy(v: Vectors, given: dict) -> None:
    open_policy(v.policy(given["policy"]), unhex(given["signature"]), unhex(given["owner"]))


def read_a_request(v: Vectors, given: dict) -> None:
    policy = v.policy(v.generation(given["generation"])["policy"])
    read_request(unhex(given["bytes"]), policy, v.realm, unhex(v.data["parties"]["agent"]["xSecret"]))


def read_an_answer(v: Vectors, given: dict) -> None:
    grant = next(one for one in v.data["grants"] if one["name"] == given["grant"])
    policy = v.policy(v.generation(grant["generation"])["policy"])
    kem = None if policy.settings["hybrid"] is None else Decapsulation(unhex(grant["asked"][0]))
    requester, agent = v.data["parties"][grant["requester"]], v.data["parties"]["agent"]
    noise = handshake(policy, v.realm, True, unhex(requester["xSecret"]), unhex(agent["x"]))
    noise.write_first(unhex(grant["asked"][-1]), unhex(grant["requestPayload"]))
    items = decode(unhex(grant["answer"]))
    answer = unhex(given["bytes"]) if "bytes" in given else encode([items[at] for at in given["items"]])
    read_answer(answer, noise, policy, kem)


def read_grant(v: Vectors, given: dict) -> None:
    name = given["generation"]
    tick = parse_tick(unhex(given["tick"]), v.announcement(name))
    secrets = [unhex(secret) for secret in given["secrets"]]
    take(given["role"], given["epoch"], secrets, tick, v.policy(v.generation(name)["policy"]))


def asking(v: Vectors) -> tuple[Handshake, Policy, dict]:
    [given] = v.data["showings"]
    policy = v.policy(v.generation(given["generation"])["policy"])
    requester, agent = v.data["parties"][given["requester"]], v.data["parties"]["agent"]
    fields, _, _ = read_request(unhex(given["request"]), policy, v.realm, unhex(agent["xSecret"]))
    noise = handshake(policy, v.realm, True, unhex(requester["xSecret"]), unhex(agent["x"]))
    noise.write_first(unhex(given["asked"][0]), encode(fields))
    return noise, policy, given


def read_a_reply(v: Vectors, given: dict) -> None:
    noise, policy, _ = asking(v)
    _, shown, _ = read_reply(unhex(given["bytes"]), noise, policy, None, asks=True)
    parse_proof(shown)


def read_shown(v: Vectors, given: dict) -> None:
    _, policy, showing = asking(v)
    _, _, noise = read_request(unhex(showing["request"]), policy, v.realm, unhex(v.data["parties"]["agent"]["xSecret"]))
    noise.write_second(unhex(showing["answered"][0]), encode([2, unhex(showing["demands"]["agent"]["bytes"])]))
    read_evidence(unhex(given["bytes"]), noise.h, noise.split()[0])


def read_second_answer(v: Vectors, given: dict) -> None:
    noise, policy, showing = asking(v)
    _, _, (_, receive) = read_reply(unhex(showing["answer"]), noise, policy, None, asks=True)
    read_verdict(unhex(given["bytes"]), receive)


def read_rekey(v: Vectors, given: dict) -> None:
    announcement = parse_announcement(unhex(given["announcement"]))
    path = Path(unhex(given["path"]), announcement.scope, given["branch"], given["before"])
    path.open(announced_rekeys(unhex(given["rekeys"]), announcement)[given["branch"]])


def read_message(v: Vectors, given: dict) -> None:
    place = given["place"]
    place = {**place, "correlation": place["correlation"] and unhex(place["correlation"])}
    receiver = v.receiver(place["generation"], place["self"])
    for _ in range(place["times"]):
        receiver.open(given["attributes"], unhex(given["payload"]), place)


READERS = {
    "package": read_package,
    "announcement": read_announcement,
    "tick": read_tick,
    "policy": read_policy,
    "request": read_a_request,
    "answer": read_an_answer,
    "grant": read_grant,
    "reply": read_a_reply,
    "shown": read_shown,
    "second answer": read_second_answer,
    "rekey": read_rekey,
    "message": read_message,
    "evidence": lambda v, given: judge(unhex(given["bytes"])),
}
SECTIONS = {
    "parties": parties,
    "scopes": scopes,
    "policies": policies,
    "packages": packages,
    "generations": generations,
    "told": told,
    "grants": grants,
    "showings": showings,
    "trees": trees,
    "messages": messages,
    "disclosures": disclosures,
    "evidence": evidence,
    "refused": refused,
}
