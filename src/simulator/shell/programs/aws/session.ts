/** One run of the CLI: its options, its configuration, and what is found out on demand: region, keys. */
import type { ServiceModel, SigningKeys } from '../../../protocols/clientCodec';
import { findService } from '../../../protocols/clientCodec';
import type { Run } from '../../system';
import type { ClientContext } from './clientContext';
import { Configuration } from './configuration';
import { type Credentials, findCredentials, type RoleToAssume } from './credentials';
import { generalFailure } from './failures';
import { type GlobalOptions, type OutputFormat, outputFormats } from './globalOptions';
import { InstanceMetadata } from './instanceMetadata';
import { ServiceClient } from './serviceClient';
import type { BinaryFormat } from './wireInput';

export class CliSession implements ClientContext {
  readonly #metadata: InstanceMetadata;
  #region: Promise<string | undefined> | undefined;
  #credentials: Promise<Credentials | undefined> | undefined;

  private constructor(
    readonly run: Run,
    readonly globals: GlobalOptions,
    readonly configuration: Configuration,
  ) {
    this.#metadata = new InstanceMetadata(run);
  }

  /** Throws {@link CliFailure} when the configuration files cannot be read. */
  static async open(run: Run, globals: GlobalOptions): Promise<CliSession> {
    return new CliSession(run, globals, await Configuration.load(run, globals.profile));
  }

  /** From the line, the environment, the configuration or the instance. */
  region(): Promise<string | undefined> {
    this.#region ??= this.#findRegion();
    return this.#region;
  }

  async #findRegion(): Promise<string | undefined> {
    const { environment } = this.configuration;
    const told = this.globals.region || environment.get('AWS_REGION') || environment.get('AWS_DEFAULT_REGION');
    return told || this.configuration.setting('region') || this.#metadata.region();
  }

  credentials(): Promise<Credentials | undefined> {
    this.#credentials ??= findCredentials({
      configuration: this.configuration,
      metadata: this.#metadata,
      ignoresEnvironment: this.globals.profile !== undefined,
      assumeRole: role => this.#assumeRole(role),
    });
    return this.#credentials;
  }

  /** Throws {@link CliFailure} for a configured form that does not exist. */
  outputFormat(): OutputFormat {
    const { environment } = this.configuration;
    const told = this.globals.output ?? (environment.get('AWS_DEFAULT_OUTPUT') || this.configuration.setting('output'));
    const format = outputFormats.find(candidate => candidate === (told || 'json'));
    if (format) return format;
    throw generalFailure(`Unknown output type: ${told}`);
  }

  /** How bytes are written in parameters. */
  binaryFormat(): BinaryFormat {
    const told = this.globals.binaryFormat ?? this.configuration.setting('cli_binary_format');
    return told === 'raw-in-base64-out' ? told : 'base64';
  }

  async #assumeRole({ roleArn, sessionName, externalId, keys }: RoleToAssume): Promise<SigningKeys> {
    const operation = (findService('sts') as ServiceModel).operations.get('assume-role');
    if (!operation) throw generalFailure('STS is not available');
    const client = await ServiceClient.open(this, operation.service, 'assume-role', keys);
    const name = sessionName ?? `botocore-session-${Math.floor(this.run.process.timeline.now() / 1_000)}`;
    const output = await client.call(operation, {
      RoleArn: roleArn,
      RoleSessionName: name,
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
    });
    const issued = output.Credentials as {
      readonly AccessKeyId: string;
      readonly SecretAccessKey: string;
      readonly SessionToken: string;
    };
    return {
      accessKeyId: issued.AccessKeyId,
      secretAccessKey: issued.SecretAccessKey,
      sessionToken: issued.SessionToken,
    };
  }
}
