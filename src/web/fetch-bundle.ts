import { concatBytes } from "../core/bytes.ts"
import { E2eeError } from "../core/errors.ts"
import { MAX_DOCUMENT } from "../trust/standalone/bundle.ts"
import type { BundleSource } from "../trust/standalone/trustroot.ts"

/**
 * A trustroot's document at a URL: https, or http to this very machine. It is signed, so the transport protects only
 * against those who would hold a newer one back. Redirects are refused, and more than 8 MiB are not read.
 */
export function fetchBundle(address: string | URL): BundleSource {
  const url = parseUrl(String(address))
  return {
    name: url.href,
    async read(signal) {
      const response = await fetch(url, {
        signal,
        redirect: "manual",
        credentials: "omit",
        cache: "no-store",
        headers: { accept: "application/json" },
      }).catch((cause: unknown) => {
        throw unreachable(url, "cannot be reached; check the URL and that its server runs", cause)
      })
      if (response.status !== 200) {
        await response.body?.cancel().catch(() => undefined)
        const redirect = response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400)
        throw unreachable(
          url,
          redirect ? "redirects; name the final address" : `answers with status ${response.status}`,
        )
      }
      return readBounded(response, url)
    },
  }
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isSafe =
    url?.protocol === "https:" ||
    (url?.protocol === "http:" && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname))
  if (url === undefined || !isSafe || url.username !== "" || url.password !== "")
    throw new E2eeError(
      "usage.invalid",
      `${JSON.stringify(text)} is no URL of a bundle; expected https://… without a password, or http:// to this machine; a file is read by bundleFile of wamp-e2ee/keystore`,
    )
  return url
}

/** Counts what comes, unpacked: neither the announced length nor a compressed one says how much it will be. */
async function readBounded({ body }: Response, url: URL): Promise<Uint8Array> {
  if (body === null) return new Uint8Array()
  const reader = body.getReader()
  const parts: Uint8Array[] = []
  for (let length = 0; ;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw unreachable(url, "broke off its answer", cause)
    })
    if (done) return concatBytes(...parts)
    length += value.length
    if (length > MAX_DOCUMENT) {
      await reader.cancel().catch(() => undefined)
      throw unreachable(url, `gives more than ${MAX_DOCUMENT} bytes`)
    }
    parts.push(value)
  }
}

function unreachable(url: URL, what: string, cause?: unknown): E2eeError {
  return new E2eeError("trustroot.unreachable", `${url.href} ${what}`, { cause })
}
