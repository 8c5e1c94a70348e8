/** What is used of a TLS socket of Node. */
export interface TlsConnection {
  getProtocol(): string | null
  exportKeyingMaterial(length: number, label: string, ...context: never[]): Uint8Array
}

/**
 * The id of a TLS connection for the binding `tls-exporter` (RFC 9266): 32 bytes that both ends derive and nobody in
 * between can choose. Undefined below TLS 1.3, where the RFC asks for more than can be seen from here.
 */
export function exportedChannelId(connection: TlsConnection): Uint8Array | undefined {
  if (connection.getProtocol() !== "TLSv1.3") return undefined
  return Uint8Array.from(connection.exportKeyingMaterial(32, "EXPORTER-Channel-Binding"))
}
