import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { existsSync } from "node:fs"
import { rm } from "node:fs/promises"
import { isE2eeError } from "../src/core/errors.ts"
import { Tpm } from "../src/device/tpm.ts"

/** A TPM 2.0 in software, on a unix socket: the program `swtpm`, of Debian's package of that name (0.4 MB). */
export function isSwtpmInstalled(): boolean {
  return spawnSync("swtpm", ["--version"]).status === 0
}

/** Starts it, with its state in `folder`; resolves once there is a socket at `path`. */
export async function startSwtpm(folder: string, path: string, more: readonly string[] = []): Promise<ChildProcess> {
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
      await swtpmEnded(child)
      throw new Error(`swtpm does not listen: ${complaint}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return child
}

/** Its socket is there a moment before anybody listens. */
export async function openSwtpm(path: string): Promise<Tpm> {
  const deadline = Date.now() + 20_000
  for (;;) {
    try {
      return await Tpm.open(path)
    } catch (error) {
      if (!isE2eeError(error, "device.missing") || Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

/** With --terminate it ends when its connection does; if not, by its process id. */
export async function swtpmEnded(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise<void>((resolve) => child.once("exit", () => resolve()))
  const timer = setTimeout(() => child.kill("SIGKILL"), 2_000)
  await exit
  clearTimeout(timer)
}
