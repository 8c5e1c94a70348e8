import { open, stat, type FileHandle } from "node:fs/promises"
import { connect, type Socket } from "node:net"
import { E2eeError } from "../core/errors.ts"

/** A way to a TPM: one command goes in, one response comes out. Asked for one exchange at a time. */
export interface Transport {
  /** Throws `device.io`; after that the transport is closed. */
  exchange(command: Uint8Array, timeoutMs: number): Promise<Uint8Array>
  close(): Promise<void>
}

/** TPM2_PT_MAX_RESPONSE_SIZE of every TPM that is known; also the buffer of Linux's driver. */
const MOST_RESPONSE = 4_096
/** tag (2) || size (4) || response code (4): Part 1, 18.8. */
const HEADER = 10

/** A TPM at a path: the device `/dev/tpmrm0`, or the unix socket of a simulator. Throws `device.missing`. */
export async function openTransport(path: string): Promise<Transport> {
  try {
    const status = await stat(path)
    if (status.isSocket()) return new SocketTransport(path, await connected(path))
    if (status.isCharacterDevice() || status.isFIFO()) return new FileTransport(path, await open(path, "r+"))
  } catch (cause) {
    throw new E2eeError("device.missing", `there is no TPM at ${path}: ${reason(cause)}`, { cause })
  }
  throw new E2eeError("device.missing", `${path} is no TPM; expected a device such as /dev/tpmrm0, or a unix socket`)
}

function connected(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    socket.once("error", reject)
    socket.once("connect", () => {
      socket.off("error", reject)
      resolve(socket)
    })
  })
}

/** A stream: a response ends where its header says. */
class SocketTransport implements Transport {
  readonly #path: string
  readonly #socket: Socket
  #received: Buffer = Buffer.alloc(0)
  #broken: E2eeError | undefined
  #wake: () => void = () => undefined

  constructor(path: string, socket: Socket) {
    this.#path = path
    this.#socket = socket
    socket.on("data", (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk])
      if (this.#received.length > MOST_RESPONSE) this.#break(`answers with over ${MOST_RESPONSE} bytes`)
      this.#wake()
    })
    socket.on("error", (cause) => this.#break(reason(cause)))
    socket.on("close", () => this.#break("closed the connection"))
  }

  async exchange(command: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    if (this.#broken !== undefined) throw this.#broken
    // Bytes that nobody asked for would be taken for the next answer.
    if (this.#received.length > 0) this.#break("sent bytes that nobody asked for")
    const timer = setTimeout(() => this.#break(`gave no answer within ${timeoutMs} ms`), timeoutMs)
    try {
      this.#socket.write(command)
      for (;;) {
        if (this.#broken !== undefined) throw this.#broken
        const length = this.#received.length < HEADER ? Infinity : Math.max(HEADER, this.#received.readUInt32BE(2))
        if (length > MOST_RESPONSE && length !== Infinity) this.#break(`announces an answer of ${length} bytes`)
        else if (this.#received.length >= length) return this.#taken(length)
        else await new Promise<void>((resolve) => (this.#wake = resolve))
      }
    } finally {
      clearTimeout(timer)
    }
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#socket.once("close", () => resolve()))
    if (this.#socket.closed) return
    this.#broken ??= closedError(this.#path)
    this.#socket.destroy()
    await closed
  }

  #taken(length: number): Uint8Array {
    const response = Uint8Array.from(this.#received.subarray(0, length))
    this.#received = this.#received.subarray(length)
    return response
  }

  #break(why: string): void {
    this.#broken ??= new E2eeError("device.io", `the TPM at ${this.#path} ${why}`)
    this.#socket.destroy()
    this.#wake()
  }
}

/** Linux's driver: a write takes the whole command and returns when it is done; one read takes the whole response. */
class FileTransport implements Transport {
  readonly #path: string
  readonly #file: FileHandle
  #broken: E2eeError | undefined
  #running: Promise<unknown> = Promise.resolve()

  constructor(path: string, file: FileHandle) {
    this.#path = path
    this.#file = file
  }

  async exchange(command: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    if (this.#broken !== undefined) throw this.#broken
    const running = this.#through(command)
    this.#running = running.catch(() => undefined)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`gave no answer within ${timeoutMs} ms`)), timeoutMs)
    })
    try {
      return await Promise.race([running, late])
    } catch (cause) {
      // The command may still be on its way: its answer must not be taken for the next one's.
      this.#broken = new E2eeError("device.io", `the TPM at ${this.#path} ${reason(cause)}`, { cause })
      void this.#running.then(() => this.#file.close()).catch(() => undefined)
      throw this.#broken
    } finally {
      clearTimeout(timer)
    }
  }

  async close(): Promise<void> {
    if (this.#broken !== undefined) return
    this.#broken = closedError(this.#path)
    await this.#running
    await this.#file.close()
  }

  async #through(command: Uint8Array): Promise<Uint8Array> {
    const { bytesWritten } = await this.#file.write(command, 0, command.length, null)
    if (bytesWritten !== command.length) throw new Error(`took ${bytesWritten} of ${command.length} bytes`)
    const into = new Uint8Array(MOST_RESPONSE)
    const { bytesRead } = await this.#file.read(into, 0, into.length, null)
    return into.slice(0, bytesRead)
  }
}

function closedError(path: string): E2eeError {
  return new E2eeError("device.io", `the TPM at ${path} is closed; open it again`)
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is nothing",
  EACCES: "permission is missing; the user has to be in the group of the device, as a rule tss",
  EPERM: "permission is missing; the user has to be in the group of the device, as a rule tss",
  EBUSY: "it is in use; take the resource manager /dev/tpmrm0 rather than /dev/tpm0",
  ECONNREFUSED: "nobody listens",
}

function reason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined
  return (code !== undefined && REASONS[code]) || (error instanceof Error ? error.message : String(error))
}
