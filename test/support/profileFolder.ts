import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A home with AWS config files of a test's own; everything is put back by `dispose`. */
export class ProfileFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'profiles-'));
  readonly #environment = { ...process.env };

  constructor() {
    process.env.AWS_CONFIG_FILE = join(this.path, 'config');
    process.env.AWS_SHARED_CREDENTIALS_FILE = join(this.path, 'credentials');
    process.env.HOME = this.path;
  }

  config(text: string): void {
    writeFileSync(join(this.path, 'config'), text);
  }

  credentials(text: string): void {
    writeFileSync(join(this.path, 'credentials'), text);
  }

  dispose(): void {
    process.env = this.#environment;
    rmSync(this.path, { recursive: true });
  }
}
