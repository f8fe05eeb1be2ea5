/** An operation's refusal: the service's own code, text and HTTP status, because labs teach people to read them. */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault';

  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    /** Members beyond code and message, for JSON services. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
