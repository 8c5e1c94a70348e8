import type { Arguments } from "../../src/session/messages/sealing.ts"

/** What is said: of every type that a payload may have, and distinctive, so that finding none of it means something. */
const said = (what: string): Arguments => ({
  args: [`${what}: open valve seven`, 21.5, 2n ** 63n, Uint8Array.of(0, 1, 128, 255), null, [true, { nested: "µ" }]],
  kwargs: { note: `${what}: before the night shift` },
})

export const CONTENT = {
  call: said("the call"),
  result: said("the result"),
  parts: [said("the first part"), said("the second part"), said("the third part")],
  end: said("the end behind the parts"),
  error: { uri: "com.example.error.stuck", ...said("the error") },
  event: said("the event"),
} as const

/** Its texts, none of which may be seen between the endpoints. */
export const SECRETS: readonly string[] = Object.values(CONTENT)
  .flat()
  .flatMap((one) => [one.args[0], one.kwargs["note"]] as string[])
