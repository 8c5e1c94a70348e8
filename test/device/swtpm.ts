import type { ChildProcess } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { isSwtpmInstalled, openSwtpm, startSwtpm, swtpmEnded } from "../../scripts/swtpm.ts"
import type { Tpm } from "../../src/device/tpm.ts"

/** A simulated TPM of its own: Debian's swtpm on a unix socket, with a state of its own. */
export interface Simulator {
  /** Of the socket. */
  readonly path: string
  readonly tpm: Tpm
  /** Turns the machine off and on: registers start anew, the reset counter grows, keys and seeds stay. */
  restart(how?: "orderly" | "by the plug"): Promise<void>
  close(): Promise<void>
}

const installed = isSwtpmInstalled()

if (!installed && process.env["SWTPM_REQUIRED"] === "1")
  throw new Error("swtpm is not installed, and SWTPM_REQUIRED=1: run .ci/swtpm.sh, or apt-get install swtpm")

let said = false

/** A suite that talks to a simulator. Without swtpm it is not there, and says so; with SWTPM_REQUIRED=1 that fails. */
export function describeLive(title: string, suite: (this: Mocha.Suite) => void): void {
  if (installed) {
    describe(title, suite)
    return
  }
  if (!said)
    process.stderr.write("!! TESTS AGAINST A TPM ARE LEFT OUT: swtpm is not installed (apt-get install swtpm)\n")
  said = true
}

export async function startSimulator(): Promise<Simulator> {
  const folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-swtpm-"))
  const path = join(folder, "tpm.sock")
  let running = await start(folder, path)
  const stop = async (): Promise<void> => {
    await running.tpm.close()
    await swtpmEnded(running.child)
  }
  return {
    path,
    get tpm() {
      return running.tpm
    },
    restart: async (how = "orderly") => {
      if (how === "orderly") await running.tpm.send({ name: "Shutdown", code: 0x145, parameters: new Uint8Array(2) })
      await stop()
      running = await start(folder, path)
    },
    close: async () => {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A TPM at a path to which whoever likes connects, one after the other. */
export async function startDevice(): Promise<{ readonly path: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "wamp-e2ee-swtpm-"))
  const path = join(folder, "tpm.sock")
  const child = await startSwtpm(folder, path)
  return {
    path,
    close: async () => {
      child.kill("SIGTERM")
      await swtpmEnded(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function start(folder: string, path: string): Promise<{ child: ChildProcess; tpm: Tpm }> {
  const child = await startSwtpm(folder, path, ["--terminate"])
  return { child, tpm: await openSwtpm(path) }
}
