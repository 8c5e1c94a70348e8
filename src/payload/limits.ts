/** What a peer may choose at most. One value for everybody: a limit that is negotiated is a limit of the attacker's. */
export const LIMITS = {
  /** Bytes of a sealed payload, box included. */
  bytes: 1_048_576,
  /** Lists and dictionaries inside each other. */
  depth: 64,
  /** Items of all lists and dictionaries together; a dictionary entry counts twice. */
  items: 65_536,
  /** Keyword arguments of one message. */
  kwargs: 1_024,
} as const
