import { ByteReader } from "../core/byte-reader.ts"
import { sized16, sized32, u16, u32, u8 } from "../core/byte-writer.ts"
import { concatBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { AGAIN, responseText } from "./response-code.ts"
import { openTransport, type Transport } from "./transport.ts"

/** TPM_ST of commands and responses without and with sessions (Part 2, 6.9). */
const PLAIN = 0x8001
const SESSIONS = 0x8002
/** TPM_RS_PW: authorisation by a password, here the empty one. */
export const PASSWORD = 0x40000009

/** A command (Part 3) in the parts that Part 1, 18 puts together. */
export interface TpmCommand {
  readonly name: string
  /** TPM_CC. */
  readonly code: number
  readonly handles?: readonly number[]
  /** One session for each handle that wants authorisation: {@link PASSWORD}, or the handle of a policy session. */
  readonly sessions?: readonly number[]
  readonly parameters?: Uint8Array
  /** Whether a handle stands in the response. */
  readonly givesHandle?: boolean
}

export interface TpmAnswer {
  /** 0 where none was asked for. */
  readonly handle: number
  /** At the first parameter. */
  readonly parameters: ByteReader
}

/** The TPM refused: `responseCode` is its TPM_RC. */
export class TpmRefusal extends E2eeError {
  override readonly name = "TpmRefusal"
  readonly responseCode: number

  constructor(command: string, responseCode: number) {
    super("device.refused", `the TPM refused ${command}: ${responseText(responseCode)}`)
    this.responseCode = responseCode
  }
}

export interface TpmOptions {
  /** For one command, retries included. Making an RSA key may take a TPM a minute. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 120_000
/** Waits before the command is sent again grow from the first to the last of these, in milliseconds. */
const FIRST_WAIT = 5
const LAST_WAIT = 500

/** A TPM 2.0. Commands are sent one at a time, in the order in which they were asked for. */
export class Tpm {
  readonly #transport: Transport
  readonly #timeoutMs: number
  #last: Promise<unknown> = Promise.resolve()

  constructor(transport: Transport, { timeoutMs = TIMEOUT_MS }: TpmOptions = {}) {
    this.#transport = transport
    this.#timeoutMs = timeoutMs
  }

  /** `/dev/tpmrm0`, or the unix socket of a simulator. Throws `device.missing`. */
  static async open(path: string, options: TpmOptions = {}): Promise<Tpm> {
    return new Tpm(await openTransport(path), options)
  }

  /** Throws {@link TpmRefusal} (`device.refused`), `device.io`, `device.bad_answer`. */
  async send(command: TpmCommand): Promise<TpmAnswer> {
    const answer = this.#last.then(() => this.#exchange(command))
    this.#last = answer.catch(() => undefined)
    return answer
  }

  /** Waits for the command under way. */
  async close(): Promise<void> {
    await this.#last
    await this.#transport.close()
  }

  async #exchange(command: TpmCommand): Promise<TpmAnswer> {
    const bytes = encode(command)
    const end = Date.now() + this.#timeoutMs
    for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LAST_WAIT)) {
      const left = Math.max(1, end - Date.now())
      const { code, reader, tag } = headerOf(command, await this.#transport.exchange(bytes, left))
      if (code === 0) return answerOf(command, tag, reader)
      if (!AGAIN.has(code) || Date.now() + wait >= end) throw new TpmRefusal(command.name, code)
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

function encode({ code, handles = [], sessions = [], parameters = new Uint8Array() }: TpmCommand): Uint8Array {
  const area = sessions.map((session) =>
    // nonce: none; continueSession: a policy session stays open until it is flushed; no password
    concatBytes(u32(session), sized16(), u8(session === PASSWORD ? 0 : 1), sized16()),
  )
  const body = [...handles.map(u32), ...(area.length === 0 ? [] : [sized32(...area)]), parameters]
  const length = body.reduce((sum, part) => sum + part.length, 10)
  return concatBytes(u16(area.length === 0 ? PLAIN : SESSIONS), u32(length), u32(code), ...body)
}

function badAnswer(command: TpmCommand): (reason: string) => E2eeError {
  return (reason) =>
    new E2eeError("device.bad_answer", `the TPM's answer to ${command.name} is not of its form: ${reason}`)
}

function headerOf(command: TpmCommand, response: Uint8Array): { tag: number; code: number; reader: ByteReader } {
  const reader = new ByteReader(response, badAnswer(command))
  const [tag, size, code] = [reader.u16(), reader.u32(), reader.u32()]
  if (tag !== PLAIN && tag !== SESSIONS)
    throw reader.fail(`its tag is 0x${tag.toString(16)}; expected 0x8001 or 0x8002`)
  if (size !== response.length) throw reader.fail(`it states ${size} bytes and has ${response.length}`)
  return { tag, code, reader }
}

function answerOf(command: TpmCommand, tag: number, reader: ByteReader): TpmAnswer {
  const { sessions = [], givesHandle = false } = command
  if ((tag === SESSIONS) !== sessions.length > 0) throw reader.fail(`its tag is 0x${tag.toString(16)}`)
  const handle = givesHandle ? reader.u32() : 0
  if (sessions.length === 0) return { handle, parameters: reader }
  const parameters = reader.sized32(reader.left)
  for (const _session of sessions) {
    reader.sized16(64) // nonce
    reader.u8() // attributes
    reader.sized16(64) // HMAC: neither passwords nor these policies have one
  }
  reader.end()
  return { handle, parameters: new ByteReader(parameters, badAnswer(command)) }
}
