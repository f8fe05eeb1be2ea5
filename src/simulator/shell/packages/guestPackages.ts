/** The packages of a guest: what is installed, and what installing and removing does to the disk. */
import type { GuestEffect, GuestState } from '../../world/guestState';
import { findPackage, type Package, packages } from '../../world/packages';
import { executableContent } from '../files/executable';
import type { GuestFileSystem } from '../files/guestFileSystem';
import { packageFiles } from './packageFiles';
import { programPath } from './programPath';

export class GuestPackages {
  readonly #installed: Set<string>;

  constructor(
    private readonly disk: GuestFileSystem,
    initially: GuestState['packages'],
    private readonly record: (effect: GuestEffect) => void,
  ) {
    this.#installed = new Set(
      packages.filter(({ name, isPreinstalled }) => initially[name] ?? isPreinstalled).map(({ name }) => name),
    );
    for (const name of this.#installed) this.#place(findPackage(name));
  }

  has(name: string): boolean {
    return this.#installed.has(name);
  }

  get installed(): readonly Package[] {
    return packages.filter(({ name }) => this.#installed.has(name));
  }

  install(one: Package): void {
    this.#installed.add(one.name);
    this.#place(one);
    this.record({ kind: 'package', name: one.name, isInstalled: true });
  }

  remove(one: Package): void {
    this.#installed.delete(one.name);
    for (const program of one.programs) this.disk.remove(programPath(program));
    for (const path of Object.keys(packageFiles[one.name] ?? {})) if (!path.endsWith('/')) this.disk.remove(path);
    this.record({ kind: 'package', name: one.name, isInstalled: false });
  }

  #place(one: Package | undefined): void {
    if (!one) return;
    for (const program of one.programs) this.disk.place(programPath(program), executableContent(program), 0o755);
    for (const [path, content] of Object.entries(packageFiles[one.name] ?? {})) {
      if (path.endsWith('/')) this.disk.placeDirectory(path.slice(0, -1));
      else this.disk.place(path, content);
    }
  }
}
