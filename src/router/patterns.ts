import { compareWildcards, matchesWildcard } from "./uri.ts"
import type { Match } from "./uri.ts"

/** What subscriptions and registrations have in common: a URI pattern and how it matches. */
export interface Pattern {
  readonly uri: string
  readonly match: Match
}

/** Entries by pattern. Exact and prefix look-ups cost the length of the URI; wildcards are tried one by one. */
export class PatternTable<Entry extends Pattern> {
  readonly #byMatch: Record<Match, Map<string, Entry>> = { exact: new Map(), prefix: new Map(), wildcard: new Map() }

  get(match: Match, uri: string): Entry | undefined {
    return this.#byMatch[match].get(uri)
  }

  add(entry: Entry): void {
    this.#byMatch[entry.match].set(entry.uri, entry)
  }

  remove(entry: Entry): void {
    this.#byMatch[entry.match].delete(entry.uri)
  }

  /** Every entry that matches: the one exact, then prefixes from long to short, then wildcards from good to worse. */
  matching(uri: string): Entry[] {
    const exact = this.#byMatch.exact.get(uri)
    return [...(exact ? [exact] : []), ...this.#prefixes(uri), ...this.#wildcards(uri)]
  }

  /** The one entry a call goes to ("Calls matching multiple registrations"). */
  best(uri: string): Entry | undefined {
    return this.#byMatch.exact.get(uri) ?? this.#prefixes(uri)[0] ?? this.#wildcards(uri)[0]
  }

  #prefixes(uri: string): Entry[] {
    const found: Entry[] = []
    if (this.#byMatch.prefix.size === 0) return found
    for (let length = uri.length; length >= 0; length--) {
      const entry = this.#byMatch.prefix.get(uri.slice(0, length))
      if (entry) found.push(entry)
    }
    return found
  }

  #wildcards(uri: string): Entry[] {
    const found = [...this.#byMatch.wildcard.values()].filter((entry) => matchesWildcard(entry.uri, uri))
    return found.sort((a, b) => compareWildcards(a.uri, b.uri))
  }
}
