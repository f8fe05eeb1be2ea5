import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** The file that it names, from the project's folder, when it is one of ours. */
  readonly target: string | undefined;
}

export interface SourceFile {
  /** From the project's folder, with forward slashes. */
  readonly path: string;
  /** Without comments. */
  readonly code: string;
  readonly imports: readonly Import[];
}

/** Every TypeScript file of ours in these folders, with what it imports. */
export function readSourceFiles(folders: readonly string[]): SourceFile[] {
  const paths = folders.flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => /(?<!\.d)\.ts$/.test(name))
      .map(name => `${folder}/${name.replaceAll('\\', '/')}`),
  );
  const known = new Set(paths);
  return paths.map(path => {
    const code = withoutComments(readFileSync(path, 'utf8'));
    return { path, code, imports: specifiers(code).map(specifier => resolve(path, specifier, known)) };
  });
}

/** Names in `import … from`, `export … from`, `import '…'`, `import('…')` (types too) and `require('…')`. */
export function specifiers(code: string): string[] {
  const forms = /\b(?:from|import|require)\s*\(?\s*(['"`])([^'"`\n]+)\1/g;
  return [...code.matchAll(forms)].map(match => match[2] as string);
}

/** Blanks comments; strings, templates and regular expressions are stepped over so that `//` inside them stays. */
export function withoutComments(source: string): string {
  const tokens =
    /(\/\*[\s\S]*?\*\/|\/\/[^\n]*)|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|(?<=[=(,:[!&|?{};\n]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g;
  return source.replace(tokens, (token, comment) => (comment ? ' ' : token));
}

function resolve(path: string, specifier: string, known: ReadonlySet<string>): Import {
  if (!specifier.startsWith('.')) return { specifier, target: undefined };
  const base = normalize(join(dirname(path), specifier)).replaceAll('\\', '/');
  return {
    specifier,
    target: [base, `${base}.ts`, `${base}/index.ts`].find(candidate => known.has(candidate)) ?? base,
  };
}
