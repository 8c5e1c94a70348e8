import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { operatorRegistryBytecode } from "../../src/chain/generated/OperatorRegistry.ts"
import { realmRegistryBytecode } from "../../src/chain/generated/RealmRegistry.ts"

const require = createRequire(import.meta.url)
/** The only files that just one of the registries is made of; any other file is in both, or in RealmRegistry alone. */
const OF_OPERATORS = ["contracts/OperatorRegistry.sol", "contracts/libraries/OperatorState.sol"]
const SHARED = ["Custody", "Relayed", "Signatures"].map((name) => `contracts/libraries/${name}.sol`)
const ROOT = join(import.meta.dirname, "..", "..")

/** Sources by the names under which the compiler knows them. */
export type Sources = Readonly<Record<string, string>>

/** Creation code of both registries, without 0x. */
export interface Code {
  readonly OperatorRegistry: string
  readonly RealmRegistry: string
}

export interface CompilerError {
  readonly message: string
  readonly file: string | undefined
  readonly start: number
}

interface Output {
  errors?: { severity: string; formattedMessage: string; sourceLocation?: { file: string; start: number } }[]
  contracts?: Record<string, Record<string, { evm: { bytecode: { object: string } } }>>
  sources?: Record<string, { ast: unknown }>
}

/** The code as it is checked in, of a contract that no mutant is in. */
const UNCHANGED: Code = {
  OperatorRegistry: operatorRegistryBytecode.slice(2),
  RealmRegistry: realmRegistryBytecode.slice(2),
}

export const CONTRACTS = ["contracts/OperatorRegistry.sol", "contracts/RealmRegistry.sol"] as const

interface Compiler {
  compile(input: string, callbacks: object): string
}

let compiler: Compiler | undefined

function load(): Compiler {
  const wrap = require("solc/wrapper.js")
  return (wrap.default ?? wrap)(require("solc/soljson.js"))
}

function run(sources: Sources, outputSelection: object): Output {
  const solc = (compiler ??= load())
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(CONTRACTS.map((name) => [name, { content: sources[name] ?? read(name) }])),
    settings: {
      evmVersion: "cancun",
      viaIR: true,
      optimizer: { enabled: true, runs: 1_000 },
      outputSelection,
    },
  }
  const source = (name: string) => ({ contents: sources[name] ?? read(name) })
  return JSON.parse(solc.compile(JSON.stringify(input), { import: source })) as Output
}

export function read(name: string): string {
  return readFileSync(join(ROOT, name.startsWith("@") ? "node_modules" : "", name), "utf8")
}

/** The registries with these sources instead of their own, with the settings of hardhat.config.ts. */
export function compile(instead: Sources): Code | CompilerError[] {
  const bytecode = { "*": ["evm.bytecode.object"] }
  const files = Object.keys(instead).filter((name) => name !== SWITCH_FILE)
  const wanted = [
    ...(files.some((name) => [...OF_OPERATORS, ...SHARED].includes(name)) ? [CONTRACTS[0]] : []),
    ...(files.some((name) => !OF_OPERATORS.includes(name)) ? [CONTRACTS[1]] : []),
  ]
  const { errors = [], contracts = {} } = run(instead, Object.fromEntries(wanted.map((name) => [name, bytecode])))
  const grave = errors.filter(({ severity }) => severity === "error")
  if (grave.length > 0) {
    return grave.map(({ formattedMessage, sourceLocation }) => ({
      message: formattedMessage,
      file: sourceLocation?.file,
      start: sourceLocation?.start ?? 0,
    }))
  }
  const code = (name: "OperatorRegistry" | "RealmRegistry") =>
    contracts[`contracts/${name}.sol`]?.[name]?.evm.bytecode.object ?? UNCHANGED[name]
  return { OperatorRegistry: code("OperatorRegistry"), RealmRegistry: code("RealmRegistry") }
}

/** The syntax trees of our own files. */
export function parse(): Record<string, unknown> {
  const { sources = {} } = run({}, { "*": { "": ["ast"] } })
  return Object.fromEntries(
    Object.entries(sources)
      .filter(([name]) => name.startsWith("contracts/"))
      .map(([name, { ast }]) => [name, ast]),
  )
}

const METADATA = /(a2646970667358221220)[0-9a-f]{64}/g

/** The same code with a chosen number in place of the hash that the compiler appends: it means nothing to the code… */
export function numbered(code: Code, number: number): Code {
  const mark = (text: string) => text.replace(METADATA, `$1${number.toString(16).padStart(64, "0")}`)
  return { OperatorRegistry: mark(code.OperatorRegistry), RealmRegistry: mark(code.RealmRegistry) }
}

/** … but to this function, by which one compiled contract holds many mutants: the number says which of them it is. */
export const SWITCH_FILE = "Mutant.sol"
export const SWITCH = `// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;
function mutantOn(uint256 id) pure returns (bool isOn) {
    assembly ("memory-safe") {
        codecopy(0, sub(codesize(), 43), 32)
        isOn := eq(mload(0), id)
    }
}
`
