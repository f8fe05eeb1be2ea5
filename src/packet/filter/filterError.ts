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

  /** Where in the text it stands; undefined for what is wrong with the expression as a whole. Set by the reader that knows. */
  place: FilterPlace | undefined;
}

/** Characters of an expression, from `start` up to but without `end`. The same twice at the text's end: something is missing there. */
export interface FilterPlace {
  readonly start: number;
  readonly end: number;
}

/** An id stands where none of the words in front says what it is. */
export const NO_QUALIFIER = 'syntax error in filter expression';

export const SYNTAX_ERROR = "can't parse filter expression: syntax error";
