import { WebSocket } from "ws"
import { E2eeError } from "../../core/errors.ts"
import { CODE } from "../../router/messages.ts"
import { SERIALIZERS, type Serializer, type SerializerName } from "../../core/wire/serializers.ts"
import { look, type Seen } from "./finding.ts"
import type { RouterAnswer, RouterSight, RouterSights } from "./judge-router.ts"

/** What a router may send before it is believed to be none. */
const BOUNDS = { depth: 32, items: 10_000 }
const MAX_BYTES = 1_048_576

const HELLO = { roles: { caller: {}, callee: {}, publisher: {}, subscriber: {} } }

/** Opens one session for each serialisation, and leaves it as soon as the router has answered. */
export async function askRouter(url: string, realm: string, timeoutMs: number): Promise<RouterSights> {
  const ask = async (serializer: Serializer): Promise<[SerializerName, Seen<RouterSight>]> => {
    const what = `the router (${serializer.name})`
    const asked = new AbortController()
    const seen = await look(what, "session.connection", timeoutMs, () => open(url, realm, serializer, asked.signal))
    asked.abort()
    return [serializer.name, seen]
  }
  return new Map(await Promise.all(Object.values(SERIALIZERS).map(ask)))
}

function open(url: string, realm: string, serializer: Serializer, until: AbortSignal): Promise<RouterSight> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, [serializer.subprotocol], { maxPayload: MAX_BYTES })
    let time: number | undefined
    const answer = (given: RouterAnswer): void => {
      resolve({ answer: given, ...(time === undefined ? {} : { time }) })
      socket.terminate()
    }
    const date = (headers: { readonly date?: string | undefined }): void => {
      const parsed = Date.parse(headers.date ?? "")
      if (!Number.isNaN(parsed)) time = parsed
    }
    until.addEventListener("abort", () => socket.terminate(), { once: true })
    socket.on("upgrade", ({ headers }) => date(headers))
    // An HTTP server is there that wants no such WebSocket.
    socket.on("unexpected-response", (_request, { headers }) => {
      date(headers)
      answer({ kind: "unspoken" })
    })
    socket.on("open", () => socket.send(serializer.encode([CODE.HELLO, realm, HELLO]), { binary: serializer.binary }))
    socket.on("message", (bytes: Buffer) => {
      const given = answerIn(bytes, serializer)
      if (given !== undefined) answer(given)
      else reject(new E2eeError("session.connection", "what answers there is no WAMP router"))
      socket.terminate()
    })
    socket.on("error", (cause: Error & { code?: string }) => {
      // Faults of the socket have a system's code; what ws itself objects to is the answer to our subprotocol.
      if (cause.code === undefined || cause.code.startsWith("WS_")) return answer({ kind: "unspoken" })
      reject(new E2eeError("session.connection", `the router cannot be reached (${cause.code})`, { cause }))
    })
    socket.on("close", () => reject(new E2eeError("session.connection", "the router hung up without an answer")))
  })
}

function answerIn(bytes: Buffer, serializer: Serializer): RouterAnswer | undefined {
  let message: unknown
  try {
    message = serializer.decode(bytes, BOUNDS)
  } catch {
    return undefined
  }
  if (!Array.isArray(message)) return undefined
  const [code, first, second] = message as unknown[]
  if (code === CODE.WELCOME) return { kind: "welcome", details: second }
  if (code === CODE.ABORT) return { kind: "abort", reason: String(second) }
  if (code === CODE.CHALLENGE) return { kind: "challenge", method: String(first) }
  return undefined
}
