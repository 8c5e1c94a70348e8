/** What the router lets its clients cost. Every limit has a test. */
export interface Limits {
  /**
   * Largest message, in bytes. A larger one closes its connection (WebSocket code 1009). Default 16 MiB: the most that
   * WAMP's own RawSocket transport can carry, so that no message is stopped here that could have come another way.
   */
  readonly maxMessageBytes: number
  /** Lists and dictionaries inside each other in one message, its own list included. Default 128. */
  readonly maxDepth: number
  /** List items and dictionary keys and values of one message. Default 1,048,576. */
  readonly maxItems: number
  /** Connections; more are refused with HTTP 503. Default 10,000. */
  readonly maxSessions: number
  /** Subscriptions, registrations and open calls, each, of one session. Default 10,000. */
  readonly maxHeld: number
  /**
   * Messages a second one session may send, twice as many in a burst. A faster one is not read from until its time has
   * come, which TCP passes on to it; nothing is lost. What one read of the socket brought (64 KiB) is still handled, and
   * its time made up for. Default 10,000.
   */
  readonly maxMessagesPerSecond: number
  /**
   * Bytes that may wait for a client that reads slowly. Above it, events for this client are dropped; its answers and
   * invocations, which must not be lost, are still queued, and above twice the limit the client is cut off. No other
   * client waits for it. Default 16 MiB.
   */
  readonly maxQueuedBytes: number
  /** Milliseconds from connection to WELCOME. Default 10,000. */
  readonly handshakeTimeoutMs: number
  /** Milliseconds between pings; a client silent from one to the next is cut off. Default 10,000; 0 sends none. */
  readonly pingIntervalMs: number
}

export const DEFAULT_LIMITS: Limits = {
  maxMessageBytes: 16 * 1024 * 1024,
  maxDepth: 128,
  maxItems: 1024 * 1024,
  maxSessions: 10_000,
  maxHeld: 10_000,
  maxMessagesPerSecond: 10_000,
  maxQueuedBytes: 16 * 1024 * 1024,
  handshakeTimeoutMs: 10_000,
  pingIntervalMs: 10_000,
}
