// What endpoints really do through each router, message by message: `npm run matrix`, or one of the options below.
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { ROUTER_NAMES, ROUTERS, type RouterName } from "../test/routers/routers.ts"
import { cellsOf } from "./matrix/cells.ts"
import { limitIn } from "./matrix/limits.ts"
import { tableOf, write } from "./matrix/page.ts"
import { missing, PARTS, run, type Measured, type Part } from "./matrix/run.ts"

const HELP = `usage: npm run matrix [-- options]

Lets two endpoints talk through each router, over each client and serialiser, and prints what became of each kind of
message. Installs nexus, Crossbar.io and fox-wamp into cache/routers and starts them for it: minutes the first time.
Exits with 1 when a cell failed that no limit explains, or a router was not to be had.

  --json          the cells as one JSON list, alone
  --mixed         with --json: the cells whose two sides differ instead
  --write         also into docs/routers.md; needs all routers
  --router NAME   ${ROUTER_NAMES.join(", ")}; may be given again
  --here          start no router: those of NEXUS, CROSSBAR and FOX_WAMP are there
  --help          this text`

const TITLES: Readonly<Record<Part, string>> = {
  matrix: "Both sides alike",
  mixed: "Sides that differ",
  beside: "Beside the matrix",
}

const args = process.argv.slice(2)
const options = read(args)
if (typeof options === "string") {
  console.error(`${options}\n\n${HELP}`)
  process.exitCode = 2
} else if (options.help) console.log(HELP)
else if (!options.here && options.names.some((name) => name !== "embedded")) process.exitCode = besideRouters(args)
else {
  process.exitCode = await measured(options)
  // A client that never got in goes on trying.
  setTimeout(() => process.exit(), 1_000).unref()
}

interface Options {
  readonly names: readonly RouterName[]
  readonly json?: boolean
  readonly mixed?: boolean
  readonly write?: boolean
  readonly here?: boolean
  readonly help?: boolean
}

/** The options, or what is wrong with them. */
function read(args: string[]): Options | string {
  const flag = { type: "boolean" } as const
  const known = { json: flag, mixed: flag, write: flag, here: flag, help: flag } as const
  try {
    const { values } = parseArgs({ args, options: { ...known, router: { type: "string", multiple: true } } })
    const unknown = values.router?.find((name) => !ROUTER_NAMES.some((one) => one === name))
    if (unknown !== undefined) return `no router is named ${unknown}`
    if (values.write && values.router) return "--write needs all routers; leave out --router"
    if (values.mixed && !values.json) return "--mixed goes with --json; without it all is printed"
    return { ...values, names: ROUTER_NAMES.filter((name) => values.router?.includes(name) ?? true) }
  } catch (error) {
    return (error as Error).message
  }
}

/** Measures, prints, writes; the exit code. */
async function measured({ names, json, mixed, write: isWritten }: Options): Promise<number> {
  const part: Part | undefined = json ? (mixed ? "mixed" : "matrix") : undefined
  const all: Measured[] = []
  for (const name of names) {
    const router = ROUTERS.find((one) => one.name === name)
    if (router === undefined) console.error(`!! ${name} IS NOT TO BE HAD: nothing was measured there`)
    const parts = part === undefined || isWritten ? PARTS : [part]
    all.push(router === undefined ? missing(name, parts) : await run(router, parts, progress))
  }
  progress("")
  const cells = all.flatMap(({ matrix, mixed: others }) => [...matrix, ...others]).flatMap(cellsOf)
  const failures = cells.filter((cell) => !cell.ok && limitIn(cell) === undefined)
  if (part === undefined) print(all)
  else console.log(JSON.stringify(all.flatMap((one) => one[part].flatMap(cellsOf))))
  for (const { router, client, serializer, to, message, reason } of failures) {
    const over = to === undefined ? "" : ` to ${to.client} ${to.serializer}`
    console.error(`FAILED ${router}: ${client} ${serializer}${over}: ${message}: ${String(reason)}`)
  }
  if (failures.length > 0) return 1
  if (isWritten) write(all)
  return 0
}

/** Once more, with the routers there. */
function besideRouters(args: readonly string[]): number {
  progress("installing and starting nexus, Crossbar.io and fox-wamp …")
  const root = fileURLToPath(new URL("../", import.meta.url))
  const again = [process.execPath, `${root}scripts/matrix.ts`, ...args, "--here"]
  const { status } = spawnSync("bash", [`${root}.ci/routers.sh`, `${root}cache/routers`, ...again], {
    stdio: "inherit",
  })
  return status ?? 1
}

function print(all: readonly Measured[]): void {
  for (const part of PARTS) {
    // On a terminal the name of a limit is enough; where it is explained is said once.
    console.log(`${TITLES[part]}:\n\n${tableOf(part, all, (cell) => cell.replace(/^\[(.*)\]\(.*\)$/, "$1"))}\n`)
    if (part === "beside") continue
    const outcomes = all.flatMap((one) => one[part].flatMap((passed) => Object.values(passed.outcomes)))
    const [ok, limited] = [outcomes.filter(({ ok }) => ok), outcomes.filter((one) => limitIn(one) !== undefined)]
    const failed = outcomes.length - ok.length - limited.length
    console.log(`${outcomes.length} cells: ${ok.length} ok, ${limited.length} limits of routers, ${failed} failed`)
    for (const reason of new Set(limited.map((one) => one.reason))) console.log(`  ${reason}`)
    console.log()
  }
}

function progress(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${what}`)
}
