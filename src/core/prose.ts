/**
 * A sentence in English that stands in a room which may not make sentences, such as a lab's text. `words/prose` translates it; the literal
 * in {@link prose} is collected for translation like any other.
 */
export type Prose = string & { readonly brand: 'Prose' };

export const prose = (message: string): Prose => message as Prose;

/** A sentence with what fills its `{0}`, `{1}`…: ids, addresses, words of the wire, which are not translated. */
export interface Telling {
  readonly text: Prose;
  readonly parameters: readonly string[];
}

export const telling = (text: Prose, ...parameters: string[]): Telling => ({ text, parameters });
