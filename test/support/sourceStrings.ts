import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceStrings {
  /** Every message that stands as a literal in `t(…)` or `prose(…)`, sorted. */
  readonly messages: readonly string[];
  /** Calls whose message is no literal, as `file:line`. */
  readonly notLiteral: readonly string[];
}

/** Where dynamic messages are allowed, because they were collected where they were written down. */
const passesOn = ['src/words/translation.ts', 'src/words/prose.ts', 'src/core/prose.ts'];

/** Collects what there is to translate from the sources. */
export function readSourceStrings(root: string): SourceStrings {
  const messages = new Set<string>();
  const notLiteral: string[] = [];
  for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    const path = `src/${file.replaceAll('\\', '/')}`;
    if (!path.endsWith('.ts') || passesOn.includes(path)) continue;
    const text = readFileSync(join(root, path), 'utf8');
    for (const call of text.matchAll(/(?<![\w.#])(?:t|prose)\(\s*/g)) {
      const message = literalAt(text, call.index + call[0].length);
      if (message === undefined) notLiteral.push(`${path}:${text.slice(0, call.index).split('\n').length}`);
      else messages.add(message);
    }
  }
  return { messages: [...messages].sort(), notLiteral };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t' };

function literalAt(text: string, start: number): string | undefined {
  const quote = text[start];
  if (quote !== "'" && quote !== '"' && quote !== '`') return undefined;
  const literal = new RegExp(`${quote}((?:\\\\.|[^\\\\${quote}])*)${quote}`, 'y');
  literal.lastIndex = start;
  const body = literal.exec(text)?.[1];
  if (body === undefined || (quote === '`' && body.includes('${'))) return undefined;
  return body.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);
}
