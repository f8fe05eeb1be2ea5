import type { FileContent, IFileSystem, InMemoryFs } from 'just-bash/browser';
import type { Clock } from '../../../base/clock';
import type { User } from '../kernel/process';
import { FileError } from './fileError';

type Writing = Pick<IFileSystem, 'writeFile'>['writeFile'];

/** Directories in which everyone may write. */
const commonDirectories = ['/tmp', '/var/tmp', '/dev'];
/** What only root may read or enter. */
const secretPaths = ['/root', '/etc/shadow', '/etc/sudoers', '/etc/sudoers.d'];

export interface FileSurroundings {
  readonly clock: Clock;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
  /** Told of each path that is about to be changed. */
  changed(path: string): void;
  /** Told of each path that was refused. */
  denied?(path: string): void;
  /** Directories that may not be listed look empty, for a walk that goes on past them. */
  readonly hidesDenied: boolean;
}

/**
 * The tree with a user's rights: root may do all; others write in their home and in the common directories. Files written get the
 * guest's own time.
 */
export class UserFiles implements IFileSystem {
  constructor(
    private readonly tree: InMemoryFs,
    private readonly user: User,
    private readonly surroundings: FileSurroundings,
  ) {}

  async readFile(...[path, options]: Parameters<IFileSystem['readFile']>): Promise<string> {
    await this.#toRead(path);
    return this.tree.readFile(path, options);
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    await this.#toRead(path);
    return this.tree.readFileBuffer(path);
  }

  async writeFile(...[path, content, options]: Parameters<Writing>): Promise<void> {
    await this.#toWrite(path);
    const mode = (await this.tree.exists(path)) ? (await this.tree.stat(path)).mode : undefined;
    await this.tree.writeFile(path, content, options);
    if (mode !== undefined) await this.tree.chmod(path, mode);
    await this.#stamp(path);
  }

  async appendFile(path: string, content: FileContent, options?: Parameters<Writing>[2]): Promise<void> {
    await this.#toWrite(path);
    await this.tree.appendFile(path, content, options);
    await this.#stamp(path);
  }

  async exists(path: string): Promise<boolean> {
    await this.surroundings.settled();
    return this.tree.exists(path);
  }

  async stat(path: string): ReturnType<IFileSystem['stat']> {
    await this.surroundings.settled();
    return this.tree.stat(path);
  }

  async lstat(path: string): ReturnType<IFileSystem['stat']> {
    await this.surroundings.settled();
    return this.tree.lstat(path);
  }

  async readdir(path: string): Promise<string[]> {
    if (await this.#looksEmpty(path)) return [];
    return this.tree.readdir(path);
  }

  async readdirWithFileTypes(path: string): ReturnType<InMemoryFs['readdirWithFileTypes']> {
    if (await this.#looksEmpty(path)) return [];
    return this.tree.readdirWithFileTypes(path);
  }

  async mkdir(path: string, options?: { recursive?: boolean }): Promise<void> {
    await this.#toWrite(path);
    const isNew = !(await this.tree.exists(path));
    await this.tree.mkdir(path, options);
    if (isNew) await this.#stamp(path);
  }

  async rm(path: string, options?: { recursive?: boolean; force?: boolean }): Promise<void> {
    await this.#toWrite(path);
    return this.tree.rm(path, options);
  }

  async cp(source: string, target: string, options?: { recursive?: boolean }): Promise<void> {
    await this.#toRead(source);
    await this.#toWrite(target);
    await this.tree.cp(source, target, options);
    await this.#stamp(target);
  }

  async mv(source: string, target: string): Promise<void> {
    await this.#toWrite(source);
    await this.#toWrite(target);
    return this.tree.mv(source, target);
  }

  async chmod(path: string, mode: number): Promise<void> {
    await this.#toWrite(path);
    return this.tree.chmod(path, mode);
  }

  async symlink(target: string, linkPath: string): Promise<void> {
    await this.#toWrite(linkPath);
    return this.tree.symlink(target, linkPath);
  }

  async link(existingPath: string, newPath: string): Promise<void> {
    await this.#toWrite(newPath);
    return this.tree.link(existingPath, newPath);
  }

  async utimes(path: string, accessed: Date, modified: Date): Promise<void> {
    await this.#toWrite(path);
    return this.tree.utimes(path, accessed, modified);
  }

  readlink(path: string): Promise<string> {
    return this.tree.readlink(path);
  }

  realpath(path: string): Promise<string> {
    return this.tree.realpath(path);
  }

  resolvePath(base: string, path: string): string {
    return this.tree.resolvePath(base, path);
  }

  getAllPaths(): string[] {
    return this.tree.getAllPaths();
  }

  async #looksEmpty(path: string): Promise<boolean> {
    await this.surroundings.settled();
    if (!this.surroundings.hidesDenied || !this.#isSecret(path)) await this.#toRead(path);
    else this.surroundings.denied?.(path);
    return this.surroundings.hidesDenied && this.#isSecret(path);
  }

  #isSecret(path: string): boolean {
    return this.user.id !== 0 && secretPaths.some(secret => isWithin(path, secret));
  }

  #deny(path: string): never {
    this.surroundings.denied?.(path);
    throw new FileError('EACCES', path);
  }

  async #toRead(path: string): Promise<void> {
    await this.surroundings.settled();
    if (this.#isSecret(path)) this.#deny(path);
  }

  async #toWrite(path: string): Promise<void> {
    await this.surroundings.settled();
    const isAllowed = this.user.id === 0 || this.#isOwn(path);
    if (!isAllowed) this.#deny(path);
    this.surroundings.changed(path);
  }

  #isOwn(path: string): boolean {
    return [this.user.home, ...commonDirectories].some(directory => isWithin(path, directory));
  }

  async #stamp(path: string): Promise<void> {
    const now = new Date(this.surroundings.clock.now());
    await this.tree.utimes(path, now, now);
  }
}

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}
