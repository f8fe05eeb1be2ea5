/** The client's end of the wire, for programs inside the simulated instances: the SDK's own serialisers without its client. */
import { AwsEc2QueryProtocol, AwsJson1_1Protocol, AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { HttpResponse } from '@smithy/core/protocols';
import type { EndpointBearer, HandlerExecutionContext, SerdeFunctions } from '@smithy/types';
import type { WireRequest, WireResponse } from '../../core/ports/wire';
import type { OperationModel, ServiceModel } from './serviceModels';

export { kebabName } from './kebabName';
export { findService, type OperationModel, type ServiceModel } from './serviceModels';
export { type SigningKeys, type SigningScope, signRequest } from './sigV4';

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
type HttpClientProtocol = AwsQueryProtocol | AwsJson1_1Protocol;

/** The unsigned request for an operation. Rejects with a TypeError when the input does not fit the schema. */
export async function serializeRequest(
  operation: OperationModel,
  input: unknown,
  target: RequestTarget,
): Promise<WireRequest> {
  const url = new URL(target.endpointUrl ?? `https://${operation.service.hostOf(target.region)}`);
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
  const body = typeof request.body === 'string' ? new TextEncoder().encode(request.body) : (request.body as Uint8Array);
  return {
    method: request.method,
    host: url.host,
    path: request.path,
    query: '',
    headers: { ...request.headers, 'content-length': String(body.length) },
    body,
  };
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
      operation.schema,
      {} as Partial<Context> as Context,
      incoming,
    );
    const { $metadata, ...members } = output as { $metadata?: unknown };
    return members;
  } catch (error) {
    throw asServiceError(error, response.status);
  }
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
  return new AwsJson1_1Protocol(settings);
}
