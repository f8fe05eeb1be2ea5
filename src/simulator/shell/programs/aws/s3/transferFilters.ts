/** `--include` and `--exclude`, of which the last that fits a path decides (awscli/customizations/s3/filters.py). */

export interface TransferFilter {
  readonly isIncluding: boolean;
  readonly pattern: string;
}

/** Takes the filters out of the arguments, in order. */
export function takeFilters(args: readonly string[]): {
  readonly filters: readonly TransferFilter[];
  readonly rest: readonly string[];
} {
  const filters: TransferFilter[] = [];
  const rest: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    const [, kind, joined] = /^--(include|exclude)(?:=(.*))?$/s.exec(arg) ?? [];
    const pattern = joined ?? (kind === undefined ? undefined : args[index + 1]);
    if (kind === undefined || pattern === undefined) rest.push(arg);
    else {
      filters.push({ isIncluding: kind === 'include', pattern });
      if (joined === undefined) index++;
    }
  }
  return { filters, rest };
}

/** `root`: the directory or prefix that patterns are below, with its separator. */
export function passes(filters: readonly TransferFilter[], root: string, path: string): boolean {
  const last = filters.filter(({ pattern }) => asRegExp(root + pattern).test(path)).at(-1);
  return last?.isIncluding ?? true;
}

/** A shell pattern whose `*` goes across separators (Python Library Reference, "fnmatch"). */
function asRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\[!?\]?[^\]]*\]|[\s\S]/g, part => {
    if (part === '*') return '[\\s\\S]*';
    if (part === '?') return '[\\s\\S]';
    if (part.length > 1) return part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${source}$`);
}
