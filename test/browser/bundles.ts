import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { build, type Plugin } from "esbuild"

const root = fileURLToPath(new URL("../../", import.meta.url))

/** What autobahn-js asks for without need: packages that its own serialisers use, and ours do not, and what its log does. */
const EMPTY: Plugin = {
  name: "empty",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(cbor|msgpack5|fs)$/ }, ({ path }) => ({ path, namespace: "empty" }))
    onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "" }))
  },
}

/** A module for browsers, minified, with nothing in place of Node's modules: esbuild fails when one is asked for. */
export async function bundle(program: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: root, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    platform: "browser",
    format: "esm",
    target: "es2022",
    plugins: [EMPTY],
    define: { global: "globalThis" },
    logLevel: "error",
  })
  const [file] = outputFiles
  if (file === undefined) throw new Error("esbuild made no file")
  return file.contents
}

/** Kilobytes of the library with each adapter, compressed by gzip; and with the client itself. */
export async function sizes(): Promise<Record<string, { library: string; withClient: string }>> {
  const table: Record<string, { library: string; withClient: string }> = {}
  for (const [client, names] of [
    ["wampy", "{ Wampy as client }"],
    ["autobahn", "{ Connection as client }"],
  ] as const) {
    const library = `export { createEndpoint, standalone } from "./src/index.ts"; export * from "./src/wamp/${client}.ts"`
    const size = async (program: string): Promise<string> =>
      `${(gzipSync(await bundle(program), { level: 9 }).length / 1_000).toFixed(1)} kB`
    table[client] = {
      library: await size(library),
      withClient: await size(`${library}; export ${names} from "${client}"`),
    }
  }
  return table
}
