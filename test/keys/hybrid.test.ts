import { strict as assert } from "node:assert"
import { readFileSync } from "node:fs"
import { sha256 } from "@noble/hashes/sha2.js"
import { hkdfSync } from "node:crypto"
import { concatBytes, fromHex, toHex, utf8ToBytes } from "../../src/core/bytes.ts"
import { Secret } from "../../src/core/secret.ts"
import { x25519PublicKey } from "../../src/core/x25519.ts"
import {
  answerGrant,
  denyGrant,
  endRequest,
  readAnswer,
  readRequest,
  requestGrant,
  type GrantPlace,
  type PendingGrant,
} from "../../src/keys/grant.ts"
import type { Grant } from "../../src/keys/granted.ts"
import { mlKem768 } from "../../src/keys/hybrid.ts"
import { answerKem, finishKem, parseKem, type Kem } from "../../src/keys/kem.ts"
import { HandshakeState } from "../../src/keys/noise.ts"
import { ROLES, type Role } from "../../src/keys/roles.ts"
import { decodeCbor, encodeCbor } from "../../src/payload/cbor.ts"
import { ownKeyPackage } from "../../src/session/context.ts"
import { flipped, refuses } from "../arbitrary.ts"
import { NOW, REALM } from "../trust/chains.ts"
import { contextOf, countedRandom, selfOf } from "./parties.ts"

type Case = readonly [id: number, secret: string, key: string, ciphertext: string, shared: string]
const vectors = JSON.parse(
  readFileSync(new URL("../vectors/wycheproof/ml-kem-768.json", import.meta.url), "utf8"),
) as Readonly<Record<"decapsulation" | "encapsulation" | "keys", { readonly cases: readonly Case[] }>>

const bytes = (hex: string): Uint8Array => fromHex(hex) as Uint8Array
const digest = (of: Uint8Array): string => toHex(sha256(of)).slice(2)
const hex = (secret: Secret): string => toHex(secret.expose()).slice(2)
const isWiped = (secret: Secret): boolean => secret.expose().every((byte) => byte === 0)

const [asker, agent] = [selfOf("asker"), selfOf("agent")]
const agentKey = x25519PublicKey(agent.x)
const bare: GrantPlace = { realm: REALM, scope: new Uint8Array(32).fill(3), policy: new Uint8Array(32).fill(4) }
const place: GrantPlace = { ...bare, kem: mlKem768 }
const keyPackage = ownKeyPackage(contextOf("asker"))
const content = (role: Role) => ({ role, instance: asker.instance, keyPackage, time: NOW, about: undefined })
const grant = (): Grant => ({
  announcement: new Uint8Array(300).fill(5),
  tick: new Uint8Array(200).fill(6),
  instance: agent.instance,
  epoch: 7,
  secrets: [new Secret(new Uint8Array(32).fill(8))],
  members: [],
})
const ask = (at = place, seed = "ask", role: Role = "callee") =>
  requestGrant(at, content(role), asker.x, agentKey, countedRandom(seed))
const read = (request: Uint8Array, at = place) => readRequest(request, at, agent.x, countedRandom("answer"))
const answerTo = (pending: PendingGrant): Uint8Array => answerGrant(read(pending.bytes), grant())
/** An answer with one of its items replaced. */
const edited = (answer: Uint8Array, change: (items: Uint8Array[]) => unknown): Uint8Array => {
  const items = decodeCbor(answer) as Uint8Array[]
  return encodeCbor(change(items) ?? items)
}

/** A request with a public key of the requester's choice. */
function askedWith(...fields: readonly unknown[]): Uint8Array {
  const prologue = concatBytes(utf8ToBytes("wek1"), bytes(REALM), place.scope)
  const random = countedRandom("ask")
  const handshake = HandshakeState.initiator({ pattern: "IKpsk2", prologue, s: asker.x, rs: agentKey, random })
  const payload = [1, place.scope, place.policy, 0, bytes(asker.instance), keyPackage, NOW, null, ...fields]
  return encodeCbor([1, handshake.writeMessage(encodeCbor(payload))])
}

describe("keys: ML-KEM-768", () => {
  it("makes the keys of Wycheproof's seeds", () => {
    for (const [id, seed, encapsulation, decapsulation] of vectors.keys.cases) {
      const { publicKey, secretKey } = mlKem768.keyPair(() => bytes(seed))
      assert.deepEqual([digest(publicKey), digest(secretKey.expose())], [encapsulation, decapsulation], `case ${id}`)
      assert.equal(publicKey.length, mlKem768.publicKeyBytes)
    }
  })

  it("opens Wycheproof's ciphertexts to the secrets given, changed ones to others, and refuses those of another length", () => {
    let refused = 0
    for (const [id, seed, encapsulation, ciphertext, shared] of vectors.decapsulation.cases) {
      if (seed.length !== 128) continue // of another length: this library draws its seeds itself
      const { publicKey, secretKey } = mlKem768.keyPair(() => bytes(seed))
      assert.equal(digest(publicKey), encapsulation, `case ${id}`)
      if (shared !== "") assert.equal(hex(mlKem768.decapsulate(bytes(ciphertext), secretKey)), shared, `case ${id}`)
      else {
        refuses(() => mlKem768.decapsulate(bytes(ciphertext), secretKey), "keys.agreement")
        refused++
      }
    }
    assert.equal(refused, 4)
  })

  it("encapsulates as Wycheproof does, and refuses keys of another length or with coefficients that are not reduced", () => {
    let refused = 0
    for (const [id, message, publicKey, ciphertext, shared] of vectors.encapsulation.cases) {
      const encapsulate = () => mlKem768.encapsulate(bytes(publicKey), () => bytes(message))
      if (shared === "") {
        refuses(encapsulate, "keys.agreement")
        refused++
        continue
      }
      const made = encapsulate()
      assert.deepEqual([digest(made.ciphertext), hex(made.shared)], [ciphertext, shared], `case ${id}`)
      assert.equal(made.ciphertext.length, mlKem768.ciphertextBytes)
    }
    assert.equal(refused, 20)
  })

  it("overwrites what it drew", () => {
    const drawn: Uint8Array[] = []
    const random = (length: number): Uint8Array => {
      drawn.push(new Uint8Array(length).fill(9))
      return drawn.at(-1)!
    }
    const { publicKey } = mlKem768.keyPair(random)
    mlKem768.encapsulate(publicKey, random)
    refuses(() => mlKem768.encapsulate(publicKey.subarray(1), random), "keys.agreement")
    assert.deepEqual(
      drawn.map((one) => one.length),
      [64, 32, 32],
    )
    assert.ok(drawn.every((one) => one.every((byte) => byte === 0)))
  })

  it("is the one thing that a program may pass, or another of its form", () => {
    assert.equal(parseKem(mlKem768), mlKem768)
    const others: unknown[] = ["mlkem768", true, null, {}, { ...mlKem768, name: "ML-KEM" }, { name: "mlkem768" }]
    for (const other of others) refuses(() => parseKem(other), "usage.invalid")
  })
})

describe("keys: hybrid of a grant", () => {
  it("agrees on a key that both sides, the handshake and the mechanism determine", () => {
    const { publicKey, secretKey } = mlKem768.keyPair(countedRandom("pair"))
    const transcript = new Uint8Array(32).fill(1)
    const { ciphertext, psk } = answerKem(mlKem768, publicKey, transcript, countedRandom("agent"))
    const copy = (): Secret => new Secret(secretKey.expose())
    const finish = (kem: Kem, key: Uint8Array, box: Uint8Array, of: Uint8Array): string =>
      hex(finishKem({ kem, publicKey: key, secretKey: copy() }, box, of))
    assert.equal(finish(mlKem768, publicKey, ciphertext, transcript), hex(psk))
    for (const other of [
      finish({ ...mlKem768, name: "other" }, publicKey, ciphertext, transcript),
      finish(mlKem768, flipped(publicKey, 5), ciphertext, transcript),
      finish(mlKem768, publicKey, flipped(ciphertext, 5), transcript),
      finish(mlKem768, publicKey, ciphertext, flipped(transcript, 5)),
    ])
      assert.notEqual(other, hex(psk))

    const shared = mlKem768.decapsulate(ciphertext, secretKey).expose()
    const info = concatBytes(utf8ToBytes("wek1 hybrid"), sha256(encodeCbor(["mlkem768", publicKey, ciphertext])))
    assert.equal(hex(psk), Buffer.from(hkdfSync("sha256", shared, transcript, info, 32)).toString("hex"))
  })

  it("brings grants and denials to whoever asks, in every role", () => {
    for (const role of Object.keys(ROLES) as Role[]) {
      const pending = ask(place, "ask", role)
      assert.equal(read(pending.bytes).request.role, role)
      const got = readAnswer(answerTo(pending), pending)
      assert.equal(hex(got.secrets[0]!), "08".repeat(32))
      assert.equal(got.epoch, 7)
    }
    const denied = ask()
    refuses(() => readAnswer(denyGrant(read(denied.bytes), "trust.revoked"), denied), "trust.revoked")
  })

  it("costs two public values and their lengths", () => {
    const [with_, without] = [ask(), ask(bare)]
    assert.equal(with_.bytes.length - without.bytes.length, 1_184 + 3)
    const answers = [answerTo(with_), answerGrant(read(without.bytes, bare), grant())] as const
    assert.equal(answers[0].length - answers[1].length, 1_088 + 3)
  })

  it("refuses a ciphertext that was changed, left out, of another length or of another request", () => {
    const { bytes: request } = ask()
    const answer = answerTo(ask())
    const length = (decodeCbor(answer) as Uint8Array[])[2]!.length
    assert.equal(length, 1_088)
    for (let at = 0; at < length; at += 17)
      refuses(() => {
        const changed = edited(answer, (items) => void (items[2] = flipped(items[2]!, at * 8 + (at % 8))))
        readAnswer(changed, ask())
      }, "keys.agreement")
    assert.equal(toHex(request), toHex(ask().bytes))
    const malformed: ((items: Uint8Array[]) => unknown)[] = [
      (items) => [items[0], items[1]],
      (items) => [items[0], items[1], ...items.slice(3)],
      (items) => void (items[2] = items[2]!.subarray(1)),
      (items) => void (items[2] = concatBytes(items[2]!, new Uint8Array(1))),
      (items) => [items[0], items[1], null, ...items.slice(3)],
    ]
    for (const change of malformed) refuses(() => readAnswer(edited(answer, change), ask()), "keys.grant_malformed")
    const foreign = (decodeCbor(answerTo(ask(place, "another"))) as Uint8Array[])[2]!
    refuses(
      () =>
        readAnswer(
          edited(answer, (items) => void (items[2] = foreign)),
          ask(),
        ),
      "keys.agreement",
    )
    refuses(() => readAnswer(answerTo(ask(place, "another")), ask()), "keys.agreement")
    assert.equal(readAnswer(answer, ask()).epoch, 7)
  })

  it("refuses public keys that are none", () => {
    const { publicKey } = mlKem768.keyPair(countedRandom("pair"))
    assert.equal(read(askedWith(publicKey)).request.role, "callee")
    for (const fields of [[], [null], [publicKey.subarray(1)], [concatBytes(publicKey, new Uint8Array(1))], ["key"]])
      refuses(() => read(askedWith(...fields)), "keys.grant_malformed")
    refuses(() => read(askedWith(publicKey, 1)), "keys.grant_malformed")
    refuses(() => read(askedWith(new Uint8Array(1_184).fill(0xff))), "keys.agreement")
  })

  it("is never left out in silence: neither side takes a message of one without it", () => {
    refuses(() => read(ask(bare).bytes, place), "keys.agreement")
    refuses(() => read(ask(place).bytes, bare), "keys.agreement")
    // An agent that answers such a request all the same.
    refuses(() => readAnswer(answerGrant(read(ask(bare).bytes, bare), grant()), ask()), "keys.grant_malformed")
    refuses(() => readAnswer(answerTo(ask()), ask(bare)), "keys.agreement")
    refuses(() => readAnswer(denyGrant(read(ask(bare).bytes, bare), "trust.revoked"), ask()), "keys.grant_malformed")
  })

  it("keeps from whoever recorded a grant and has all X25519 keys later what was granted", () => {
    for (const at of [bare, place]) {
      const recorded = { request: ask(at).bytes, answer: answerGrant(read(ask(at).bytes, at), grant()) }
      // With the requester's keys, and the payload read with the agent's, the requester's state is made again.
      const pattern = at.kem === undefined ? "IK" : "IKpsk2"
      const prologue = concatBytes(utf8ToBytes("wek1"), bytes(REALM), at.scope)
      const payload = HandshakeState.responder({ pattern, prologue, s: agent.x, random: countedRandom() }).readMessage(
        (decodeCbor(recorded.request) as Uint8Array[])[1]!,
      )
      const random = countedRandom("ask")
      if (at.kem !== undefined) random(64) // its key pair's, which X25519 does not tell
      const again = HandshakeState.initiator({
        pattern,
        prologue,
        s: asker.x,
        rs: agentKey,
        random,
      })
      assert.equal(toHex(encodeCbor([1, again.writeMessage(payload)])), toHex(recorded.request))
      const [, message] = decodeCbor(recorded.answer) as Uint8Array[]
      if (at.kem === undefined) assert.equal(toHex(again.readMessage(message!)), toHex(encodeCbor([1])))
      else refuses(() => again.readMessage(message!, new Secret(new Uint8Array(32))), "keys.agreement")
    }
  })

  it("overwrites its secrets once they are used, or given up", () => {
    const pending = ask()
    const received = read(pending.bytes)
    assert.ok(!isWiped(pending.hybrid!.secretKey) && !isWiped(received.hybrid!.psk))
    const answer = answerGrant(received, grant())
    assert.ok(isWiped(received.hybrid!.psk))
    const used = new Set<Secret>()
    const { expose } = Secret.prototype
    Secret.prototype.expose = function (this: Secret) {
      used.add(this)
      return expose.call(this)
    }
    try {
      readAnswer(answer, pending)
    } finally {
      Secret.prototype.expose = expose
    }
    used.delete(asker.x)
    assert.ok(used.has(pending.hybrid!.secretKey) && used.size > 3)
    for (const secret of used) assert.ok(isWiped(secret))
    refuses(() => readAnswer(answer, pending), "keys.agreement")

    const failed = ask()
    refuses(
      () =>
        readAnswer(
          edited(answer, (items) => void (items[2] = flipped(items[2]!, 1))),
          failed,
        ),
      "keys.agreement",
    )
    assert.ok(isWiped(failed.hybrid!.secretKey))
    const [givenUp, denied] = [ask(), read(ask().bytes)]
    endRequest(givenUp)
    denyGrant(denied, "trust.revoked")
    assert.ok(isWiped(givenUp.hybrid!.secretKey) && isWiped(denied.hybrid!.psk))
  })
}).timeout(60_000)
