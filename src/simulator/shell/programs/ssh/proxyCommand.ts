/** ssh_config(5), "ProxyCommand": a program whose standard input and output are the connection. */
import type { ByteStream } from '../../../network/stream/byteStream';
import type { OpenFile } from '../../kernel/openFile';
import { openPipe } from '../../kernel/pipe';
import type { Run } from '../../system';
import { startChild } from '../child';
import { readPipe, writePipe } from '../pipeTransfer';
import type { SshTarget } from './sshOptions';

const chunkBytes = 65_536;
const noShellStatus = 127;

/** Starts the program; it is hung up on when ssh ends. */
export function startProxyCommand(run: Run, command: string, target: SshTarget): ByteStream {
  const toProxy = openPipe();
  const fromProxy = openPipe();
  const [input, output] = [toProxy.writeEnd.retain(), fromProxy.readEnd.retain()];
  const files = new Map<number, OpenFile>([...run.process.files, [0, toProxy.readEnd], [1, fromProxy.writeEnd]]);
  const argv = ['sh', '-c', `exec ${expanded(command, target)}`];
  const child = startChild(run, argv, { files }, async () => noShellStatus);
  run.process.resources.add({ dispose: () => child.deliver('SIGHUP') });
  let writing = Promise.resolve();
  let isFinished = false;
  return {
    write(bytes) {
      writing = writing.then(() => writePipe(run, input, bytes)).catch(() => undefined);
    },
    read: () => readPipe(run, output, chunkBytes),
    close() {
      if (isFinished) return;
      isFinished = true;
      writing = writing.then(() => input.release());
    },
  };
}

/** ssh_config(5), "TOKENS". */
function expanded(command: string, { host, port, userName }: SshTarget): string {
  const tokens: Readonly<Record<string, string>> = { h: host, n: host, p: String(port), r: userName, '%': '%' };
  return command.replace(/%([hnpr%])/g, (_, token: string) => tokens[token] ?? '');
}
