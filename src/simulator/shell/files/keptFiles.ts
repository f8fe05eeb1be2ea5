import type { Clock } from '../../../base/clock';
import type { GuestEffect } from '../../world/guestState';
import type { GuestFileSystem } from './guestFileSystem';

/** Directories whose content does not survive a reboot, or is no content. */
const fleeting = ['/tmp', '/dev', '/run', '/proc', '/sys'];
/** Changes are gathered this long, so that a log that grows is not kept anew for each line. */
const gatherMs = 1_000;

/** Reports what programs change on the disk, path by path. */
export class KeptFiles {
  readonly #changed = new Set<string>();
  #isGathering = false;

  constructor(
    private readonly disk: GuestFileSystem,
    private readonly clock: Clock,
    private readonly record: (effect: GuestEffect) => void,
  ) {
    disk.onChanged = path => this.#note(path);
  }

  #note(path: string): void {
    if (fleeting.some(directory => path === directory || path.startsWith(`${directory}/`))) return;
    this.#changed.add(path);
    if (this.#isGathering) return;
    this.#isGathering = true;
    this.clock.after(gatherMs, () => void this.flush());
  }

  /** Reports at once what is known to have changed. */
  async flush(): Promise<void> {
    this.#isGathering = false;
    const paths = [...this.#changed];
    this.#changed.clear();
    for (const path of paths) await this.#report(path);
  }

  /** A directory may have come with all that is in it. */
  async #report(path: string): Promise<void> {
    const file = await this.disk.keep(path);
    this.record({ kind: 'file', path, file });
    if (file.kind !== 'directory') return;
    for (const name of await this.disk.list(path)) await this.#report(`${path}/${name}`);
  }
}
