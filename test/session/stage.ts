import type { ErrorCode } from "../../src/core/errors.ts"
import type { Endpoint, EndpointOptions } from "../../src/endpoint.ts"
import { ApplicationError } from "../../src/session/messages/application-error.ts"
import type { ScopeOptions } from "../../src/session/scope.ts"
import type { Mode } from "../../src/keys/policy.ts"
import type { Carried } from "./fake-router.ts"
import { settled, World, type Inhabitant } from "./world.ts"

export const MODES: readonly Mode[] = ["sig", "mac", "dsig"]
export const [PUMP, VALVE, TOPIC, OTHER_TOPIC] = [
  "com.example.pump",
  "com.example.valve",
  "com.example.level",
  "com.example.heat",
]
export const GRANT = "com.example.e2ee.grant"
export const CONTROL = "com.example.e2ee.ann"

export const isControl = ({ uri }: Pick<Carried, "uri">): boolean => uri === GRANT || uri === CONTROL
export const isSealed = ({ payload }: Carried): boolean => payload.sealed

/** One scope's usual company: a callee that is its key agent, a caller, a publisher, two subscribers. */
export interface Stage {
  readonly world: World
  readonly scope: ScopeOptions
  readonly callee: Inhabitant
  readonly caller: Inhabitant
  readonly publisher: Inhabitant
  readonly subscribers: readonly [Inhabitant, Inhabitant]
  /** First arguments of the calls that were executed. */
  readonly executed: unknown[]
  /** First arguments of the events that each subscriber got. */
  readonly got: readonly [unknown[], unknown[]]
  join(name: string, options?: Partial<EndpointOptions>): Promise<Inhabitant>
  publish(value: unknown, uri?: string): Promise<void>
  call(value: unknown, uri?: string): Promise<unknown>
}

/** @param ofCallee what its callee, the key agent, has otherwise than all others */
export async function setStage(
  settings: Partial<ScopeOptions> = {},
  world = new World(),
  ofCallee: Partial<EndpointOptions> = {},
): Promise<Stage> {
  const scope: ScopeOptions = { uri: "com.example.", match: "prefix", ...settings }
  const join = (name: string, options: Partial<EndpointOptions> = {}): Promise<Inhabitant> =>
    world.join(name, {}, { scopes: [scope], ...options })
  const executed: unknown[] = []
  const handler = ([value]: readonly unknown[]): unknown => {
    executed.push(value)
    if (value === "fail") throw new ApplicationError("com.example.error.dry", ["no water"], { level: 0 })
    return value
  }
  const callee = await join("callee", ofCallee)
  for (const uri of [PUMP, VALVE]) await callee.endpoint.register(uri, handler)
  const [caller, publisher] = [await join("caller"), await join("publisher")]
  const subscribers = [await join("first"), await join("second")] as const
  const got = [[], []] as readonly [unknown[], unknown[]]
  for (const [i, { endpoint }] of subscribers.entries())
    for (const uri of [TOPIC, OTHER_TOPIC])
      await endpoint.subscribe(uri, ([value]) => void (got[i] as unknown[]).push(value))
  return {
    world,
    scope,
    callee,
    caller,
    publisher,
    subscribers,
    executed,
    got,
    join,
    publish: async (value, uri = TOPIC) => {
      await publisher.endpoint.publish(uri, [value])
      await settled()
    },
    call: (value, uri = PUMP) => caller.endpoint.call(uri, [value]),
  }
}

/** Everything that an endpoint refused since this was asked last. */
export function refusals({ refused }: Inhabitant): ErrorCode[] {
  return refused.splice(0)
}

/** What somebody on the stage holds by a name. */
export const endpointsOf = ({ callee, caller, publisher, subscribers }: Stage): Endpoint[] =>
  [callee, caller, publisher, ...subscribers].map(({ endpoint }) => endpoint)
