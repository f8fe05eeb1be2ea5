import { type IFileSystem, InMemoryFs } from 'just-bash/browser';
import type { Clock } from '../../../base/clock';
import type { User } from '../kernel/process';
import { joinBytes } from '../kernel/text';
import { UserFiles } from './userFiles';

/** All files of a guest together. */
const capacityBytes = 64 * 1024 * 1024;

/** The guest's disk: an in-memory tree, seen through {@link UserFiles} with a user's rights. */
export class GuestFileSystem {
  readonly #tree: InMemoryFs;
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly clock: Clock) {
    this.#tree = new InMemoryFs({}, { maxTotalBytes: capacityBytes });
  }

  /** The tree as `user` may use it. */
  as(user: User): IFileSystem {
    return new UserFiles(this.#tree, user, this.clock, () => this.#writing);
  }

  /** As {@link as}, and tells of refusals; with `hidesDenied` a directory that may not be listed looks empty. */
  watched(user: User, onDenied: (path: string) => void, hidesDenied: boolean): IFileSystem {
    return new UserFiles(this.#tree, user, this.clock, () => this.#writing, onDenied, hidesDenied);
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
    };
    return bytes => {
      gathered.push(bytes.slice());
      if (gathered.length === 1) this.#writing = this.#writing.then(flush).catch(() => undefined);
    };
  }

  /** The tree itself would give what is written the time of the machine that simulates. */
  #stamp(path: string): Promise<void> {
    const now = new Date(this.clock.now());
    return this.#tree.utimes(path, now, now);
  }
}
