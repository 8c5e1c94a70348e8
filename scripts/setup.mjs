// Installs what the other commands need, from the lock file, when node_modules is absent or older than the lock.
// Runs before `npm start` and `npm test` on whatever Node the machine has, so it uses nothing but Node itself.
import { spawnSync } from "node:child_process"
import { existsSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const installed = join(root, "node_modules", ".package-lock.json")
const lock = join(root, "package-lock.json")
const upToDate = existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs
const built = existsSync(join(root, "dist", "index.js"))

/** Progress goes to standard error, so that `npm start -- --json` keeps standard output to itself. */
function run(what, command, args) {
  const started = Date.now()
  process.stderr.write(`setup: ${what} …\n`)
  const result = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" })
  if (result.status !== 0) {
    const why = result.error ? result.error.message : `exit code ${result.status ?? result.signal}`
    process.stderr.write(`setup: ${what} failed (${why}). Command: ${command} ${args.join(" ")}\n`)
    process.exit(1)
  }
  process.stderr.write(`setup: ${what}: done in ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
}

if (!upToDate) {
  // Hardhat 3 needs Node >= 22, and npm under an older Node leaves out Hardhat's native part.
  const old = Number(process.versions.node.split(".")[0]) < 22
  if (old) run("installing packages with Node 24", "npx", ["-y", "-p", "node@24", "npm", "ci"])
  else run("installing packages", "npm", ["ci"])
} else if (!built) {
  run("building the library", "npm", ["run", "build"])
}
