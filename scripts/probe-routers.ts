// What each router does, as a table: the embedded one, and those of NEXUS, CROSSBAR and FOX_WAMP (.ci/routers.sh).
import { probe } from "../test/routers/probe.ts"
import { ROUTERS } from "../test/routers/routers.ts"
import { tableOf } from "../test/routers/table.ts"

const probed = []
for (const { name, open } of ROUTERS) {
  const { url, close } = await open()
  const { features, facts } = await probe(url)
  await close()
  probed.push({ name, facts })
  console.log(`${name}\n  broker: ${features.broker.join(", ")}\n  dealer: ${features.dealer.join(", ")}`)
}
console.log(`\n${tableOf(probed)}`)
