import { E2eeError } from "../../core/errors.ts"

/** An error that a handler answers with, sealed like a result; at the caller it comes out as this class again. */
export class ApplicationError extends E2eeError {
  override readonly name = "ApplicationError"
  readonly uri: string
  readonly args: readonly unknown[]
  readonly kwargs: Readonly<Record<string, unknown>>

  /** @param uri names the error, for example "com.example.error.no_such_pump". */
  constructor(uri: string, args: readonly unknown[] = [], kwargs: Readonly<Record<string, unknown>> = {}) {
    super("session.application_error", `the peer's handler answered with the error ${JSON.stringify(uri)}`)
    this.uri = uri
    this.args = args
    this.kwargs = kwargs
  }
}

/** URI of an error whose handler threw anything else: what it said stays with the callee. */
export const HANDLER_FAILED = "e2ee.error.handler_failed"
