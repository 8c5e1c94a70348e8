import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Tpm } from "../../src/device/tpm.ts"

/** A simulated TPM of its own: Debian's swtpm on a unix socket, with a state of its own. */
export interface Simulator {
  /** Of the socket. */
  readonly path: string
  readonly tpm: Tpm
  /** Turns the machine off and on: registers start anew, the reset counter grows, keys and seeds stay. */
  restart(how?: "orderly" | "by the plug"): Promise<void>
  close(): Promise<void>
}

const installed = spawnSync("swtpm", ["--version"]).status === 0

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
    await ended(running.child)
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
  const child = await listening(folder, path, [])
  return {
    path,
    close: async () => {
      child.kill("SIGTERM")
      await ended(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function start(folder: string, path: string): Promise<{ child: ChildProcess; tpm: Tpm }> {
  const child = await listening(folder, path, ["--terminate"])
  return { child, tpm: await Tpm.open(path) }
}

async function listening(folder: string, path: string, more: readonly string[]): Promise<ChildProcess> {
  await rm(path, { force: true })
  const child = spawn(
    "swtpm",
    [
      ["socket", "--tpm2", "--tpmstate", `dir=${folder}`],
      ["--server", `type=unixio,path=${path}`, "--ctrl", `type=unixio,path=${path}.ctrl`],
      ["--flags", "not-need-init,startup-clear", ...more],
    ].flat(),
    { stdio: ["ignore", "ignore", "pipe"] },
  )
  let complaint = ""
  child.stderr?.on("data", (chunk: Buffer) => (complaint += chunk.toString()))
  const deadline = Date.now() + 20_000
  while (!existsSync(path)) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await ended(child)
      throw new Error(`swtpm does not listen: ${complaint}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return child
}

/** With --terminate it ends when its connection does; if not, by its process id. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise<void>((resolve) => child.once("exit", () => resolve()))
  const timer = setTimeout(() => child.kill("SIGKILL"), 2_000)
  await exit
  clearTimeout(timer)
}
