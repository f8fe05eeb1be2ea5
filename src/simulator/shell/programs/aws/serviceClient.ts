/** One service in one region, with keys: builds, signs and sends calls (boto/botocore:botocore/client.py). */
import type { WireRequest, WireResponse } from '../../../../core/ports/wire';
import {
  deserializeResponse,
  type OperationModel,
  ServiceError,
  type ServiceModel,
  type SigningKeys,
  type SigningScope,
  serializeRequest,
  signRequest,
} from '../../../protocols/clientCodec';
import type { ClientContext } from './clientContext';
import { endpointUrlFor } from './endpointUrl';
import { CliFailure, configurationFailure, ExitStatus, generalFailure } from './failures';
import { isWorthRetrying, retryRules } from './retryRules';
import { barePath, checkBucketName, orderedQuery, otherRegion, withoutUrlEncoding, withUrlEncoding } from './s3Rules';
import { sendWithRetries } from './transport';
import { userAgent } from './version';

type Members = Readonly<Record<string, unknown>>;

/** A refusal by the service, in the CLI's words. */
export class ServiceFailure extends CliFailure {
  constructor(
    readonly refusal: ServiceError,
    operation: OperationModel,
    usedUpRetries: number | undefined,
  ) {
    const effort = usedUpRetries === undefined ? '' : ` (reached max retries: ${usedUpRetries})`;
    super(
      `An error occurred (${refusal.code}) when calling the ${operation.name} operation${effort}: ${refusal.message}`,
      ExitStatus.refusedByService,
    );
  }
}

/** Where a service that has no regions is signed for (AWS General Reference, "IAM endpoints"). */
const globalRegion = 'us-east-1';
/** Addresses of services that answer without a region. */
const globalEndpoints: Readonly<Record<string, string>> = {
  sts: 'https://sts.amazonaws.com',
  s3: 'https://s3.amazonaws.com',
};

/** IAM and STS have an address that is nobody's region's, S3 one that stands for all. */
function worksWithoutRegion(session: ClientContext, service: ServiceModel): boolean {
  const { name } = service;
  return name === 's3' || ((name === 'iam' || name === 'sts') && endpointUrlFor(session, service) === undefined);
}

function requireRegionName(region: string | undefined): void {
  if (region === undefined || /^(?![0-9]+$)(?!-)[a-zA-Z0-9-]{0,63}(?<!-)$/.test(region)) return;
  throw generalFailure(`Provided region_name '${region}' doesn't match a supported format.`);
}

export class ServiceClient {
  private constructor(
    private readonly session: ClientContext,
    readonly service: ServiceModel,
    /** Undefined for a service that needs none. */
    readonly region: string | undefined,
    private readonly command: string,
    private readonly keys: SigningKeys | undefined,
  ) {}

  /** `command` is what the requests say of who sends them. Throws {@link CliFailure} without a region. */
  static async open(
    session: ClientContext,
    service: ServiceModel,
    command: string,
    keys?: SigningKeys,
  ): Promise<ServiceClient> {
    session.configuration.requireProfile();
    requireRegionName(session.globals.region);
    endpointUrlFor(session, service);
    const found = keys ?? (session.globals.signRequest ? (await session.credentials())?.keys : undefined);
    const region = await session.region();
    if (region === undefined && !worksWithoutRegion(session, service))
      throw configurationFailure(
        'You must specify a region. You can also configure your region by running "aws configure".',
      );
    return new ServiceClient(session, service, region, command, found);
  }

  /** Rejects with {@link ServiceFailure} when the service refuses, with {@link CliFailure} when it cannot be asked. */
  async call(operation: OperationModel, input: Members): Promise<Members> {
    checkBucketName(operation, input);
    const given = withUrlEncoding(operation, input);
    const { answer, response, usedUpRetries } = await this.#send(operation, given, this.region);
    if (!(answer instanceof ServiceError)) return withoutUrlEncoding(answer);
    const elsewhere =
      this.service.name === 's3' ? otherRegion(answer, response, this.#signingRegion(this.region)) : undefined;
    if (elsewhere === undefined) throw new ServiceFailure(answer, operation, usedUpRetries);
    const second = await this.#send(operation, given, elsewhere);
    if (second.answer instanceof ServiceError) throw new ServiceFailure(second.answer, operation, second.usedUpRetries);
    return withoutUrlEncoding(second.answer);
  }

  /** The request for an operation, unsigned, and its whole URL. */
  async request(
    operation: OperationModel,
    input: Members,
    region = this.region,
  ): Promise<{ request: WireRequest; url: URL }> {
    const { run } = this.session;
    const endpointUrl = endpointUrlFor(this.session, this.service);
    const request = await serializeRequest(operation, input, {
      region: region ?? 'aws-global',
      endpointUrl: endpointUrl ?? (region === undefined ? globalEndpoints[this.service.name] : undefined),
      makeToken: () => run.system.chance.uuid(),
    });
    const query = orderedQuery(operation, input, request.query);
    const protocol = endpointUrl === undefined ? 'https:' : new URL(endpointUrl).protocol;
    const path = barePath(operation, input, request.path);
    const url = new URL(`${protocol}//${request.host}${path}${query === '' ? '' : `?${query}`}`);
    return { request: { ...request, path, query }, url };
  }

  /** Signs for the service in a region. Throws {@link CliFailure} without keys. */
  async sign(request: WireRequest, region: string | undefined): Promise<WireRequest> {
    if (!this.session.globals.signRequest) return request;
    return signRequest(request, this.requireKeys(), this.scope(region));
  }

  requireKeys(): SigningKeys {
    if (this.keys) return this.keys;
    throw configurationFailure(
      'Unable to locate credentials. You can configure credentials by running "aws configure".',
    );
  }

  scope(region = this.region): SigningScope {
    const { process, system } = this.session.run;
    return {
      service: this.service.signingName,
      region: this.#signingRegion(region),
      nowMs: process.timeline.now(),
      digests: system.digests,
    };
  }

  #signingRegion(region: string | undefined): string {
    return region === undefined || this.service.name === 'iam' ? globalRegion : region;
  }

  async #send(operation: OperationModel, input: Members, region: string | undefined): Promise<Sent> {
    const { run, globals, configuration } = this.session;
    const { request, url } = await this.request(operation, input, region);
    if (globals.signRequest) this.requireKeys();
    const agent = userAgent(this.service.name, this.command);
    const { 'content-length': _, ...own } = request.headers;
    const headers = { ...own, 'user-agent': agent, 'accept-encoding': 'identity' };
    const options = { ...retryRules(configuration), ...globals };
    const prepare = () => this.sign({ ...request, headers }, region);
    const read = async (response: WireResponse) => ({ response, answer: await readAnswer(operation, response) });
    const delivery = await sendWithRetries(run, url, options, prepare, read, ({ answer }) => isWorthRetrying(answer));
    return { ...delivery.answer, usedUpRetries: delivery.usedUpRetries };
  }
}

interface Sent {
  readonly answer: Members | ServiceError;
  readonly response: WireResponse;
  readonly usedUpRetries: number | undefined;
}

async function readAnswer(operation: OperationModel, response: WireResponse): Promise<Members | ServiceError> {
  try {
    return (await deserializeResponse(operation, response)) as Members;
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}
