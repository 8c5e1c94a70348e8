/** An end signed into `meta`, as the registries read it: `notAfter=<POSIX seconds>`, more behind a semicolon. */
const END = /^notAfter=([1-9]\d{0,11})(;|$)/s

/** POSIX seconds from which the certificate no longer counts; 0 for no end. A malformed end is past already. */
export function endOf(meta: string): bigint {
  if (!meta.startsWith("notAfter=")) return 0n
  return BigInt(END.exec(meta)?.[1] ?? 1)
}
