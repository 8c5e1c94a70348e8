import type { CertificateChain } from "../certificate/types.ts"
import type { Hex } from "../core/bytes.ts"
import type { VerifiedDelegate } from "../trust/verified-delegate.ts"
import type { Role } from "./roles.ts"

/** A verified endpoint that takes part in a scope. */
export interface Member {
  /** 8 random bytes (hex) that the endpoint chose when it started; messages name their sender by it. */
  readonly instance: Hex
  readonly roles: ReadonlySet<Role | "agent">
  readonly delegate: VerifiedDelegate
  /** Its chain as it sent it: what is passed on to other members. */
  readonly chain: string
  /** The same, parsed: what is judged again later. */
  readonly certificates: CertificateChain
  /** POSIX milliseconds of the facts by which it was last verified. */
  readonly verifiedAt: number
  /** Whether it has shown us that it holds its key; what a key agent tells of others does not. */
  readonly proven: boolean
}
