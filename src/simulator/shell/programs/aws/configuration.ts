/** Settings from the environment and from `~/.aws` (boto/botocore:botocore/configprovider.py). */
import { decodeText } from '../../kernel/text';
import type { Run } from '../../system';
import { generalFailure } from './failures';
import { type IniFile, parseIniFile } from './iniFile';

type Section = ReadonlyMap<string, string>;

export class Configuration {
  private constructor(
    private readonly config: IniFile,
    private readonly credentials: IniFile,
    /** The profile that was asked for by name; undefined for the one that is used when nothing is said. */
    readonly profile: string | undefined,
    readonly environment: ReadonlyMap<string, string>,
  ) {}

  /** Throws {@link CliFailure} for a file that cannot be understood. */
  static async load(run: Run, profile: string | undefined): Promise<Configuration> {
    const { environment } = run.process;
    const named = profile ?? (environment.get('AWS_PROFILE') || environment.get('AWS_DEFAULT_PROFILE') || undefined);
    const { config, credentials } = settingsPaths(run);
    return new Configuration(await readIni(run, config), await readIni(run, credentials), named, environment);
  }

  get profileName(): string {
    return this.profile ?? 'default';
  }

  /** Throws {@link CliFailure} when a profile was asked for that neither file has. */
  requireProfile(): void {
    if (this.profile === undefined || this.#isKnown(this.profile) || this.profile === 'default') return;
    throw generalFailure(`The config profile (${this.profile}) could not be found`);
  }

  /** Profiles of both files. */
  get profileNames(): readonly string[] {
    const titles = [...this.config.keys()].map(title => title.replace(/^profile /, ''));
    return [...new Set([...titles, ...this.credentials.keys()])];
  }

  #isKnown(profile: string): boolean {
    return this.#configSection(profile) !== undefined || this.credentials.has(profile);
  }

  /** A setting of the profile from the configuration file. */
  setting(name: string, profile = this.profileName): string | undefined {
    return this.#configSection(profile)?.get(name);
  }

  /** A setting of the profile from the credentials file. */
  credential(name: string, profile = this.profileName): string | undefined {
    return this.credentials.get(profile)?.get(name);
  }

  #configSection(profile: string): Section | undefined {
    return profile === 'default'
      ? (this.config.get('default') ?? this.config.get('profile default'))
      : this.config.get(`profile ${profile}`);
  }
}

/** Where the two files are, as the environment says or in the home directory. */
export function settingsPaths(run: Run): { readonly config: string; readonly credentials: string } {
  const { environment } = run.process;
  return {
    config: expandPath(run, environment.get('AWS_CONFIG_FILE') || '~/.aws/config'),
    credentials: expandPath(run, environment.get('AWS_SHARED_CREDENTIALS_FILE') || '~/.aws/credentials'),
  };
}

/** `~` and variables, as Python's `expanduser` and `expandvars` have them; relative paths are the process's. */
export function expandPath(run: Run, path: string): string {
  const { environment, user, workingDirectory } = run.process;
  const home = environment.get('HOME') ?? user.home;
  const expanded = path
    .replace(/^~(?=\/|$)/, home)
    .replace(/\$(?:(\w+)|\{([^}]*)\})/g, (whole, name?: string, braced?: string) => {
      return environment.get(name ?? braced ?? '') ?? whole;
    });
  return run.system.disk.as(user).resolvePath(workingDirectory, expanded);
}

export function readBytes(run: Run, path: string): Promise<Uint8Array> {
  return run.system.disk.as(run.process.user).readFileBuffer(expandPath(run, path));
}

async function readIni(run: Run, path: string): Promise<IniFile> {
  const files = run.system.disk.as(run.process.user);
  if (!(await files.exists(path))) return new Map();
  const parsed = parseIniFile(decodeText(await files.readFileBuffer(path)));
  if (!parsed) throw generalFailure(`Unable to parse config file: ${path}`);
  return parsed;
}
