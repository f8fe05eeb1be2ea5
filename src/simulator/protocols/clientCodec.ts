/** The client's end of the wire, for programs inside the simulated instances: the SDK's own serialisers without its client. */
import { AwsEc2QueryProtocol, AwsJson1_1Protocol, AwsQueryProtocol, AwsRestXmlProtocol } from '@aws-sdk/core/protocols';
import { buildQueryString, HttpResponse } from '@smithy/core/protocols';
import type { EndpointBearer, HandlerExecutionContext, SerdeFunctions } from '@smithy/types';
import type { WireRequest, WireResponse } from '../../core/ports/wire';
import { reasonPhrase } from '../network/reasonPhrase';
import { bucketUrl, withChecksum, withWholeBodies } from './rest/s3Client';
import type { OperationModel, ServiceModel } from './serviceModels';

export { kebabName } from './kebabName';
export { findService, type OperationModel, type ServiceModel } from './serviceModels';
export { presignedSignature, type SigningKeys, type SigningScope, signRequest } from './sigV4';

export interface RequestTarget {
  readonly region: string;
  /** Replaces the service's own address: `https://host[:port][/path]`. */
  readonly endpointUrl?: string | undefined;
  /** Fills idempotency tokens that the input leaves out; without it they are random. */
  readonly makeToken?: () => string;
}

/** A refusal that came back over the wire. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** The protocols fall back to their own encoders for what a client's context would bring. */
type Context = HandlerExecutionContext & SerdeFunctions & EndpointBearer;
type HttpClientProtocol = AwsQueryProtocol | AwsJson1_1Protocol | AwsRestXmlProtocol;

/** The unsigned request for an operation. Rejects with a TypeError when the input does not fit the schema. */
export async function serializeRequest(
  operation: OperationModel,
  input: unknown,
  target: RequestTarget,
): Promise<WireRequest> {
  const url = addressOf(operation, input, target);
  const endpoint = {
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    ...(url.port ? { port: Number(url.port) } : {}),
  };
  const protocol = protocolOf(operation.service);
  const complete = withTokens(operation, input, target.makeToken) as object;
  const context = { endpoint: async () => endpoint } as Partial<Context> as Context;
  const request = await protocol.serializeRequest(operation.schema, complete, context);
  const body = bytesOf(request.body);
  return withChecksum(operation, {
    method: request.method,
    host: url.host,
    path: request.path,
    query: buildQueryString(request.query ?? {}),
    headers: { ...request.headers, 'content-length': String(body.length) },
    body,
  });
}

function addressOf({ service }: OperationModel, input: unknown, { region, endpointUrl }: RequestTarget): URL {
  const url = new URL(endpointUrl ?? `https://${service.hostOf(region)}`);
  return service.protocol === 'restXml' ? bucketUrl(url, input, endpointUrl !== undefined) : url;
}

/** Operations without a body have none at all. */
function bytesOf(body: unknown): Uint8Array {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  return body instanceof Uint8Array ? body : new Uint8Array();
}

/** The operation's output; rejects with a ServiceError when the service refused. */
export async function deserializeResponse(operation: OperationModel, response: WireResponse): Promise<unknown> {
  const incoming = new HttpResponse({
    statusCode: response.status,
    headers: { ...response.headers },
    body: response.body,
  });
  try {
    const output = await protocolOf(operation.service).deserializeResponse(
      withWholeBodies(operation.schema),
      {} as Partial<Context> as Context,
      incoming,
    );
    const { $metadata, ...members } = output as { $metadata?: unknown };
    return members;
  } catch (error) {
    throw response.body.length === 0 ? bareError(response.status) : asServiceError(error, response.status);
  }
}

/** A refusal without a body is known by its status alone (boto/botocore:botocore/parsers.py, `RestXMLParser`). */
function bareError(status: number): ServiceError {
  return new ServiceError(String(status), reasonPhrase(status), status);
}

function asServiceError(error: unknown, status: number): ServiceError {
  const { Code, name, message } = error as { Code?: unknown; name?: unknown; message?: unknown };
  return new ServiceError(String(Code ?? name ?? 'Unknown'), String(message ?? ''), status);
}

function withTokens(operation: OperationModel, input: unknown, makeToken: (() => string) | undefined): unknown {
  if (!makeToken || !operation.input.isStructSchema()) return input;
  const members: Record<string, unknown> = { ...(input as object) };
  for (const [name, member] of operation.input.structIterator())
    if (member.isIdempotencyToken()) members[name] ??= makeToken();
  return members;
}

function protocolOf(service: ServiceModel): HttpClientProtocol {
  const settings = {
    defaultNamespace: service.shapeNamespace,
    errorTypeRegistries: [...service.errorRegistries],
    xmlNamespace: service.xmlNamespace,
    version: service.version,
    serviceTarget: service.targetPrefix,
  };
  if (service.protocol === 'ec2Query') return new AwsEc2QueryProtocol(settings);
  if (service.protocol === 'awsQuery') return new AwsQueryProtocol(settings);
  if (service.protocol === 'restXml') return new AwsRestXmlProtocol(settings);
  return new AwsJson1_1Protocol(settings);
}
