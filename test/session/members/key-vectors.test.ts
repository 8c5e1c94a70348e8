import { strict as assert } from "node:assert"
import { concatBytes, toHex } from "../../../src/core/bytes.ts"
import { ed25519PublicKey } from "../../../src/core/ed25519.ts"
import { isE2eeError } from "../../../src/core/errors.ts"
import { Secret } from "../../../src/core/secret.ts"
import { parseAnnouncement, standingOf } from "../../../src/keys/announcement.ts"
import { ReaderSecrets } from "../../../src/keys/branch-secrets.ts"
import { disclosesKeyOf, earlierSeed, parseDisclosure, signingKey } from "../../../src/keys/disclosure.ts"
import { encodeControl, parseControl, parseInfo, readAnswer, readRequest } from "../../../src/keys/grant.ts"
import { encodeDemand } from "../../../src/keys/demand.ts"
import { parseShown, readGranted, showEvidence } from "../../../src/keys/evidence-channel.ts"
import { encodeGrant } from "../../../src/keys/granted.ts"
import { parseKeyPackage } from "../../../src/keys/key-package.ts"
import { openPolicy, policyDigest, policyHash } from "../../../src/keys/policy.ts"
import { branchSecret, dataKey, epochCommitment, generationCommitment, scopeId } from "../../../src/keys/schedule.ts"
import { parseTick } from "../../../src/keys/tick.ts"
import { announcedRekeys, parseNotice } from "../../../src/keys/tree/rekey.ts"
import { TreePath } from "../../../src/keys/tree/tree-path.ts"
import { decodeInBand } from "../../../src/payload/in-band.ts"
import { judge } from "../../../src/session/messages/judge.ts"
import { generate } from "../../../scripts/generate-key-vectors.ts"
import { selfOf } from "../../keys/parties.ts"
import { party, REALM } from "../../trust/chains.ts"
import {
  askedOf,
  askingOf,
  bytes,
  generationNamed,
  openAt,
  pendingOf,
  placeNamed,
  policyNamed,
  replayed,
  text,
  vectors,
  waitingOf,
} from "./key-vectors.ts"

const hex = (secret: Secret): string => toHex(secret.expose())
const secretOf = (given: unknown): Secret => new Secret(bytes(given))

describe("vectors of key distribution", function () {
  this.timeout(30_000)

  it("come out again byte for byte; run node scripts/generate-key-vectors.ts if they are meant to change", () => {
    assert.ok(generate() === text, "the file is not what the generator gives")
  })

  it("name scopes and policies, of which one is signed", () => {
    for (const { realm, match, uri, id } of vectors.scopes) assert.equal(toHex(scopeId(realm as never, match, uri)), id)
    for (const [name, { hash, digest, signature, signer }] of Object.entries(vectors.policies)) {
      const policy = policyNamed(name)
      assert.equal(toHex(policyHash(policy)), hash)
      if (signature === undefined) continue
      assert.equal(policyDigest(policy), digest)
      assert.equal(openPolicy({ policy, signature }, signer as never), policy)
    }
    assert.equal(Object.values(vectors.policies).filter(({ signature }) => signature !== undefined).length, 1)
  })

  it("have packages of each form", () => {
    for (const { party: name, bytes: given } of vectors.packages)
      assert.equal(parseKeyPackage(bytes(given)).cs, vectors.parties[name]?.cs)
    assert.equal(vectors.packages.length, 3)
  })

  for (const name of Object.keys(vectors.generations))
    it(`lead from the secrets of a generation to every key: ${name}`, () => {
      const { secrets, commitment, hash, epochs, writers, parsed } = generationNamed(name)
      assert.deepEqual([toHex(parsed.hash), toHex(parsed.commitment)], [hash, commitment])
      assert.equal(toHex(generationCommitment(...secrets.map(secretOf))), commitment)
      const branches = (["call", "event"] as const).map((branch, at) => {
        const held = new ReaderSecrets(0, branchSecret(parsed.hash, secretOf(secrets[at % secrets.length]), branch))
        for (const one of epochs) {
          assert.equal(hex(held.branch(one.epoch)), one[branch])
          assert.equal(toHex(epochCommitment(held.branch(one.epoch))), one.commitments[at])
          const tick = parseTick(bytes(one.tick), parsed)
          assert.deepEqual(
            [tick.epoch, tick.time, toHex(tick.commitments[branch])],
            [one.epoch, one.time, one.commitments[at]],
          )
        }
        return [branch, held] as const
      })
      for (const { writer, branch, epoch, secret, keys } of writers) {
        const written = new Map(branches).get(branch)?.writer(epoch, party(writer).csPubKey) as Secret
        assert.equal(hex(written), secret)
        for (const { kind, uri, key, keyId } of keys) {
          const derived = dataKey(written, { kind, realm: REALM, uri, announcement: parsed.hash })
          assert.deepEqual([hex(derived.key), derived.keyId], [key, keyId])
        }
      }
    })

  for (const given of vectors.grants)
    it(`have a grant that both sides make and read: ${given.name}`, () => {
      const pending = pendingOf(given)
      assert.equal(toHex(pending.bytes), given.request)
      const received = readRequest(
        bytes(given.request),
        placeNamed(given.generation),
        selfOf("agent").x,
        replayed(given.answered),
      )
      assert.deepEqual(
        [received.request.role, received.request.keyPackage.cs],
        [given.role, vectors.parties[given.requester]?.cs],
      )
      try {
        const grant = readAnswer(bytes(given.answer), pending)
        assert.equal(given.denial, undefined)
        assert.equal(toHex(grant.announcement), generationNamed(given.generation).announcement)
        assert.ok(grant.secrets.length > 0)
      } catch (error) {
        if (given.denial === undefined || !isE2eeError(error)) throw error
        assert.equal(error.code, given.denial)
      }
    })

  it("have a grant for which both sides show their platforms", async () => {
    for (const showing of vectors.showings) {
      const { demands, proofs, evidenceRequest, evidenceAnswer, handshakeHash, grant } = showing
      assert.equal(toHex(askingOf(showing).bytes), showing.request)
      const { demand, proof, channel } = askedOf(showing)
      assert.deepEqual(
        [demand && toHex(encodeDemand(demand)), toHex(channel.transcript)],
        [demands.agent.bytes, handshakeHash],
      )
      const shown = (given: typeof proof) => given && [given.attester, toHex(given.evidence)]
      assert.deepEqual(shown(proof), [proofs.agent.attester, proofs.agent.evidence])
      const own = { attester: proofs.requester.attester, evidence: bytes(proofs.requester.evidence) }
      assert.equal(toHex(showEvidence(channel, own)), evidenceRequest)
      const parsed = parseShown(bytes(evidenceRequest))
      assert.deepEqual(shown(parsed?.open(await waitingOf(showing))), shown(own))
      assert.equal(toHex(encodeGrant(readGranted(bytes(evidenceAnswer), channel))), grant)
    }
    assert.equal(vectors.showings.length, 1)
  })

  it("have what an agent says, when asked and on its topic", () => {
    for (const { generation, epoch, answer } of vectors.infos) {
      const { announcement, tick } = parseInfo(bytes(answer))
      assert.equal(parseTick(tick, parseAnnouncement(announcement)).epoch, epoch)
      assert.equal(standingOf(generationNamed(generation).parsed, parseAnnouncement(announcement)), "same")
    }
    for (const { kind, bytes: given } of vectors.controls) {
      const control = parseControl(bytes(given))
      assert.ok(control?.kind === kind && toHex(encodeControl(control)) === given)
    }
  })

  it("take readers by a re-key from one generation to the next", () => {
    const { before, after, paths, rekeys, notice } = vectors.trees
    const { parsed, epochs } = generationNamed(after)
    const told = parseNotice(bytes(notice))
    assert.deepEqual([toHex(told.rekeys), toHex(told.announcement)], [rekeys, toHex(parsed.bytes)])
    const announced = announcedRekeys(told.rekeys, parsed)
    let opened = 0
    for (const { branch, path, next } of paths) {
      if (next === null) continue
      const held = new TreePath(bytes(path), { scope: parsed.scope, branch }, generationNamed(before).parsed.generation)
      const first = branchSecret(parsed.hash, held.open(announced[branch] as never), branch)
      assert.equal(hex(first), epochs[0]?.[branch])
      opened++
    }
    assert.equal(opened, 4)
  })

  for (const message of vectors.messages)
    it(`have a message that its receiver opens: ${message.name}`, () => {
      const { kind, epoch, answers, time, args, kwargs, sender } = message
      const self = kind === 1 ? "subscriber" : kind === 2 ? "callee" : "caller"
      const correlation = vectors.messages.find(({ name }) => name === answers)?.correlation ?? null
      const opened = openAt(message, { ...message, epochs: [epoch], self, correlation, now: time, times: 1 })
      assert.deepEqual([opened.args, { ...opened.kwargs }], [args, kwargs])
      assert.equal(opened.instance, vectors.parties[sender]?.instance)
      assert.equal(toHex(opened.correlation), message.correlation)
      const inBand = decodeInBand(bytes(message["inBand"]))
      assert.deepEqual(inBand, { attributes: message.attributes, payload: bytes(message.payload) })
    })

  it("disclose the seeds of epoch keys, each of which gives all before it", () => {
    for (const { epochs } of vectors.seeds)
      for (const { epoch, seed, key } of epochs) {
        assert.equal(ed25519PublicKey(signingKey(bytes(seed))), key)
        if (epoch > 0) assert.equal(toHex(earlierSeed(bytes(seed))), epochs[epoch - 1]?.seed)
      }
    for (const { writer, epoch, bytes: given, control } of vectors.disclosures) {
      const told = parseDisclosure(bytes(given))
      const known = vectors.seeds.find((one) => one.writer === writer)?.epochs[epoch]
      assert.deepEqual([toHex(told.seed), told.writer], [known?.seed, vectors.parties[writer]?.cs])
      assert.equal(toHex(encodeControl({ kind: "disclosure", bytes: bytes(given) })), control)
      assert.ok(disclosesKeyOf(told.seed, concatBytes(bytes(known?.key), new Uint8Array(128))))
    }
  })

  it("have evidence that can be judged", () => {
    const judged = vectors.evidence.map(({ bytes: given }) => judge(bytes(given)))
    assert.deepEqual(
      judged.map((one) => (one.what === "message" ? one.kind : one.what)),
      ["call", "result", "error", "event", "fork", "fork"],
    )
  })

  it("have a grant with more members than one Noise message holds", () => {
    const long = vectors.grants.find(({ name }) => name === "in two pieces") as (typeof vectors.grants)[number]
    const { members } = readAnswer(bytes(long.answer), pendingOf(long))
    assert.equal(members.length, 23)
  })
})
