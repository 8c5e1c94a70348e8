import { strict as assert } from "node:assert"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { gzipSync } from "node:zlib"
import { MAX_DOCUMENT } from "../../src/trust/standalone/bundle.ts"
import { fetchBundle } from "../../src/web/fetch-bundle.ts"
import { refuses, rejects } from "../arbitrary.ts"

const never = new AbortController().signal

describe("web: fetching a bundle", () => {
  let server: Server
  let url = ""
  let answer: (request: IncomingMessage, response: ServerResponse) => void
  let asked: IncomingMessage | undefined

  before(async () => {
    server = createServer((request, response) => {
      asked = request
      answer(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bundle.json`
  })
  after(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  it("gives the bytes of a 200", async () => {
    answer = (_request, response) => response.end("{}")
    assert.deepEqual(await fetchBundle(url).read(never), new TextEncoder().encode("{}"))
    assert.equal(asked?.method, "GET")
    assert.equal(asked?.headers.accept, "application/json")
  })

  it("gives an empty answer as no bytes", async () => {
    answer = (_request, response) => response.end()
    assert.deepEqual(await fetchBundle(new URL(url)).read(never), new Uint8Array())
  })

  for (const status of [204, 301, 302, 307, 308, 404, 429, 500]) {
    it(`refuses status ${status}`, async () => {
      const paths: (string | undefined)[] = []
      answer = (request, response) => {
        paths.push(request.url)
        response.writeHead(status, { location: "/elsewhere" }).end()
      }
      await rejects(fetchBundle(url).read(never), "trustroot.unreachable")
      assert.deepEqual(paths, ["/bundle.json"])
    })
  }

  it("reads no more than a bundle can have, announced, unannounced or packed", async () => {
    const large = new Uint8Array(MAX_DOCUMENT + 1)
    const answers: (typeof answer)[] = [
      (_request, response) => response.writeHead(200, { "content-length": large.length }).end(large),
      (_request, response) => response.write(large) && response.end(),
      (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(large)),
    ]
    for (answer of answers) await rejects(fetchBundle(url).read(never), "trustroot.unreachable")
    answer = (_request, response) => response.end(large.subarray(1))
    assert.equal((await fetchBundle(url).read(never)).length, MAX_DOCUMENT)
  })

  it("refuses an answer that breaks off, and a server that is not there", async () => {
    answer = (_request, response) => {
      response.writeHead(200, { "content-length": 100 }).write("{")
      setImmediate(() => response.destroy())
    }
    await rejects(fetchBundle(url).read(never), "trustroot.unreachable")
    await rejects(fetchBundle("http://127.0.0.1:9/").read(never), "trustroot.unreachable")
  })

  it("stops when it is told to, before the answer and within it", async () => {
    for (const head of [false, true]) {
      const stop = new AbortController()
      answer = (_request, response) => {
        if (head) response.writeHead(200).write("{")
        setTimeout(() => stop.abort(), 10)
      }
      await rejects(fetchBundle(url).read(stop.signal), "trustroot.unreachable")
    }
  })

  it("takes https, and http to this machine alone", () => {
    for (const good of ["https://example.org/b", "http://localhost:1/", "http://127.1.2.3/", "http://[::1]:8/"])
      fetchBundle(good)
    for (const bad of [
      "http://example.org/",
      "http://127.0.0.1.example.org/",
      "http://localhost.example.org/",
      "http://[::2]/",
      "https://user:secret@example.org/",
      "ftp://example.org/",
      "file:///etc/passwd",
      "bundle.json",
      "",
    ])
      refuses(() => fetchBundle(bad), "usage.invalid")
  })
})
