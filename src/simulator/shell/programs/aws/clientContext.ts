import type { Run } from '../../system';
import type { Configuration } from './configuration';
import type { Credentials } from './credentials';
import type { GlobalOptions } from './globalOptions';

/** What a client of a service needs to know of the run of the CLI that it is part of. */
export interface ClientContext {
  readonly run: Run;
  readonly globals: GlobalOptions;
  readonly configuration: Configuration;
  /** Undefined when none is configured anywhere. */
  region(): Promise<string | undefined>;
  credentials(): Promise<Credentials | undefined>;
}
