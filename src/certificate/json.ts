export { parseJson, stringifyJson } from "../core/exact-json.ts"
