/** An operation's refusal: the service's own code, text and HTTP status, because labs teach people to read them. */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault';

  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    /** Members beyond code and message, for JSON services and S3. */
    readonly details: Readonly<Record<string, unknown>> = {},
    /** Headers that the answer bears besides those that every answer has, by lower-case names. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
