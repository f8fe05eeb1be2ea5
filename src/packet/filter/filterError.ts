/**
 * Why an expression is no filter; `message` is what tcpdump prints after `tcpdump: `. `unsupported` marks words of the language that are
 * known to libpcap and not to this reader.
 */
export class FilterError extends Error {
  override readonly name = 'FilterError';

  constructor(
    message: string,
    readonly unsupported = false,
  ) {
    super(message);
  }
}

/** An id stands where none of the words in front says what it is. */
export const NO_QUALIFIER = 'syntax error in filter expression';

export const SYNTAX_ERROR = "can't parse filter expression: syntax error";
