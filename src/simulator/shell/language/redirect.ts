import { describeFileError } from '../files/fileError';
import { type OpenMode, openPath } from '../files/openPath';
import { ContentFile, type OpenFile } from '../kernel/openFile';
import type { Process } from '../kernel/process';
import { encodeText } from '../kernel/text';
import { expandText, expandWords } from './expand';
import { ShellError } from './flow';
import type { ShellContext } from './shellContext';
import type { HereDocument, Redirection, WordNode } from './syntax';

/** Applies redirections, left to right, to `process` (the shell's own, or a child's before its program starts). Throws {@link ShellError}. */
export async function redirect(
  shell: ShellContext,
  process: Process,
  redirections: readonly Redirection[],
): Promise<void> {
  for (const redirection of redirections) await redirectOne(shell, process, redirection);
}

/** Runs `body` with redirections on the shell's own descriptors, and puts these back. */
export async function withRedirections<T>(
  shell: ShellContext,
  redirections: readonly Redirection[],
  body: () => Promise<T>,
): Promise<T> {
  if (redirections.length === 0) return body();
  const { process } = shell;
  const saved = [...process.files].map(([descriptor, file]) => [descriptor, file.retain()] as const);
  try {
    await redirect(shell, process, redirections);
    return await body();
  } finally {
    if (!process.status) restore(process, saved);
    for (const [, file] of saved) file.release();
  }
}

function restore(process: Process, saved: readonly (readonly [number, OpenFile])[]): void {
  for (const descriptor of [...process.files.keys()]) process.close(descriptor);
  for (const [descriptor, file] of saved) process.install(descriptor, file);
}

async function redirectOne(shell: ShellContext, process: Process, redirection: Redirection): Promise<void> {
  const { operator, target } = redirection;
  if (target.type === 'HereDoc') {
    const text = await hereDocumentText(shell, target);
    return process.install(redirection.fd ?? 0, new ContentFile(encodeText(text)));
  }
  switch (operator) {
    case '<<<':
      return process.install(redirection.fd ?? 0, new ContentFile(encodeText(`${await expandText(shell, target)}\n`)));
    case '>&':
    case '<&':
      return duplicate(shell, process, redirection, target);
    case '&>':
    case '&>>': {
      const file = await open(shell, process, target, operator === '&>' ? 'write' : 'append');
      process.install(1, file);
      return process.install(2, file);
    }
    case '<':
    case '<>':
      return process.install(redirection.fd ?? 0, await open(shell, process, target, 'read'));
    default:
      return process.install(
        redirection.fd ?? 1,
        await open(shell, process, target, operator === '>>' ? 'append' : 'write'),
      );
  }
}

async function hereDocumentText(shell: ShellContext, document: HereDocument): Promise<string> {
  return expandText(shell, document.stripTabs ? withoutLeadingTabs(document.content) : document.content);
}

/** `<<-`: tabs at the start of the document's own lines, not of lines that an expansion brings. */
function withoutLeadingTabs(word: WordNode): WordNode {
  let isAtLineStart = true;
  const parts = word.parts.map(part => {
    if (part.type !== 'Literal') {
      isAtLineStart = false;
      return part;
    }
    const value = part.value.replace(/(^|\n)\t+/g, (tabs, start: string, offset: number) =>
      start !== '' || (offset === 0 && isAtLineStart) ? start : tabs,
    );
    isAtLineStart = value.endsWith('\n');
    return { ...part, value };
  });
  return { ...word, parts };
}

async function duplicate(
  shell: ShellContext,
  process: Process,
  redirection: Redirection,
  target: WordNode,
): Promise<void> {
  const from = await expandText(shell, target);
  const descriptor = redirection.fd ?? (redirection.operator === '>&' ? 1 : 0);
  if (from === '-') return process.close(descriptor);
  if (!/^\d+$/.test(from)) {
    if (redirection.operator !== '>&' || redirection.fd !== null) throw new ShellError(`${from}: ambiguous redirect`);
    const file = await open(shell, process, target, 'write');
    process.install(1, file);
    return process.install(2, file);
  }
  const file = process.files.get(Number(from));
  if (!file) throw new ShellError(`${from}: Bad file descriptor`);
  process.install(descriptor, file);
}

async function open(shell: ShellContext, process: Process, target: WordNode, mode: OpenMode): Promise<OpenFile> {
  const names = await expandWords(shell, [target]);
  if (names.length !== 1) throw new ShellError('ambiguous redirect');
  const path = names[0] as string;
  try {
    return await openPath(process, shell.system.disk, path, mode);
  } catch (error) {
    throw new ShellError(`${path}: ${describeFileError(error)}`);
  }
}
