import { ProtocolViolation } from "./messages.ts"
import type { Dict } from "./messages.ts"
import type { Peer, Role } from "./peer.ts"

const ATTRIBUTES = ["ppt_scheme", "ppt_serializer", "ppt_cipher", "ppt_keyid"] as const
const FEATURE = "payload_passthru_mode"

/**
 * The passthru attributes of a message, to be forwarded as they are; empty when the mode is not in use, which is told
 * by an absent or empty ppt_scheme. Values are not judged ("a Router shall not inspect and analyze the ppt_ options"),
 * only their type. A sender that did not announce the mode breaks the protocol; the chapter says so of CALL, PUBLISH
 * and YIELD, and here it holds for a callee's ERROR too.
 */
export function passthru(sender: Peer, role: Role, options: Dict): Dict {
  const attributes: Record<string, string> = {}
  for (const name of ATTRIBUTES) {
    const value = options[name]
    if (value === undefined) continue
    if (typeof value !== "string") throw new ProtocolViolation(`${name} is no string`)
    attributes[name] = value
  }
  if (!attributes["ppt_scheme"]) return {}
  if (!sender.announced(role, FEATURE)) throw new ProtocolViolation(`${FEATURE} was used but not announced as ${role}`)
  return attributes
}

/** Whether a message with these attributes may go to the receiver. */
export function mayReceive(receiver: Peer, role: Role, attributes: Dict): boolean {
  return attributes["ppt_scheme"] === undefined || receiver.announced(role, FEATURE)
}
