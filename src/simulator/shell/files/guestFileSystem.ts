import { type IFileSystem, InMemoryFs } from 'just-bash/browser';
import type { Clock } from '../../../base/clock';
import type { GuestFile, GuestState } from '../../world/guestState';
import type { User } from '../kernel/process';
import { joinBytes, latin1Bytes, latin1Text } from '../kernel/text';
import { UserFiles } from './userFiles';

/** All files of a guest together. */
const capacityBytes = 64 * 1024 * 1024;

/** The guest's disk: an in-memory tree, seen through {@link UserFiles} with a user's rights. */
export class GuestFileSystem {
  readonly #tree: InMemoryFs;
  #writing: Promise<void> = Promise.resolve();
  /** Told of each path that a program changes, before or after it does. */
  onChanged: (path: string) => void = () => {};

  constructor(private readonly clock: Clock) {
    this.#tree = new InMemoryFs({}, { maxTotalBytes: capacityBytes });
  }

  /** The tree as `user` may use it. */
  as(user: User): IFileSystem {
    return this.#open(user);
  }

  /** As {@link as}, and tells of refusals; with `hidesDenied` a directory that may not be listed looks empty. */
  watched(user: User, onDenied: (path: string) => void, hidesDenied: boolean): IFileSystem {
    return this.#open(user, onDenied, hidesDenied);
  }

  #open(user: User, onDenied?: (path: string) => void, hidesDenied?: boolean): IFileSystem {
    return new UserFiles(this.#tree, user, {
      clock: this.clock,
      settled: () => this.#writing,
      changed: path => this.onChanged(path),
      ...(onDenied ? { denied: onDenied } : {}),
      hidesDenied: hidesDenied ?? false,
    });
  }

  /** Puts a file in place while the guest is being set up. */
  place(path: string, content: string | Uint8Array, mode = 0o644): void {
    this.#tree.writeFileSync(path, content, undefined, { mode, mtime: new Date(this.clock.now()) });
  }

  placeLink(path: string, target: string): void {
    // The in-memory tree does this at once, whatever its signature promises.
    void this.#tree.symlink(target, path);
  }

  placeDirectory(path: string): void {
    this.#tree.mkdirSync(path, { recursive: true });
    void this.#stamp(path);
  }

  /** A writer for an opened file. Chunks written in one go are stored together; every reader waits for what is under way. */
  appender(path: string): (bytes: Uint8Array) => void {
    let gathered: Uint8Array[] = [];
    const flush = async () => {
      const bytes = joinBytes(gathered);
      gathered = [];
      await this.#tree.appendFile(path, bytes);
      await this.#stamp(path);
      this.onChanged(path);
    };
    return bytes => {
      gathered.push(bytes.slice());
      if (gathered.length === 1) this.#writing = this.#writing.then(flush).catch(() => undefined);
    };
  }

  /** Takes away what is at the path, if anything is. */
  remove(path: string): void {
    this.#writing = this.#writing.then(() => this.#tree.rm(path, { recursive: true, force: true }));
  }

  /** Puts files back as they were kept; every reader waits for it. */
  restore(files: GuestState['files']): void {
    this.#writing = this.#writing.then(async () => {
      for (const [path, file] of Object.entries(files)) await this.#restoreOne(path, file).catch(() => undefined);
    });
  }

  async #restoreOne(path: string, file: GuestFile): Promise<void> {
    if (file.kind !== 'directory') await this.#tree.rm(path, { recursive: true, force: true });
    if (file.kind === 'absent') return;
    if (file.kind === 'link') return this.#tree.symlink(file.target, path);
    if (file.kind === 'directory') {
      this.placeDirectory(path);
      return this.#tree.chmod(path, file.mode);
    }
    const mtime = new Date(file.modifiedMs);
    this.#tree.writeFileSync(path, latin1Bytes(file.content), undefined, { mode: file.mode, mtime });
  }

  /** What is at a path now, to be kept. */
  async keep(path: string): Promise<GuestFile> {
    await this.#writing;
    const stat = await this.#tree.lstat(path).catch(() => undefined);
    if (!stat) return { kind: 'absent' };
    if (stat.isSymbolicLink) return { kind: 'link', target: await this.#tree.readlink(path) };
    if (stat.isDirectory) return { kind: 'directory', mode: stat.mode };
    const content = latin1Text(await this.#tree.readFileBuffer(path));
    return { kind: 'file', mode: stat.mode, content, modifiedMs: stat.mtime.getTime() };
  }

  /** Names in a directory. */
  list(path: string): Promise<readonly string[]> {
    return this.#tree.readdir(path);
  }

  /** The tree itself would give what is written the time of the machine that simulates. */
  #stamp(path: string): Promise<void> {
    const now = new Date(this.clock.now());
    return this.#tree.utimes(path, now, now);
  }
}
