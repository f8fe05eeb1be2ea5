/** The AWS CLI v2: verbs, flags and output follow from the wire schemas; requests go through the guest's own network. */
import {
  deserializeResponse,
  ServiceError,
  type SigningKeys,
  serializeRequest,
  signRequest,
} from '../../../protocols/clientCodec';
import type { Program, Run } from '../../system';
import { print, readTextFile } from '../console';
import { kernelRelease } from '../kernelRelease';
import { type AwsCommandLine, CommandLineError, invalidChoice, readCommandLine, usageText } from './commandLine';
import { InstanceMetadata } from './instanceMetadata';
import { jsonText, type PlainValue, plainValue, tabText } from './output';
import { callPages, hasPages, type PagedResult, type Paging, takePaging } from './paging';
import { readParameters } from './parameters';
import { sendWithRetries, TransportError, type TransportOptions } from './transport';

const version = '2.31.35';
/** Exit statuses of the CLI v2 (AWS CLI User Guide, "Return codes"). */
const ExitStatus = { wrongCommand: 252, wrongConfiguration: 253, refusedByService: 254, general: 255 } as const;

export const aws: Program = async run => {
  if (run.args[0] === '--version') {
    await print(run, `aws-cli/${version} Python/3.9.24 Linux/${kernelRelease} source/x86_64.amzn.2023\n`);
    return 0;
  }
  if (run.args.at(-1) === 'help') {
    await print(run, `${usageText}\nThe manual pages are not installed on this guest.\n`);
    return 0;
  }
  try {
    const line = readCommandLine(run.args);
    checkGlobals(line);
    return await perform(run, line);
  } catch (error) {
    return report(run, error);
  }
};

/** Configuration that is missing on the guest. */
class ConfigurationError extends Error {}

async function report(run: Run, error: unknown): Promise<number> {
  const say = async (text: string, status: number) => {
    await run.process.write(2, `\n${text}\n`);
    return status;
  };
  if (error instanceof CommandLineError)
    return say(error.showsUsage ? `${usageText.slice(1)}\n${error.message}\n` : error.message, error.status);
  if (error instanceof ConfigurationError) return say(error.message, ExitStatus.wrongConfiguration);
  if (error instanceof TransportError) return say(transportText(error), ExitStatus.general);
  throw error;
}

function transportText(error: TransportError): string {
  switch (error.failure) {
    case 'connectTimeout':
      return `Connect timeout on endpoint URL: "${error.url}"`;
    case 'readTimeout':
      return `Read timeout on endpoint URL: "${error.url}"`;
    case 'notConnected':
      return `Could not connect to the endpoint URL: "${error.url}"`;
    case 'badCertificate':
      return `SSL validation failed for ${error.url} ${error.message}`;
    case 'closed':
      return `Connection was closed before we received a valid response from endpoint URL: "${error.url}".`;
  }
}

function checkGlobals({ globals }: AwsCommandLine): void {
  const endpointUrl = globals.get('endpoint-url');
  if (endpointUrl !== undefined && !/^https?:\/\//.test(endpointUrl)) {
    throw new CommandLineError(
      `Bad value for --endpoint-url "${endpointUrl}": scheme is missing.  Must be of the form http://<hostname>/ or https://<hostname>/`,
      false,
    );
  }
  const output = globals.get('output');
  if (output === 'table' || output === 'yaml' || output === 'yaml-stream') {
    throw new CommandLineError(`--output ${output} is not available on this guest; use json or text`, false);
  }
  if (output !== undefined && output !== 'json' && output !== 'text' && output !== 'off') {
    throw invalidChoice('--output', ['json', 'text', 'table', 'yaml', 'yaml-stream', 'off']);
  }
  if (globals.has('query'))
    throw new CommandLineError('--query is not available on this guest; pipe the JSON into jq or grep instead', false);
  const profile = globals.get('profile');
  if (profile !== undefined)
    throw new CommandLineError(`The config profile (${profile}) could not be found`, false, ExitStatus.general);
}

async function perform(run: Run, line: AwsCommandLine): Promise<number> {
  const { paging, rest, given } = takePaging(line.operation, line.args);
  const input = await readParameters(line.operation, rest, path => readTextFile(run, path));
  const isManual = line.globals.has('no-paginate') || 'MaxResults' in input || 'NextToken' in input;
  if (isManual && given.length > 0) throw pagedByHand(given);
  const metadata = new InstanceMetadata(run);
  const region = await findRegion(run, line, metadata);
  const keys = line.globals.has('no-sign-request') ? undefined : await findKeys(run, metadata);
  const client = new Client(run, line, region, keys);
  try {
    const { output, resumeToken } = await client.call(input, isManual ? undefined : paging);
    await print(run, outputText(run, line, plainValue(line.operation.output, output), resumeToken));
    return 0;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    await run.process.write(
      2,
      `\nAn error occurred (${error.code}) when calling the ${line.operation.name} operation: ${error.message}\n`,
    );
    return ExitStatus.refusedByService;
  }
}

function pagedByHand(given: readonly string[]): CommandLineError {
  const flags = given.map(name => `--${name}`).join(', ');
  return new CommandLineError(`Cannot specify --no-paginate along with pagination arguments: ${flags}`, false);
}

/** A token to go on with comes last, in text on a line of its own. */
function outputText(run: Run, line: AwsCommandLine, output: PlainValue, resumeToken: string | undefined): string {
  const form = line.globals.get('output') ?? run.process.environment.get('AWS_DEFAULT_OUTPUT') ?? 'json';
  if (form === 'off') return '';
  const more = resumeToken === undefined ? {} : { NextToken: resumeToken };
  if (form === 'text') return tabText(output) + (resumeToken === undefined ? '' : tabText({ NextToken: more }));
  return jsonText(typeof output === 'object' ? { ...output, ...more } : output);
}

function metadataIsOff(run: Run): boolean {
  return run.process.environment.get('AWS_EC2_METADATA_DISABLED')?.toLowerCase() === 'true';
}

async function findRegion(run: Run, line: AwsCommandLine, metadata: InstanceMetadata): Promise<string> {
  const { environment } = run.process;
  const given = line.globals.get('region') ?? (environment.get('AWS_REGION') || environment.get('AWS_DEFAULT_REGION'));
  if (given) return given;
  const region = metadataIsOff(run) ? undefined : await metadata.region();
  if (region) return region;
  if (line.service.name === 'iam') return 'us-east-1';
  throw new ConfigurationError(
    'You must specify a region. You can also configure your region by running "aws configure".',
  );
}

async function findKeys(run: Run, metadata: InstanceMetadata): Promise<SigningKeys> {
  const { environment } = run.process;
  const accessKeyId = environment.get('AWS_ACCESS_KEY_ID');
  const secretAccessKey = environment.get('AWS_SECRET_ACCESS_KEY');
  const sessionToken = environment.get('AWS_SESSION_TOKEN');
  if (accessKeyId && !secretAccessKey) {
    throw new ConfigurationError('Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY');
  }
  if (accessKeyId && secretAccessKey)
    return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  const keys = metadataIsOff(run) ? undefined : await metadata.credentials();
  if (keys) return keys;
  throw new ConfigurationError(
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
  );
}

/** One service in one region, with keys. */
class Client {
  constructor(
    private readonly run: Run,
    private readonly line: AwsCommandLine,
    private readonly region: string,
    private readonly keys: SigningKeys | undefined,
  ) {}

  /** All pages as one answer, or exactly one call when `paging` is left out. */
  async call(input: Readonly<Record<string, unknown>>, paging: Paging | undefined): Promise<PagedResult> {
    const { operation } = this.line;
    if (paging && hasPages(operation)) return callPages(operation, page => this.#call(page), input, paging);
    return { output: await this.#call(input), resumeToken: undefined };
  }

  async #call(input: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
    const { operation, globals } = this.line;
    const { system } = this.run;
    const endpointUrl = globals.get('endpoint-url') ?? this.run.process.environment.get('AWS_ENDPOINT_URL');
    const request = await serializeRequest(operation, input, {
      region: this.region,
      endpointUrl,
      makeToken: () => system.chance.uuid(),
    });
    const url = new URL(endpointUrl ?? `https://${request.host}/`);
    const headers = { ...request.headers, 'user-agent': this.#userAgent(), 'accept-encoding': 'identity' };
    const response = await sendWithRetries(this.run, url, this.#transportOptions(), async () => {
      if (!this.keys) return { ...request, headers };
      const scope = {
        service: this.line.service.signingName,
        region: this.#signingRegion(),
        nowMs: this.run.process.timeline.now(),
        digests: system.digests,
      };
      return signRequest({ ...request, headers }, this.keys, scope);
    });
    return (await deserializeResponse(operation, response)) as Readonly<Record<string, unknown>>;
  }

  /** IAM is global and signs for us-east-1 (AWS General Reference, "IAM endpoints"). */
  #signingRegion(): string {
    return this.line.service.name === 'iam' ? 'us-east-1' : this.region;
  }

  #transportOptions(): TransportOptions {
    const { globals } = this.line;
    const seconds = (name: string) => {
      const text = globals.get(name);
      if (text === undefined) return 60;
      if (!/^\d+$/.test(text))
        throw new CommandLineError(`aws: error: argument --${name}: invalid int value: '${text}'`, true);
      return Number(text) || 86_400;
    };
    return {
      connectTimeoutMs: seconds('cli-connect-timeout') * 1_000,
      readTimeoutMs: seconds('cli-read-timeout') * 1_000,
      maxAttempts: Math.max(1, Number(this.run.process.environment.get('AWS_MAX_ATTEMPTS') ?? 3) || 3),
      verify: !globals.has('no-verify-ssl'),
    };
  }

  #userAgent(): string {
    const { service, operation } = this.line;
    const verb = [...service.operations].find(([, candidate]) => candidate === operation)?.[0] ?? operation.name;
    return `aws-cli/${version} md/awscrt#0.28.4 ua/2.1 os/linux#${kernelRelease} md/arch#x86_64 lang/python#3.9.24 md/pyimpl#CPython cfg/retry-mode#standard md/installer#source md/prompt#off md/command#${service.name}.${verb}`;
  }
}
