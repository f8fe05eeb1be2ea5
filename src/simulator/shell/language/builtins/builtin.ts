import type { ShellContext } from '../shellContext';

/** A command that runs inside the shell's own process. `name` is how it was called. */
export type Builtin = (shell: ShellContext, args: readonly string[], name: string) => Promise<number>;
