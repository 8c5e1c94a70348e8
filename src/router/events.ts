/** What the router tells its `log`. No event carries a payload. */
export type RouterEvent =
  | { readonly event: "session_opened"; readonly session: number; readonly realm: string; readonly authid: string }
  | { readonly event: "session_closed"; readonly session: number }
  /** A client was not let in; `why` is more than the client was told. */
  | { readonly event: "session_refused"; readonly session: number; readonly uri: string; readonly why: string }
  | { readonly event: "session_aborted"; readonly session: number; readonly uri: string; readonly message: string }
  | { readonly event: "session_cut_off"; readonly session: number; readonly why: string }
  | { readonly event: "event_dropped"; readonly session: number; readonly why: string }
  /** A mistake in the router itself. */
  | { readonly event: "fault"; readonly session: number; readonly message: string }

/** Sees each frame's payload as it was received or sent. A session's number is known before its WELCOME. */
export type Tap = (direction: "in" | "out", session: number, frame: Uint8Array) => void
