/** The text in single quotes, whatever it is, so that a POSIX shell reads it back unchanged. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** As {@link quoteForShell}, without quotes where none are needed. */
export function quoteIfNeeded(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quoteForShell(text);
}
