/** Asks again and again until the answer is yes; the error says what was waited for. */
export async function waitUntil(
  isTrue: () => boolean | Promise<boolean>,
  what: string | (() => string),
  timeoutMs = 20_000,
  gapMs = 100,
): Promise<void> {
  const endMs = Date.now() + timeoutMs;
  while (!(await isTrue())) {
    if (Date.now() > endMs)
      throw new Error(`Waited ${timeoutMs / 1000} s for ${typeof what === 'string' ? what : what()}`);
    await new Promise(resolve => setTimeout(resolve, gapMs));
  }
}
