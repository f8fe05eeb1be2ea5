import { setTranslation, untranslated } from '../../../src/words/translation';

const accents: Readonly<Record<string, string>> = Object.fromEntries(
  [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter, i) => [
    letter,
    String.fromCodePoint(0x1d4d0 + i),
  ]),
);

/** A language in which no ASCII letter remains: what still shows one was not translated. */
export const pseudo: typeof untranslated = (message, ...parameters) =>
  untranslated(
    message.replace(/[a-zA-Z]/g, letter => accents[letter]!),
    ...parameters,
  );

/** Runs `say` in the pseudo-locale and returns what of it stayed in plain letters, the given parameters taken away. */
export function untranslatedRest(say: () => string, parameters: readonly string[]): string {
  setTranslation(pseudo);
  try {
    let text = say();
    for (const parameter of parameters) text = text.replaceAll(parameter, '');
    return text.replace(/[^a-zA-Z]/g, '');
  } finally {
    setTranslation(untranslated);
  }
}
