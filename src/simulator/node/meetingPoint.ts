/**
 * Where the windows of one user meet: a local socket of the file system, never a network port. Who can listen there owns the practice world;
 * everybody else connects.
 */
import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export type Meeting =
  | { readonly role: 'owner'; readonly server: Server }
  | { readonly role: 'guest'; readonly socket: Socket };

/** The socket's address for a folder. Socket paths are short (unix(7): 108 bytes), so it does not lie in the folder itself. */
export function meetingAddress(folder: string): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\vpc-labs-${name}`;
  return join(ownDirectory(), `${name}.sock`);
}

/** A directory that only this user can enter; somebody else's of the same name is refused. */
function ownDirectory(): string {
  const { uid } = userInfo();
  const path = join(tmpdir(), `vpc-labs-${uid}`);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const found = lstatSync(path);
  if (!found.isDirectory() || found.uid !== uid) throw new Error(`${path} belongs to somebody else`);
  chmodSync(path, 0o700);
  return path;
}

/** Listens, or connects to who does. `onConnection` hears of the windows that come to an owner. */
export async function meet(address: string, onConnection: (socket: Socket) => void): Promise<Meeting> {
  for (let attempt = 0; ; attempt++) {
    const server = await listen(address, onConnection);
    if (server) return { role: 'owner', server };
    const found = inodeOf(address);
    const socket = await reach(address);
    if (socket) return { role: 'guest', socket };
    if (attempt >= attemptLimit) throw new Error(`Nobody answers at ${address}, and it cannot be taken over`);
    // Whoever listened there is gone without having cleared it away, unless another window has taken the place meanwhile.
    if (found !== undefined && inodeOf(address) === found) rmSync(address, { force: true });
  }
}

const attemptLimit = 10;

/** Undefined where there is no file: a pipe of Windows goes with who listened. */
function inodeOf(address: string): number | undefined {
  return lstatSync(address, { throwIfNoEntry: false })?.ino;
}

function listen(address: string, onConnection: (socket: Socket) => void): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer(onConnection);
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => resolve(server));
  });
}

function reach(address: string): Promise<Socket | undefined> {
  return new Promise(resolve => {
    const socket = connect(address);
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}
