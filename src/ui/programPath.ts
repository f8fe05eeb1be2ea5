/**
 * Where a program of this machine is, as this extension's own environment finds it: a terminal of VS Code may look elsewhere. The name
 * itself when it is nowhere.
 */
export async function programPath(name: string): Promise<string> {
  const [{ access, constants }, { delimiter, join }] = await Promise.all([
    import('node:fs/promises'),
    import('node:path'),
  ]);
  const fileNames = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const path of folders.flatMap(folder => fileNames.map(fileName => join(folder, fileName)))) {
    const isProgram = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isProgram) return path;
  }
  return name;
}
