// Re-keys that have to be refused.
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, toHex, utf8ToBytes } from "../../src/core/bytes.ts"
import { encodeCbor } from "../../src/payload/cbor.ts"
import { fieldsOf, flipped, type Fields, type Refused } from "./edit.ts"
import { make } from "./scene.ts"
import { AFTER, BEFORE, rekeyed, REKEYS } from "./trees.ts"

const paths = rekeyed.paths as { readonly party: string; readonly branch: string; readonly path: string }[]
const pathOf = (who: string): string => paths.find(({ party }) => party === who)?.path ?? "0x"
const rekeyCase = (name: string, rekeys: Uint8Array, who = "callee", more: object = {}): Refused => ({
  name: `re-key: ${name}`,
  what: "rekey",
  code: "keys.rekey",
  rekeys: toHex(rekeys),
  path: pathOf(who),
  branch: "call",
  before: BEFORE.announcement.generation,
  announcement: toHex(AFTER.announcement.bytes),
  ...more,
})
const both = fieldsOf(REKEYS) as Uint8Array[]
/** Re-keys that their agent did announce, damaged by itself. */
function lying(name: string, change: (rekey: Fields) => void, who = "callee"): Refused {
  const rekey = fieldsOf(both[0] as Uint8Array)
  change(rekey)
  const rekeys = encodeCbor([encodeCbor(rekey), both[1]])
  const { generation, t0, previous } = AFTER.announcement
  const tree = sha256(concatBytes(utf8ToBytes("wek1 tree"), rekeys))
  const { announcement } = make("trees", AFTER.secrets, { generation, t0, previous, tree })
  return rekeyCase(name, rekeys, who, { announcement: toHex(announcement.bytes) })
}
const parts = (rekey: Fields): [number, Uint8Array][] => rekey[4] as [number, Uint8Array][]
export const rekeys: Refused[] = [
  rekeyCase("a byte is another than was announced", flipped(REKEYS, -1)),
  rekeyCase("its announcement has none", REKEYS, "callee", { announcement: toHex(BEFORE.announcement.bytes) }),
  rekeyCase("for one that is removed", REKEYS, "second callee"),
  rekeyCase("from a generation that is not held", REKEYS, "callee", { before: BEFORE.announcement.generation - 1 }),
  lying("a box is changed", (f) => parts(f).forEach((part) => void (part[1] = flipped(part[1], 0)))),
  lying("a part is missing", (f) => void (f[4] = []), "callee"),
  lying("of another generation", (f) => void (f[2] = (f[2] as number) + 1)),
  lying("parts do not ascend", (f) => parts(f).sort(([a], [b]) => b - a)),
  lying("an odd leaf", (f) => void (f[3] = [5])),
]
