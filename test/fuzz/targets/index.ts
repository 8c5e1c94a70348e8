import type { Target } from "../target.ts"
import { fileTargets } from "./files.ts"
import { keyTargets } from "./keys.ts"
import { messageTargets } from "./messages.ts"
import { payloadTargets } from "./payload.ts"
import { routerTargets } from "./router.ts"
import { wampTargets } from "./wamp.ts"

/** Everything that reads what a stranger wrote. The parser of certificates has a runner of its own: parse-fuzz.test.ts. */
export const TARGETS: readonly Target[] = [
  ...payloadTargets,
  ...messageTargets,
  ...keyTargets,
  ...routerTargets,
  ...wampTargets,
  ...fileTargets,
]
