/** Replies shorter than this are read in well under a millisecond; they may pass together. */
const largeBytes = 16 * 1024;

/**
 * Lets large replies through one in each turn of the event loop: an SDK reads a page of a list in one go, and several pages that come
 * together would hold up everything else for as long as all of them take.
 */
class Turnstile {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when a reply of this length may be read. */
  pass(byteLength: number): Promise<void> {
    if (byteLength < largeBytes) return Promise.resolve();
    this.#last = this.#last.then(() => new Promise(resolve => setImmediate(resolve)));
    return this.#last;
  }
}

/** One for the process, as its event loop is. */
export const turnstile = new Turnstile();

/** Collects the body of a reply over HTTP, and waits for its turn to be read. Rejects when the connection breaks. */
export async function collectInTurn(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  await turnstile.pass(body.length);
  return body;
}
