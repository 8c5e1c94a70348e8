import { readFileSync } from "node:fs"

const textOf = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8")

/** TLS for 127.0.0.1, as clients of tests believe it with `{ ca: TLS.cert }`. */
export const TLS = { cert: textOf("cert.pem"), key: textOf("key.pem") } as const
