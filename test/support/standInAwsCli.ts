import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A program `aws` that is found first on the path, and writes down what it is asked. */
export class StandInAwsCli {
  readonly #folder = mkdtempSync(join(tmpdir(), 'stand-in-aws-'));
  readonly #path = process.env.PATH ?? '';

  /** `versionLine`: what `--version` says; undefined when there is no such program anywhere. */
  constructor(versionLine: string | undefined) {
    process.env.PATH = versionLine === undefined ? this.#folder : [this.#folder, this.#path].join(delimiter);
    if (versionLine === undefined) return;
    const program = join(this.#folder, 'aws');
    writeFileSync(
      program,
      `#!/bin/sh
if [ "$1" = --version ]; then echo '${versionLine}'; exit; fi
for word in "$@"; do printf '%s\\n' "$word"; done > '${this.#notes}.part'
/bin/mv '${this.#notes}.part' '${this.#notes}'
`,
    );
    chmodSync(program, 0o755);
  }

  /** The words that it was last started with; undefined before that. No word may hold a line end. */
  get words(): readonly string[] | undefined {
    return existsSync(this.#notes) ? readFileSync(this.#notes, 'utf8').split('\n').slice(0, -1) : undefined;
  }

  dispose(): void {
    process.env.PATH = this.#path;
    rmSync(this.#folder, { recursive: true });
  }

  get #notes(): string {
    return join(this.#folder, 'words');
  }
}
