import { createHash } from "node:crypto"
import { parse, read } from "./compiler.ts"

/** One small fault in one place of the contracts. */
export interface Mutant {
  /** Names the mutant as long as its function does not change: file, function, operator, text, place among equals. */
  readonly key: string
  readonly file: string
  /** Contract or library and function, or the constant. */
  readonly inside: string
  readonly operator: string
  /** Bytes in the file. */
  readonly start: number
  readonly end: number
  readonly original: string
  readonly replacement: string
  /** How it is put in: an expression or a statement can be chosen while the contract runs, other text cannot. */
  readonly kind: "expression" | "statement" | "text"
}

interface Node {
  nodeType: string
  src: string
  typeDescriptions?: { typeString?: string }
  [member: string]: unknown
}

const BOUNDARY: Readonly<Record<string, string>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "==": "!=",
  "!=": "==",
}
const LOGIC: Readonly<Record<string, string>> = { "&&": "||", "||": "&&" }
const ARITHMETIC: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "|": "&",
  "&": "|",
  "^": "|",
  "<<": ">>",
  ">>": "<<",
}
const YUL: Readonly<Record<string, string>> = { add: "sub", sub: "add", and: "or", or: "and", shl: "shr", shr: "shl" }

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "nodeType" in value
}

function children(node: Node): [string, Node][] {
  return Object.entries(node).flatMap(([name, value]): [string, Node][] =>
    (Array.isArray(value) ? value : [value]).filter(isNode).map((child): [string, Node] => [name, child]),
  )
}

/** Every mutant of the contracts, in the order of their text. Interfaces have no code. */
export function allMutants(): Mutant[] {
  const trees = parse()
  const enums = new Map<unknown, string[]>()
  const collect = (node: Node): void => {
    if (node.nodeType === "EnumDefinition")
      enums.set(
        node["id"],
        (node["members"] as Node[]).map((member) => String(member["name"])),
      )
    for (const [, child] of children(node)) collect(child)
  }
  for (const tree of Object.values(trees)) collect(tree as Node)
  const seen = new Map<string, number>()
  return Object.entries(trees)
    .filter(([file]) => !file.includes("/interfaces/"))
    .flatMap(([file, tree]) => mutantsOf(file, tree as Node, enums))
    .map((mutant) => {
      const key = [mutant.inside, mutant.operator, squeeze(mutant.original), "->", squeeze(mutant.replacement)].join(
        " ",
      )
      const place = (seen.get(key) ?? 0) + 1
      seen.set(key, place)
      return { ...mutant, key: place === 1 ? key : `${key} #${place}` }
    })
}

function mutantsOf(file: string, tree: Node, enums: ReadonlyMap<unknown, string[]>): Omit<Mutant, "key">[] {
  const source = Buffer.from(read(file))
  const found: Omit<Mutant, "key">[] = []
  const range = (node: Node): [number, number] => {
    const [start = 0, length = 0] = node.src.split(":").map(Number)
    return [start, start + length]
  }
  const textOf = (node: Node) => source.subarray(...range(node)).toString()

  function visit(node: Node, inside: string, role: string, parent: Node): void {
    const type = node.typeDescriptions?.typeString ?? ""
    const add = (operator: string, kind: Mutant["kind"], replacement: string, at: Node = node) => {
      const [start, last] = range(at)
      const end = kind === "statement" ? last + 1 : last // with its semicolon
      const original = source.subarray(start, end).toString()
      if (original !== replacement) found.push({ file, inside, operator, start, end, original, replacement, kind })
    }
    /** The node's text with one part of it, given by its bytes, written anew. */
    const rewritten = (whole: Node, ...parts: [from: number, to: number, text: string][]) => {
      const [start, end] = range(whole)
      let text = ""
      let at = start
      for (const [from, to, part] of parts) {
        text += source.subarray(at, from).toString() + part
        at = to
      }
      return text + source.subarray(at, end).toString()
    }

    const isValue = node["lValueRequested"] !== true && node["isLValue"] !== undefined
    if (type === "bool" && isValue && !["Assignment", "TupleExpression", "Literal"].includes(node.nodeType)) {
      add("condition", "expression", "true")
      add("condition", "expression", "false")
    }
    switch (node.nodeType) {
      case "BinaryOperation": {
        const sign = String(node["operator"])
        const [left, right] = [node["leftExpression"] as Node, node["rightExpression"] as Node]
        const swap = (to: string) => rewritten(node, [range(left)[1], range(right)[0], ` ${to} `])
        if (BOUNDARY[sign]) add("boundary", "expression", swap(BOUNDARY[sign]))
        if (LOGIC[sign]) add("logic", "expression", swap(LOGIC[sign]))
        if (ARITHMETIC[sign]) add("arithmetic", "expression", swap(ARITHMETIC[sign]))
        break
      }
      case "UnaryOperation":
        if (node["operator"] === "~") add("arithmetic", "expression", textOf(node["subExpression"] as Node))
        if (node["operator"] === "--") add("arithmetic", "expression", textOf(node).replace("--", "++"))
        if (node["operator"] === "++" && role !== "loop")
          add("arithmetic", "expression", textOf(node).replace("++", "--"))
        break
      case "Literal":
        if (node["kind"] === "number" && !isOfAddress(parent)) add("literal", "expression", more(textOf(node)))
        if (node["kind"] === "string")
          add(
            "literal",
            "text",
            textOf(node).replace(/.(?=["']$)/, (last) => (last === "X" ? "Y" : "X")),
          )
        if (node["kind"] === "bool") add("literal", "expression", node["value"] === "true" ? "false" : "true")
        break
      case "MemberAccess": {
        const names = enums.get(enumOf(node))
        const text = textOf(node)
        if (names) {
          const next = names[(names.indexOf(String(node["memberName"])) + 1) % names.length]
          add("enum", "expression", text.replace(/\w+$/, String(next)))
        }
        if (text === "block.number") add("environment", "expression", "block.timestamp")
        if (text === "block.timestamp") add("environment", "expression", "block.number")
        if (text === "block.chainid") add("environment", "expression", "(block.chainid + 1)")
        break
      }
      case "FunctionCall": {
        if (textOf(node) === "address(0)") add("literal", "expression", "address(1)")
        if (textOf(node) === "address(this)") add("environment", "expression", "msg.sender")
        const args = (node["arguments"] as Node[]) ?? []
        args.slice(1).forEach((right, i) => {
          const left = args[i] as Node
          if (kindOf(left) !== kindOf(right) || textOf(left) === textOf(right)) return
          const swapped: [number, number, string][] = [
            [...range(left), textOf(right)],
            [...range(right), textOf(left)],
          ]
          const isStatement = ["EmitStatement", "RevertStatement", "ExpressionStatement"].includes(parent.nodeType)
          const whole = isStatement ? parent : node
          if (isStatement) add("arguments", "statement", `${rewritten(whole, ...swapped)};`, whole)
          else add("arguments", "expression", rewritten(whole, ...swapped))
        })
        break
      }
      case "ExpressionStatement":
      case "EmitStatement":
        if (role !== "loop" && role !== "initializationExpression" && !isPointer(node)) add("removal", "statement", "")
        break
      case "Return": {
        const value = node["expression"] as Node | null
        const zero = zeroOf(value?.typeDescriptions?.typeString ?? "")
        if (value && zero && value.nodeType !== "Literal") add("return", "expression", zero, value)
        break
      }
      case "YulLiteral":
        if (node["kind"] === "number") add("assembly", "text", more(String(node["value"])))
        break
      case "YulFunctionCall": {
        const name = node["functionName"] as Node
        const other = YUL[String(name["name"])]
        if (other) add("assembly", "text", other, name)
        break
      }
      case "YulExpressionStatement":
      case "YulAssignment":
        add("assembly", "text", "")
        break
    }
    for (const [name, child] of children(node)) {
      if (name === "typeName" || name === "typeDescriptions" || name === "documentation") continue
      const isLoop = name === "loopExpression" || (role === "loop" && node.nodeType === "ExpressionStatement")
      visit(child, inside, isLoop ? "loop" : name, node)
    }
  }

  for (const contract of children(tree).map(([, child]) => child)) {
    if (contract.nodeType !== "ContractDefinition") continue
    for (const [, member] of children(contract)) {
      const inside = `${String(contract["name"])}.${String(member["name"] || member["kind"])}`
      if (member.nodeType === "FunctionDefinition" && member["body"])
        visit(member["body"] as Node, inside, "body", member)
      if (member.nodeType === "VariableDeclaration" && member["constant"] === true) {
        const before = found.length
        visit(member["value"] as Node, inside, "value", member)
        for (const [i, mutant] of found.entries())
          if (i >= before) found[i] = { ...mutant, operator: "constant", kind: "text" }
      }
    }
  }
  return found.sort((a, b) => a.start - b.start || a.end - b.end)
}

/** The declaration of the enum that a member access like `Rule.Valid` names. */
function enumOf(node: Node): unknown {
  const owner = node["expression"] as Node | undefined
  return owner?.typeDescriptions?.typeString?.startsWith("type(enum ") ? owner["referencedDeclaration"] : undefined
}

function isOfAddress(parent: Node): boolean {
  return parent["kind"] === "typeConversion" && parent.typeDescriptions?.typeString === "address"
}

/** Assigns a storage pointer, which the compiler refuses to leave unset. */
function isPointer(statement: Node): boolean {
  const left = (statement["expression"] as Node | undefined)?.["leftHandSide"] as Node | undefined
  return left?.typeDescriptions?.typeString?.includes("storage pointer") ?? false
}

/** Types that the compiler takes for each other. */
function kindOf(node: Node): string {
  return (node.typeDescriptions?.typeString ?? "").replace(/^int_const.*/, "uint256").replace(/^uint\d+$/, "uint")
}

function zeroOf(type: string): string | undefined {
  if (/^uint\d*$/.test(type)) return "0"
  if (type === "address") return "address(0)"
  if (/^bytes\d+$/.test(type)) return `${type}(0)`
  return type === "PackedGrant" ? "PackedGrant.wrap(0)" : undefined
}

/** A number one greater, in the same notation. */
function more(text: string): string {
  return text.replace(/^(0x[0-9a-f]+|[\d_]+)/i, (digits) => {
    const value = BigInt(digits.replaceAll("_", "")) + 1n
    return digits.startsWith("0x") ? `0x${value.toString(16).padStart(digits.length - 2, "0")}` : String(value)
  })
}

function squeeze(text: string): string {
  const line = text.replace(/\s+/g, " ")
  if (line.length <= 90) return line
  return `${line.slice(0, 60)}… ${createHash("sha256").update(line).digest("hex").slice(0, 8)}`
}
