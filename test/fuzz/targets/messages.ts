import { strict as assert } from "node:assert"
import { concatBytes } from "../../../src/core/bytes.ts"
import type { Member } from "../../../src/keys/member.ts"
import type { PassthruMessage } from "../../../src/payload/attributes.ts"
import { encodeCbor } from "../../../src/payload/cbor.ts"
import { KIND } from "../../../src/payload/frame.ts"
import { DEFAULT_PROFILE } from "../../../src/payload/profile.ts"
import { ReplayWindows } from "../../../src/session/messages/replay.ts"
import type { Opened, Sealed } from "../../../src/session/messages/sealing.ts"
import { memberOf, openIn, ringOf, sealIn, selfOf } from "../../keys/parties.ts"
import { NOW, party } from "../../trust/chains.ts"
import { mutated, randomBytes } from "../bytes.ts"
import { oneOf, seldom, type Draw } from "../draw.ts"
import { cborItem } from "../formats.ts"
import { coded, target, type Target } from "../target.ts"

// Whole messages as a reader opens them: what a router can do to them, and what a member can who holds the key.

const URI = "com.example.heat"
const ring = ringOf("callee", "read", { branch: "event" })
for (const name of ["caller", "other"]) ring.members.add(memberOf(name, "publisher"))
const key = { ...ring.answerKey(party("caller").csPubKey, KIND.event, URI, 0), ring }
const speaker = selfOf("caller")
const self = selfOf("callee").instance

let sequence = 0
function sealed(draw: Draw): Sealed {
  const args = [oneOf(draw, ["on", 1, null, new Uint8Array(9)])]
  const random = (length: number): Uint8Array => Uint8Array.from({ length }, () => draw(256))
  const place = { kind: KIND.event, uri: URI, owner: "caller", key, instance: speaker.instance }
  return sealIn(ring, { args, kwargs: {} }, { ...place, sequence: sequence++, now: NOW, random })
}
const open = (message: PassthruMessage): Opened<Member> =>
  openIn(ring, message, { kind: KIND.event, uri: URI, now: NOW, skew: 300_000, replay: new ReplayWindows(), self })

let made = 0
/** A few messages, made anew now and then: signing takes half a millisecond. */
const corpus: Sealed[] = []
function some(draw: Draw): Sealed {
  if (corpus.length < 8 || made++ % 50 === 0) corpus[draw(8)] = sealed(draw)
  return corpus.find((message) => message !== undefined) as Sealed
}

const { attributes } = sealed(() => 1)
const header = [1, 2, 3, NOW, Uint8Array.from(Buffer.from(speaker.instance.slice(2), "hex"))]

export const messageTargets: readonly Target[] = [
  target({
    name: "session: messages that a router altered",
    weight: 4,
    kinds: [
      (draw) => ({ attributes, payload: randomBytes(draw) }),
      (draw) => ({ attributes, payload: mutated(draw, [some(draw).payload]) }),
      (draw) => (seldom(draw, 40) ? sealed(draw) : { ...some(draw), payload: some(draw).payload.slice(draw(100)) }),
    ],
    decode: (message) => open(message),
    promised: coded("payload.decrypt_failed", "payload.too_large"),
    check: ({ args }) => assert.equal(args.length, 1),
  }),
  target({
    name: "session: messages that a member made up",
    weight: 0.4,
    kinds: [
      (draw) => randomBytes(draw),
      (draw) => {
        const head = encodeCbor(header)
        const e2e = concatBytes(
          Uint8Array.of(head.length),
          head,
          Uint8Array.from({ length: 64 }, () => draw(256)),
        )
        return encodeCbor({ e2e, args: [oneOf(draw, ["a", 1])], kwargs: {} })
      },
      (draw) => Uint8Array.from([0xa3, ...cborItem(draw), ...cborItem(draw), ...cborItem(draw)]),
    ],
    decode(plaintext) {
      const payload = DEFAULT_PROFILE.cipher.seal(key.key, new Uint8Array(24), plaintext)
      return open({ attributes, payload })
    },
    promised: coded("payload.decode_failed", "payload.too_large", "payload.signature", "keys.unknown_key"),
    check: () => assert.fail("a message that nobody signed was opened"),
  }),
]
