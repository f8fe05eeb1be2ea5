import { ContentFile, NullFile, OpenFile, SinkFile } from '../kernel/openFile';
import type { Process } from '../kernel/process';
import { FileError } from './fileError';
import type { GuestFileSystem } from './guestFileSystem';

export type OpenMode = 'read' | 'write' | 'append';

/** Opens a path for a process, as open(2): devices, descriptors by name, regular files. Throws a file error. */
export async function openPath(
  process: Process,
  disk: GuestFileSystem,
  path: string,
  mode: OpenMode,
): Promise<OpenFile> {
  const files = disk.as(process.user);
  const absolute = files.resolvePath(process.workingDirectory, path);
  const device = openDevice(process, absolute);
  if (device) return device;
  const exists = await files.exists(absolute);
  if (exists && (await files.stat(absolute)).isDirectory) {
    throw new FileError('EISDIR');
  }
  if (mode === 'read') return new ContentFile(await files.readFileBuffer(absolute));
  await requireParent(files, absolute);
  if (mode === 'write' || !exists) await files.writeFile(absolute, '');
  else await files.appendFile(absolute, '');
  return new SinkFile(disk.appender(absolute));
}

async function requireParent(files: ReturnType<GuestFileSystem['as']>, absolute: string): Promise<void> {
  const parent = absolute.slice(0, absolute.lastIndexOf('/')) || '/';
  if (!(await files.exists(parent))) throw new FileError('ENOENT');
  if (!(await files.stat(parent)).isDirectory) throw new FileError('ENOTDIR');
}

function openDevice(process: Process, path: string): OpenFile | undefined {
  const descriptor = /^\/dev\/(?:fd\/(\d+)|(stdin|stdout|stderr))$/.exec(path);
  if (descriptor) {
    const number = descriptor[1]
      ? Number(descriptor[1])
      : ['stdin', 'stdout', 'stderr'].indexOf(descriptor[2] as string);
    const file = process.files.get(number);
    if (!file) throw new FileError('ENOENT');
    return file;
  }
  if (path === '/dev/null') return new NullFile();
  if (path === '/dev/zero') return new ZeroFile();
  if (path !== '/dev/tty' && path !== `/dev/${process.terminal?.name}`) return undefined;
  const terminal = [...process.files.values()].find(file => file.terminal === process.terminal);
  if (!terminal) throw new FileError('ENOENT');
  return terminal;
}

class ZeroFile extends OpenFile {
  tryRead(maxBytes: number): Uint8Array {
    return new Uint8Array(Math.min(maxBytes, 4_096));
  }

  tryWrite(bytes: Uint8Array): number {
    return bytes.length;
  }
}
