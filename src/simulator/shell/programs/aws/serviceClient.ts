/** One service in one region, with keys: builds, signs and sends calls (boto/botocore:botocore/client.py). */
import {
  deserializeResponse,
  type OperationModel,
  ServiceError,
  type ServiceModel,
  type SigningKeys,
  serializeRequest,
  signRequest,
} from '../../../protocols/clientCodec';
import type { ClientContext } from './clientContext';
import { CliFailure, configurationFailure, ExitStatus } from './failures';
import { retryRules } from './retryRules';
import { sendWithRetries } from './transport';
import { userAgent } from './version';

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

/** IAM and STS have an address that is nobody's region's, S3 one that stands for all. */
function worksWithoutRegion({ globals }: ClientContext, { name }: ServiceModel): boolean {
  return name === 's3' || (globals.endpointUrl === undefined && (name === 'iam' || name === 'sts'));
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
    const found = keys ?? (session.globals.signRequest ? (await session.credentials())?.keys : undefined);
    const region = await session.region();
    if (region === undefined && !worksWithoutRegion(session, service))
      throw configurationFailure(
        'You must specify a region. You can also configure your region by running "aws configure".',
      );
    return new ServiceClient(session, service, region, command, found);
  }

  /** Rejects with {@link ServiceFailure} when the service refuses, with {@link CliFailure} when it cannot be asked. */
  async call(
    operation: OperationModel,
    input: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const { run, globals, configuration } = this.session;
    const endpointUrl = globals.endpointUrl ?? configuration.environment.get('AWS_ENDPOINT_URL');
    const region = this.region ?? globalRegion;
    const request = await serializeRequest(operation, input, {
      region,
      endpointUrl,
      makeToken: () => run.system.chance.uuid(),
    });
    if (globals.signRequest && !this.keys)
      throw configurationFailure(
        'Unable to locate credentials. You can configure credentials by running "aws configure".',
      );
    const url = new URL(endpointUrl ?? `https://${request.host}/`);
    const headers = {
      ...request.headers,
      'user-agent': userAgent(this.service.name, this.command),
      'accept-encoding': 'identity',
    };
    const prepare = async () => {
      if (!this.keys) return { ...request, headers };
      const scope = {
        service: this.service.signingName,
        region: this.service.name === 'iam' ? globalRegion : region,
        nowMs: run.process.timeline.now(),
        digests: run.system.digests,
      };
      return signRequest({ ...request, headers }, this.keys, scope);
    };
    const { answer, usedUpRetries } = await sendWithRetries(
      run,
      url,
      { ...retryRules(configuration), ...globals },
      prepare,
      async response => {
        try {
          return (await deserializeResponse(operation, response)) as Readonly<Record<string, unknown>>;
        } catch (error) {
          if (error instanceof ServiceError) return error;
          throw error;
        }
      },
    );
    if (answer instanceof ServiceError) throw new ServiceFailure(answer, operation, usedUpRetries);
    return answer;
  }
}
