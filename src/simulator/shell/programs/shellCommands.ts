/** Builtins that are also files: `echo`, `printf`, `test` … for `sudo echo`, `xargs printf`, `timeout 5 true`. */
import { builtins } from '../language/builtins/table';
import { ShellContext } from '../language/shellContext';
import type { Program } from '../system';
import { baseName } from './console';

/** Outside of a shell the messages' own prefix is enough. */
class StandaloneContext extends ShellContext {
  override complain(text: string): Promise<void> {
    return this.process.write(2, `${text}\n`);
  }
}

export const builtinPrograms = ['[', 'echo', 'false', 'kill', 'printf', 'pwd', 'test', 'true'] as const;

export function builtinProgram(name: (typeof builtinPrograms)[number]): Program {
  return run => {
    const context = new StandaloneContext(run.process, run.system, baseName(run.name), run.args, true);
    return builtins.get(name)?.(context, run.args, name) ?? Promise.resolve(127);
  };
}
