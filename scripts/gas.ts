// What each operation costs as a whole transaction, on an in-process chain, beside the targets we hold ourselves to.
// `--json` prints one object instead; batches of 10 are given per item.
import { account, admit, CAP, createRealm, deploy, enroll, issue, type Fixture } from "../test/contracts/fixture.ts"

const BATCH = 10
const TARGETS: Record<string, number> = {
  "anchor-relayed": 100_000,
  "anchor-batch": 73_000,
  renew: 64_000,
  revoke: 51_000,
  "revoke-batch": 30_000,
  epoch: 51_000,
  "create-realm": 98_000,
  enroll: 100_000,
}
const [relayer, owner, root, ca, controller] = [0, 1, 2, 3, 4].map(account) as [
  ReturnType<typeof account>,
  ReturnType<typeof account>,
  ReturnType<typeof account>,
  ReturnType<typeof account>,
  ReturnType<typeof account>,
]
const salt = `0x${"5a".repeat(32)}` as const

export async function measure(): Promise<Record<string, number>> {
  const fixture = await deploy()
  const gas: Record<string, number> = {}
  const record = (name: string, receipt: { gasUsed: bigint }, items = 1) => {
    gas[name] = Math.ceil(Number(receipt.gasUsed) / items)
  }
  await fixture.test.mine({ blocks: 1_000 })

  record("enroll", await enroll(fixture, ca, controller))
  record("create-realm", (await createRealm(fixture, { owner: root, root, salt, validFrom: 900n })).receipt)
  const { realm, receipt } = await createRealm(fixture, { owner, root, salt, validFrom: 900n })
  record("create-realm, owner apart from root", receipt)
  record("admit, sent by the operator", (await admit(fixture, { realm, root, ca, validFrom: 901n })).receipt)

  // Certificates of machines, issued by an admitted operator: two levels below the root.
  const machines = (from: number) =>
    Promise.all(
      Array.from({ length: BATCH }, (_, i) =>
        issue(fixture, ca, {
          realm,
          subject: account(100 + from + i).address,
          validFrom: 902n,
          capabilities: CAP.provider,
        }),
      ),
    )
  const [machine, later] = [await certify(fixture, realm, 902n), await certify(fixture, realm, 950n)]
  record("anchor-relayed", await fixture.send("realms", relayer, "anchor", [machine.message, machine.signature]))
  record("renew", await fixture.send("realms", relayer, "anchor", [later.message, later.signature]))

  const anchored = await machines(0)
  const batch = [anchored.map(({ message }) => message), anchored.map(({ signature }) => signature)]
  record("anchor-batch", await fixture.send("realms", relayer, "anchorBatch", batch), BATCH)

  const subject = later.message.subject
  record("revoke", await fixture.send("realms", ca, "revoke", [realm, subject, later.digest, 1]))
  const subjects = anchored.map(({ message }) => message.subject)
  const digests = anchored.map(({ digest }) => digest)
  record("revoke-batch", await fixture.send("realms", ca, "revokeBatch", [realm, subjects, digests, 1]), BATCH)
  const unseen = await machines(20)
  const [first] = unseen
  if (first) {
    const args = [realm, first.message.subject, first.digest, 1]
    record("revoke, never anchored", await fixture.send("realms", ca, "revoke", args))
  }
  const rest = unseen.slice(1)
  record(
    "revoke-batch, never anchored",
    await fixture.send("realms", ca, "revokeBatch", [
      realm,
      rest.map(({ message }) => message.subject),
      rest.map(({ digest }) => digest),
      1,
    ]),
    rest.length,
  )
  record("epoch", await fixture.send("realms", root, "setEpoch", [realm, 960]))
  record("epoch of an operator, all realms", await fixture.send("operators", ca, "setEpoch", [ca.address, 960]))
  return gas
}

function certify(fixture: Fixture, realm: `0x${string}`, validFrom: bigint) {
  return issue(fixture, ca, { realm, subject: account(90).address, validFrom, capabilities: CAP.provider })
}

const gas = await measure()
if (process.argv.includes("--json")) {
  console.log(JSON.stringify(Object.fromEntries(Object.keys(TARGETS).map((name) => [name, gas[name]]))))
} else {
  console.table(
    Object.fromEntries(Object.entries(gas).map(([name, used]) => [name, { gas: used, target: TARGETS[name] ?? "-" }])),
  )
}
