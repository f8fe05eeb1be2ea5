import type { WireRequest, WireResponse } from '../../core/ports/wire';
import { decodeQuery } from './decodeQuery';
import { encodeXml, encodeXmlFault } from './encodeXml';
import { parameterTree, parseForm } from './formBody';
import { decodeJson, encodeJson, encodeJsonFault } from './json';
import { decodeRest } from './rest/decodeRest';
import { encodeRestAnswer, encodeRestFault } from './rest/encodeRest';
import { ServiceFault } from './serviceFault';
import type { OperationModel, ServiceModel } from './serviceModels';

export interface DecodedRequest {
  readonly operation: OperationModel;
  readonly input: unknown;
}

/** Finds the operation that a request names and reads its input; throws a ServiceFault as the service would refuse. */
export function decodeRequest(service: ServiceModel, request: WireRequest): DecodedRequest {
  if (service.protocol === 'restXml') return decodeRest(service, request);
  return service.protocol === 'awsJson1_1' ? decodeTargeted(service, request) : decodeAction(service, request);
}

function decodeTargeted(service: ServiceModel, request: WireRequest): DecodedRequest {
  const [prefix, action = ''] = (request.headers['x-amz-target'] ?? '').split('.');
  const operation = service.actions.get(action);
  if (prefix !== service.targetPrefix || !operation) throw new ServiceFault('UnknownOperationException', '');
  return { operation, input: decodeJson(operation, request.body) };
}

function decodeAction(service: ServiceModel, request: WireRequest): DecodedRequest {
  const pairs = request.body.length > 0 ? parseForm(request.body) : parseForm(new TextEncoder().encode(request.query));
  if (!pairs) throw new ServiceFault('MalformedQueryString', 'The query string contains a syntax error.', 404);
  const tree = parameterTree(pairs);
  const action = takeValue(tree.children, 'Action');
  const version = takeValue(tree.children, 'Version');
  if (!action) throw new ServiceFault('MissingAction', 'The request is missing an action or a required parameter.');
  const operation = service.actions.get(action);
  if (!operation) throw invalidAction(action, version);
  if (version !== undefined && version !== service.version) throw noSuchVersion(service, version);
  return { operation, input: decodeQuery(operation, tree) };
}

function takeValue(children: Map<string, { readonly value: string | undefined }>, name: string): string | undefined {
  const value = children.get(name)?.value;
  children.delete(name);
  return value;
}

function invalidAction(action: string, version: string | undefined): ServiceFault {
  const message = version
    ? `Could not find operation ${action} for version ${version}`
    : `The action ${action} is not valid for this web service.`;
  return new ServiceFault('InvalidAction', message);
}

function noSuchVersion(service: ServiceModel, version: string): ServiceFault {
  return new ServiceFault(
    'NoSuchVersion',
    `The requested version (${version}) of service ${service.targetPrefix} does not exist`,
  );
}

/** An operation's answer; 200 but for services that say more with the status. */
export function encodeAnswer(operation: OperationModel, output: unknown, requestId: string): WireResponse {
  const { service } = operation;
  if (service.protocol === 'restXml') return encodeRestAnswer(operation, output, requestId);
  const body =
    service.protocol === 'awsJson1_1' ? encodeJson(operation, output) : encodeXml(operation, output, requestId);
  return respond(service, 200, body, requestId);
}

/** A refusal in the service's own form; `method` is the request's, because nothing answers HEAD with a body. */
export function encodeFault(
  service: ServiceModel,
  fault: ServiceFault,
  requestId: string,
  method = 'POST',
): WireResponse {
  if (service.protocol === 'restXml') return encodeRestFault(fault, requestId, method === 'HEAD');
  const body = service.protocol === 'awsJson1_1' ? encodeJsonFault(fault) : encodeXmlFault(service, fault, requestId);
  return respond(service, fault.status, body, requestId);
}

function respond(service: ServiceModel, status: number, text: string, requestId: string): WireResponse {
  const body = new TextEncoder().encode(text);
  const contentType = service.protocol === 'awsJson1_1' ? 'application/x-amz-json-1.1' : 'text/xml;charset=UTF-8';
  return {
    status,
    headers: { 'content-type': contentType, 'content-length': String(body.length), 'x-amzn-requestid': requestId },
    body,
  };
}
