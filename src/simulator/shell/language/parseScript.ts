import { Bash, InMemoryFs } from 'just-bash/browser';
import type { ScriptNode, StatementNode } from './syntax';

export type ParseResult =
  | { readonly kind: 'complete'; readonly script: ScriptNode }
  /** More lines could still make it a script. `what` is how a shell words it when there are none. */
  | {
      readonly kind: 'incomplete';
      readonly script: ScriptNode | undefined;
      readonly what: string;
      readonly line: number;
    }
  | { readonly kind: 'wrong'; readonly what: string; readonly line: number };

class TreeReady extends Error {}

let latestTree: ScriptNode | undefined;
let parser: Bash | undefined;

/** just-bash's browser edition exports no parser, but hands its tree to transform plugins. */
function parserOnce(): Bash {
  if (parser) return parser;
  parser = new Bash({ fs: new InMemoryFs({}), commands: [], defenseInDepth: false });
  parser.registerTransformPlugin({
    name: 'syntax-tree',
    transform: ({ ast }) => {
      latestTree = ast;
      throw new TreeReady();
    },
  });
  return parser;
}

/** Parses shell source, and tells a wrong script from an unfinished one. */
export function parseScript(text: string): ParseResult {
  const lines = text.split('\n').length;
  try {
    parserOnce().transform(text);
  } catch (error) {
    if (!(error instanceof TreeReady)) return explain(error, lines);
  }
  const script = latestTree as ScriptNode;
  const deferred = script.statements.find(statement => statement.deferredError)?.deferredError;
  // A shell reads whole lines: a mistake anywhere in the only line keeps all of it from running.
  if (deferred && lines - Number(text.endsWith('\n')) === 1) return { kind: 'wrong', what: deferred.message, line: 1 };
  const isUnfinished = endsInContinuation(text) || hasOpenHereDocument(script) || endsAfterOperator(script);
  if (!isUnfinished) return { kind: 'complete', script };
  const canRun = !endsAfterOperator(script);
  return {
    kind: 'incomplete',
    script: canRun ? script : undefined,
    what: 'syntax error: unexpected end of file',
    line: lines + 1,
  };
}

function explain(error: unknown, lines: number): ParseResult {
  const message = error instanceof Error ? error.message : '';
  const line = error instanceof Error && 'line' in error ? Number(error.line) : 1;
  const open = /unexpected EOF while looking for matching `.'/.exec(message);
  if (open) return { kind: 'incomplete', script: undefined, what: open[0], line };
  if (/\bEOF\b/.test(message)) {
    return { kind: 'incomplete', script: undefined, what: 'syntax error: unexpected end of file', line: lines + 1 };
  }
  return { kind: 'wrong', what: wording(error, message), line };
}

function wording(error: unknown, message: string): string {
  const near = /syntax error near unexpected token .*/.exec(message);
  if (near) return near[0];
  const token =
    error instanceof Error && 'token' in error ? (error.token as { value?: unknown } | undefined) : undefined;
  const value = typeof token?.value === 'string' && token.value.trim() !== '' ? token.value : 'newline';
  return `syntax error near unexpected token \`${value}'`;
}

function endsInContinuation(text: string): boolean {
  const backslashes = /(\\+)\n?$/.exec(text)?.[1]?.length ?? 0;
  return backslashes % 2 === 1;
}

function endsAfterOperator(script: ScriptNode): boolean {
  const statement: StatementNode | undefined = script.statements.at(-1);
  if (!statement || statement.deferredError) return false;
  const command = statement.pipelines.at(-1)?.commands.at(-1);
  if (command?.type !== 'SimpleCommand' || command.name) return false;
  return command.assignments.length === 0 && command.redirections.length === 0;
}

function hasOpenHereDocument(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('type' in node && node.type === 'HereDoc' && 'terminated' in node && node.terminated === false) return true;
  return Object.values(node).some(hasOpenHereDocument);
}
