import type { ShellContext } from './shellContext';

/** Bash's prompt escapes (bash manual, Controlling the Prompt); the ones without meaning here stay as they are. */
export async function expandPrompt(shell: ShellContext, prompt: string): Promise<string> {
  const directory = shell.process.workingDirectory;
  const home = shell.variables.get('HOME');
  const short =
    home && (directory === home || directory.startsWith(`${home}/`)) ? `~${directory.slice(home.length)}` : directory;
  const meanings: Readonly<Record<string, string>> = {
    s: shell.name,
    v: '5.2',
    V: '5.2.15',
    u: shell.process.user.name,
    h: shell.system.hostName.split('.')[0] ?? '',
    H: shell.system.hostName,
    w: short,
    W: short === '~' ? '~' : directory.slice(directory.lastIndexOf('/') + 1) || '/',
    $: shell.process.isRoot ? '#' : '$',
    n: '\n',
    r: '\r',
    '[': '',
    ']': '',
    '\\': '\\',
  };
  return prompt.replace(/\\([\s\S])/g, (sequence, letter: string) => meanings[letter] ?? sequence);
}
