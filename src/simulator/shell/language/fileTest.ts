import type { ShellContext } from './shellContext';

/** `-z` and `-n`; undefined for any other operator. */
export function textTest(operator: string, text: string): boolean | undefined {
  if (operator === '-z') return text === '';
  return operator === '-n' ? text !== '' : undefined;
}

/** `-e`, `-f`, `-d`, `-s`, `-x`, `-r`, `-w`, `-L`, `-t` … of test(1). */
export async function fileTest(shell: ShellContext, operator: string, operand: string): Promise<boolean> {
  const { process, system } = shell;
  if (operator === '-t') return process.files.get(Number(operand))?.terminal !== undefined;
  const files = system.disk.as(process.user);
  const path = files.resolvePath(process.workingDirectory, operand);
  if (operand === '' || !(await files.exists(path))) return false;
  if (operator === '-L' || operator === '-h') return (await files.lstat(path)).isSymbolicLink;
  const stat = await files.stat(path);
  switch (operator) {
    case '-f':
      return stat.isFile && !path.startsWith('/dev/');
    case '-d':
      return stat.isDirectory;
    case '-s':
      return stat.size > 0;
    case '-x':
      return (stat.mode & 0o111) !== 0;
    case '-w':
      return process.isRoot || path.startsWith(process.user.home) || path.startsWith('/tmp');
    case '-c':
      return path.startsWith('/dev/') && stat.isFile;
    case '-b':
    case '-p':
    case '-S':
    case '-g':
    case '-u':
    case '-k':
      return false;
    default:
      return true;
  }
}
