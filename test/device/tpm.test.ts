import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer, type Server, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as fc from "fast-check"
import { sized16, u16, u32 } from "../../src/core/byte-writer.ts"
import { concatBytes } from "../../src/core/bytes.ts"
import { endorsementCertificate } from "../../src/device/endorsement.ts"
import { createPrimary } from "../../src/device/keys.ts"
import { quote } from "../../src/device/quote.ts"
import { describeTpm, readClock, readRegisters } from "../../src/device/registers.ts"
import { attestationTemplate } from "../../src/device/templates.ts"
import { Tpm, TpmRefusal } from "../../src/device/tpm.ts"
import type { Transport } from "../../src/device/transport.ts"
import { onlyRefuses, rejects } from "../arbitrary.ts"

/** A response without sessions. */
const response = (code: number, body: Uint8Array = new Uint8Array()): Uint8Array =>
  concatBytes(u16(0x8001), u32(10 + body.length), u32(code), body)

/** Answers in turn, the last answer for ever. */
function scripted(...answers: readonly Uint8Array[]): Transport & { readonly asked: Uint8Array[] } {
  const asked: Uint8Array[] = []
  return {
    asked,
    exchange: async (command) => {
      asked.push(command)
      return answers[Math.min(asked.length, answers.length) - 1] as Uint8Array
    },
    close: async () => undefined,
  }
}

const shutdown = { name: "Shutdown", code: 0x145, parameters: u16(0) }

describe("device: commands", () => {
  it("sends a command again for as long as the TPM says to", async () => {
    for (const code of [0x922, 0x90a, 0x908]) {
      const transport = scripted(response(code), response(code), response(0))
      await new Tpm(transport).send(shutdown)
      assert.equal(transport.asked.length, 3)
      assert.deepEqual(transport.asked[2], transport.asked[0])
    }
  })

  it("gives up sending again when the time of the command is over", async () => {
    const transport = scripted(response(0x922))
    const began = performance.now()
    const refused = await rejects(new Tpm(transport, { timeoutMs: 100 }).send(shutdown), "device.refused")
    assert.ok(performance.now() - began < 2_000)
    assert.ok(transport.asked.length > 2 && transport.asked.length < 20)
    assert.match(refused.message, /Shutdown: 0x922 TPM_RC_RETRY/)
  })

  it("sends no other refused command again, and names the code", async () => {
    for (const [code, said] of [
      [0x101, /TPM_RC_FAILURE/],
      [0x921, /TPM_RC_LOCKOUT/],
      [0x18b, /TPM_RC_HANDLE: .*\(handle 1\)/],
      [0x1df, /TPM_RC_INTEGRITY.*\(parameter 1\)/],
      [0x9a2, /TPM_RC_BAD_AUTH.*\(session 1\)/],
    ] as const) {
      const transport = scripted(response(code))
      const refused = await rejects(new Tpm(transport).send(shutdown), "device.refused")
      assert.ok(refused instanceof TpmRefusal && refused.responseCode === code)
      assert.match(refused.message, said)
      assert.equal(transport.asked.length, 1)
    }
  })

  it("sends one command at a time, in order", async () => {
    let open = 0
    const order: number[] = []
    const tpm = new Tpm({
      exchange: async (command) => {
        assert.equal(++open, 1)
        await new Promise((resolve) => setTimeout(resolve, 5))
        order.push(command.at(-1) ?? -1)
        open--
        return response(0)
      },
      close: async () => undefined,
    })
    await Promise.all([1, 2, 3, 4].map((n) => tpm.send({ ...shutdown, parameters: u16(n) })))
    assert.deepEqual(order, [1, 2, 3, 4])
  })

  it("refuses answers that are not of their form", async () => {
    const key = { handle: 1 } as Parameters<typeof quote>[1]
    for (const answer of [
      new Uint8Array(),
      response(0).slice(0, 9),
      concatBytes(response(0), Uint8Array.of(0)),
      concatBytes(u16(0x8003), u32(10), u32(0)),
      concatBytes(u16(0x8002), u32(10), u32(0)),
      response(0, u32(7)),
    ]) {
      const tpm = new Tpm(scripted(answer))
      await rejects(readClock(tpm), "device.bad_answer")
      await rejects(quote(tpm, key, { bank: 11, mask: 1 }, new Uint8Array(34)), "device.bad_answer")
    }
  })

  it("has only coded errors for what a TPM may answer", async () => {
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 40 }).map((b) => sized16(b)),
    )
    await fc.assert(
      fc.asyncProperty(bodies, fc.boolean(), async (body, sessions) => {
        const answer = concatBytes(u16(sessions ? 0x8002 : 0x8001), u32(10 + body.length), u32(0), body)
        const tpm = new Tpm(scripted(answer))
        for (const work of [
          () => createPrimary(tpm, attestationTemplate("test")),
          () => describeTpm(tpm),
          () => readRegisters(tpm, { bank: 11, mask: 0xff }),
          () => endorsementCertificate(tpm, "L-2"),
        ]) {
          const failure: unknown = await work().then(
            () => undefined,
            (error: unknown) => error,
          )
          if (failure !== undefined)
            onlyRefuses(() => {
              throw failure
            }, /^(device\.(bad_answer|refused)|attestation\.(malformed|too_large))$/)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe("device: ways to a TPM", () => {
  let folder: string
  before(async () => (folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-tpm-"))))
  after(() => rm(folder, { recursive: true, force: true }))

  /** A server on a socket of its own, to which `speak` answers. */
  async function serving(name: string, speak: (socket: Socket, command: Buffer) => void) {
    const sockets: Socket[] = []
    const path = join(folder, name)
    const server: Server = createServer((socket) => {
      sockets.push(socket)
      socket.on("error", () => undefined).on("data", (command: Buffer) => speak(socket, command))
    })
    await new Promise<void>((resolve) => server.listen(path, resolve))
    const close = async (): Promise<void> => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    }
    return { path, close }
  }

  it("refuses a path with nothing or a file", async () => {
    await rejects(Tpm.open(join(folder, "nothing")), "device.missing")
    const file = join(folder, "file")
    await writeFile(file, "no TPM")
    assert.match((await rejects(Tpm.open(file), "device.missing")).message, /expected a device such as \/dev\/tpmrm0/)
  })

  it("puts an answer together that comes in pieces", async () => {
    const { path, close } = await serving("pieces", (socket) => {
      const answer = response(0)
      socket.setNoDelay(true)
      socket.write(answer.subarray(0, 3))
      setTimeout(() => socket.write(answer.subarray(3)), 20)
    })
    const tpm = await Tpm.open(path)
    await tpm.send(shutdown)
    await tpm.send(shutdown)
    await tpm.close()
    await rejects(tpm.send(shutdown), "device.io")
    await tpm.close()
    await close()
  })

  for (const [name, speak, said] of [
    ["silent", () => undefined, /no answer within 100 ms/],
    ["gone", (socket: Socket) => socket.destroy(), /closed the connection/],
    ["endless", (socket: Socket) => socket.write(new Uint8Array(5_000)), /over 4096 bytes/],
    [
      "boastful",
      (socket: Socket) => socket.write(concatBytes(u16(0x8001), u32(5_000), u32(0))),
      /answer of 5000 bytes/,
    ],
  ] as const) {
    it(`stays closed behind a TPM that is ${name}`, async () => {
      const { path, close } = await serving(name, speak)
      const tpm = await Tpm.open(path, { timeoutMs: 100 })
      assert.match((await rejects(tpm.send(shutdown), "device.io")).message, said)
      await rejects(tpm.send(shutdown), "device.io")
      await tpm.close()
      await close()
    })
  }

  it("takes no bytes that came unasked for an answer", async () => {
    const { path, close } = await serving("talkative", (socket) => socket.write(concatBytes(response(0), response(0))))
    const tpm = await Tpm.open(path)
    await tpm.send(shutdown)
    assert.match((await rejects(tpm.send(shutdown), "device.io")).message, /nobody asked for/)
    await tpm.close()
    await close()
  })

  it("writes and reads a device as Linux's driver has it", async function () {
    // A pipe that is open for both gives back what was written: the command's code comes as a response code.
    const path = join(folder, "pipe")
    if (spawnSync("mkfifo", [path]).status !== 0) assert.fail("mkfifo is missing")
    const tpm = await Tpm.open(path)
    const refused = await rejects(tpm.send({ ...shutdown, code: 0x101 }), "device.refused")
    assert.match(refused.message, /Shutdown: 0x101 TPM_RC_FAILURE/)
    await tpm.close()
    await rejects(tpm.send(shutdown), "device.io")
  })
})
