// What each operation of the registries costs as a whole transaction, beside targets and other registries, all on one
// in-process chain. `--json`: ours alone, as one object; `--write`: also into docs/contracts.md. Fails when a target is missed.
import { readFileSync, writeFileSync } from "node:fs"
import { measureEas } from "../bench/gas/eas.ts"
import { measureErc1056 } from "../bench/gas/erc-1056.ts"
import { OPERATION_NAMES, targetOf } from "../bench/gas/operations.ts"
import { measureOurs } from "../bench/gas/ours.ts"
import { installPeers } from "../bench/gas/peers.ts"
import { missedBy, tableOf } from "../bench/gas/table.ts"
import { deploy } from "../test/contracts/fixture.ts"

const PAGE = new URL("../docs/contracts.md", import.meta.url)
const TABLE = /(?<=<!-- npm run gas -- --write -->\n\n)[^]*?(?=\n\n<!-- end -->)/

const fixture = await deploy()
const ours = await measureOurs(fixture)

if (process.argv.includes("--json")) {
  const withTarget = OPERATION_NAMES.filter((operation) => targetOf(operation) !== undefined)
  console.log(JSON.stringify(Object.fromEntries(withTarget.map((operation) => [operation, ours[operation]]))))
} else {
  const why = installPeers()
  if (why !== undefined) console.error(`gas: EAS and ERC-1056 are NOT INSTALLED, so not measured: ${why}`)
  const peers = why === undefined ? [await measureEas(fixture), await measureErc1056(fixture)] : ["EAS", "ERC-1056"]
  const table = tableOf(ours, peers)
  console.log(table)
  if (process.argv.includes("--write") && why === undefined) {
    writeFileSync(
      PAGE,
      readFileSync(PAGE, "utf8").replace(TABLE, () => table),
    )
  }
}

const missed = missedBy(ours)
for (const line of missed) console.error(`gas: target missed: ${line}`)
if (missed.length > 0) process.exitCode = 1
