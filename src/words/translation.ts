/** Turns a message in English into the reader's language and fills `{0}`, `{1}`… with the arguments, as `vscode.l10n.t` does. */
export type Translate = (message: string, ...parameters: (string | number)[]) => string;

/** English as it stands, for the command line. */
export const untranslated: Translate = (message, ...parameters) =>
  message.replace(/\{(\d+)\}/g, (placeholder, index) => String(parameters[Number(index)] ?? placeholder));

let translate = untranslated;

/** Gives the language once, before anything is said. */
export function setTranslation(translation: Translate): void {
  translate = translation;
}

/**
 * Says a sentence. The message stands as a literal in the source, from where `l10n/bundle.l10n.json` collects it; what varies goes into
 * parameters, because word order differs between languages.
 */
export function t(message: string, ...parameters: (string | number)[]): string {
  return translate(message, ...parameters);
}
