/** Builtins that are also files: `echo`, `printf`, `test` … for `sudo echo`, `xargs printf`, `timeout 5 true`. */
import { builtins } from '../language/builtins/table';
import { ShellContext } from '../language/shellContext';
import type { Program } from '../system';
import { baseName } from './console';

export const builtinPrograms = ['[', 'echo', 'false', 'kill', 'printf', 'pwd', 'test', 'true'] as const;

export function builtinProgram(name: (typeof builtinPrograms)[number]): Program {
  return run => {
    const context = new ShellContext(run.process, run.system, baseName(run.name), run.args, true);
    return builtins.get(name)?.(context, run.args, name) ?? Promise.resolve(127);
  };
}
