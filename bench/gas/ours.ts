import {
  account,
  admit,
  CAP,
  createRealm,
  enroll,
  issue,
  type AuthorityMessage,
  type Fixture,
} from "../../test/contracts/fixture.ts"
import { measureAttestation } from "./attestation.ts"
import { BATCH, gasOf, type Operation } from "./operations.ts"

const SALT = `0x${"5a".repeat(32)}` as const
const REASON = 1

/** Gas of each operation of our registries. Machines' certificates come from an admitted operator, two levels below the root. */
export async function measureOurs(fixture: Fixture): Promise<Record<Operation, number>> {
  const [relayer, owner, root, ca, controller] = [account(0), account(1), account(2), account(3), account(4)]
  await fixture.test.mine({ blocks: 1_000 })

  const enrolled = await enroll(fixture, ca, controller)
  const alone = await createRealm(fixture, { owner: root, root, salt: SALT, validFrom: 900n })
  const { realm, receipt: apart } = await createRealm(fixture, { owner, root, salt: SALT, validFrom: 900n })
  const admitted = await admit(fixture, { realm, root, ca, validFrom: 901n })

  const certify = (index: number, validFrom: bigint) =>
    issue(fixture, ca, { realm, subject: account(index).address, validFrom, capabilities: CAP.provider })
  const many = (from: number) => Promise.all(Array.from({ length: BATCH }, (_, i) => certify(from + i, 902n)))
  const anchor = ({ message, signature }: Issued) => fixture.send("realms", relayer, "anchor", [message, signature])
  const revoke = ({ message, digest }: Issued) =>
    fixture.send("realms", ca, "revoke", [realm, message.subject, digest, REASON])
  const revokeMany = (issued: readonly Issued[]) => {
    const subjects = issued.map(({ message }) => message.subject)
    const digests = issued.map(({ digest }) => digest)
    return fixture.send("realms", ca, "revokeBatch", [realm, subjects, digests, REASON])
  }

  const [machine, renewed, unseen] = [await certify(90, 902n), await certify(90, 950n), await certify(91, 902n)]
  const [batch, unseenBatch] = [await many(100), await many(120)]
  const messages = batch.map(({ message }) => message)
  const signatures = batch.map(({ signature }) => signature)

  return {
    enroll: gasOf(enrolled),
    "create-realm": gasOf(alone.receipt),
    "create-realm-apart": gasOf(apart),
    admit: gasOf(admitted.receipt),
    "anchor-relayed": gasOf(await anchor(machine)),
    renew: gasOf(await anchor(renewed)),
    "anchor-batch": gasOf(await fixture.send("realms", relayer, "anchorBatch", [messages, signatures]), BATCH),
    revoke: gasOf(await revoke(renewed)),
    "revoke-batch": gasOf(await revokeMany(batch), BATCH),
    "revoke-unseen": gasOf(await revoke(unseen)),
    "revoke-batch-unseen": gasOf(await revokeMany(unseenBatch), BATCH),
    epoch: gasOf(await fixture.send("realms", root, "setEpoch", [realm, 960])),
    "operator-epoch": gasOf(await fixture.send("operators", ca, "setEpoch", [ca.address, 960])),
    ...(await measureAttestation(fixture)),
  }
}

interface Issued {
  readonly message: AuthorityMessage
  readonly signature: `0x${string}`
  readonly digest: `0x${string}`
}
