// What has to be refused, with the code that refuses it. `what` says by whom: the test and the program in Python have one
// reader for each.
import type { Refused } from "./edit.ts"
import { attested } from "./refused-attested.ts"
import { evidence } from "./refused-evidence.ts"
import { answers, grants, requests } from "./refused-grants.ts"
import { refusedMessages } from "./refused-messages.ts"
import { rekeys } from "./refused-rekeys.ts"
import { announcements, packages, policies, ticks } from "./refused-told.ts"

export const refused: readonly Refused[] = [
  ...packages,
  ...announcements,
  ...ticks,
  ...policies,
  ...requests,
  ...answers,
  ...grants,
  ...attested,
  ...rekeys,
  ...refusedMessages,
  ...evidence,
]
