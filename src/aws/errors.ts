import { type ErrorCode, LabError } from '../core/errors';

/** The parts of an SDK error that we look at; which of them are there differs by service and by where it failed. */
interface SdkError {
  readonly name?: unknown;
  readonly Code?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly $metadata?: { readonly requestId?: string; readonly httpStatusCode?: number };
  readonly $response?: unknown;
  readonly errors?: readonly unknown[];
}

/**
 * An error of an SDK client, once and for all, as one of ours. `action` is what was being done, as IAM names it. Parameters: always
 * `action` and `detail` (AWS's own words), and what the sentence needs besides.
 */
export function translateError(caught: unknown, action: string): LabError {
  if (caught instanceof LabError) return caught;
  const error = (caught ?? {}) as SdkError;
  const detail = typeof error.message === 'string' ? error.message : String(caught);
  const cloudCode = wireCode(error);
  const [code, parameters] = cloudCode ? refusal(cloudCode, detail) : failure(error, detail);
  return new LabError(
    code,
    { action, detail, ...parameters },
    {
      cause: caught,
      ...(cloudCode === undefined ? {} : { cloudCode }),
      ...(error.$metadata?.requestId === undefined ? {} : { requestId: error.$metadata.requestId }),
    },
  );
}

/** A refusal that AWS puts into the body of an answer with status 200, in an `Unsuccessful` list. */
export function refusedInAnswer(
  wire: { readonly Code?: string | undefined; readonly Message?: string | undefined } | undefined,
  action: string,
  about: Readonly<Record<string, string>>,
): LabError {
  const { Code: cloudCode = '', Message: detail = '' } = wire ?? {};
  const [code, parameters] = refusal(cloudCode, detail);
  return new LabError(code, { action, detail, ...parameters, ...about }, { cloudCode });
}

type Translation = readonly [ErrorCode, Readonly<Record<string, string>>?];

/** `NotFound` in every spelling: the casing of ID and Id varies between EC2's codes. */
const notFoundCode =
  /^(?:Invalid.*\.NotFound|NoSuchEntity(?:Exception)?|NatGatewayNotFound|.*DoesNotExist(?:Exception)?|ParameterNotFound|(?:LoadBalancer|TargetGroup|Listener)NotFound)$/;

/**
 * The service's own code, when a service refused. EC2 and SSM put it in `name`; the AWS Query services in `Code`, with a modelled name
 * beside it. Undefined when no service answered, or something that is none.
 */
function wireCode(error: SdkError): string | undefined {
  if (typeof error.Code === 'string' && error.Code) return error.Code;
  const isAnswer = error.$metadata?.httpStatusCode !== undefined;
  if (!isAnswer || typeof error.name !== 'string') return undefined;
  return ['Error', 'SyntaxError', 'TypeError', 'UnknownError', 'TimeoutError'].includes(error.name)
    ? undefined
    : error.name;
}

const byCode: Readonly<Record<string, ErrorCode>> = {
  DryRunOperation: 'rehearsalPassed',
  UnauthorizedOperation: 'accessDenied',
  AccessDenied: 'accessDenied',
  AccessDeniedException: 'accessDenied',
  UnauthorizedException: 'accessDenied',
  RequestExpired: 'credentialsExpired',
  ExpiredToken: 'credentialsExpired',
  ExpiredTokenException: 'credentialsExpired',
  AuthFailure: 'credentialsRefused',
  InvalidClientTokenId: 'credentialsRefused',
  SignatureDoesNotMatch: 'credentialsRefused',
  UnrecognizedClientException: 'credentialsRefused',
  InvalidSignatureException: 'credentialsRefused',
  IncompleteSignature: 'credentialsRefused',
  IncompleteSignatureException: 'credentialsRefused',
  InvalidAccessKeyId: 'credentialsRefused',
  MissingAuthenticationToken: 'credentialsRefused',
  MissingAuthenticationTokenException: 'credentialsRefused',
  OptInRequired: 'credentialsRefused',
  RequestLimitExceeded: 'throttled',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  RequestThrottled: 'throttled',
  RequestThrottledException: 'throttled',
  TooManyRequestsException: 'throttled',
  DependencyViolation: 'dependencyViolation',
  DeleteConflict: 'dependencyViolation',
  DeleteConflictException: 'dependencyViolation',
  ResourceInUse: 'dependencyViolation',
  TargetNotConnected: 'targetNotConnected',
  InvalidPolicyDocument: 'policyInvalid',
  ExistingVpcEndpointConnections: 'serviceHasConnections',
  'UnknownPrincipalType.Unsupported': 'principalRefused',
  'InvalidTargetArn.Unknown': 'principalRefused',
  DuplicateLoadBalancerName: 'nameTaken',
  DuplicateTargetGroupName: 'nameTaken',
  VpcPeeringConnectionAlreadyExists: 'peeringExists',
  'InvalidVpcPeeringConnectionState.DnsHostnamesDisabled': 'peeringDnsNeedsVpcAttributes',
  'InvalidSubnet.Conflict': 'cidrTaken',
  'InvalidVpc.Range': 'cidrInvalid',
  'InvalidSubnet.Range': 'cidrInvalid',
};

function refusal(code: string, detail: string): Translation {
  if (code === 'ResourceInUse' && detail.startsWith('Load balancer')) return ['loadBalancerInUse'];
  if (code === 'ResourceInUse' && detail.startsWith('Target group')) return ['targetGroupInUse'];
  const known = byCode[code];
  if (known) return [known, { ...(known === 'targetNotConnected' ? { instanceId: id('i', detail) } : {}) }];
  if (code === 'DuplicateSubnetsInSameZone') return ['duplicateSubnetsInSameZone', { subnetId: id('subnet', detail) }];
  if (code === 'InvalidServiceName') return ['serviceNotFound', { serviceName: quoted(detail) }];
  if (/^InvalidVpcEndpoint(?:Id)?\.NotFound$/.test(code))
    return ['endpointNotFound', { endpointId: id('vpce', detail) }];
  if (code === 'InvalidState' && id('vpce', detail))
    return ['connectionNotWaiting', { endpointId: id('vpce', detail) }];
  if (code === 'InvalidParameter') return invalidParameter(code, detail);
  if (code === 'InsufficientFreeAddressesInSubnet') return ['subnetFull', { subnetId: id('subnet', detail) }];
  if (code === 'IncorrectState' && id('vpce', detail)) return ['endpointNotReady', { endpointId: id('vpce', detail) }];
  if (code === 'RouteAlreadyExists')
    return id('pl', detail)
      ? ['routeToServiceExists', { routeTableId: id('rtb', detail), prefixListId: id('pl', detail) }]
      : ['routeExists'];
  if (/^(?:InvalidStateTransition|OperationNotPermitted)$/.test(code) && /pcx-|peering/i.test(detail))
    return ['peeringNotAnswerable', { id: id('pcx', detail) }];
  if (/LimitExceeded(?:Exception)?$/.test(code)) return ['limitExceeded', { limit: code }];
  if (notFoundCode.test(code)) return ['resourceNotFound', { id: quoted(detail) }];
  return ['requestRefused', { code }];
}

/** Private DNS, kinds and zones are refused under one code; AWS's sentence tells them apart. */
const invalidParameters: readonly (readonly [RegExp, ErrorCode])[] = [
  [/private DNS requires both enableDnsSupport and enableDnsHostnames/i, 'privateDnsNeedsVpcAttributes'],
  [/conflicting DNS domain for (?<dnsName>\S+) in the VPC/i, 'privateDnsConflict'],
  [/service (?<serviceName>\S+) does not provide a private DNS name/i, 'privateDnsNotOffered'],
  [/service (?<serviceName>\S+) has not verified the private DNS name/i, 'privateDnsNotVerified'],
  [/To set PrivateDnsOnlyForInboundResolverEndpoint to true/i, 'privateDnsNeedsGatewayEndpoint'],
  [/PrivateDnsOnlyForInboundResolverEndpoint is applicable only to Interface/i, 'dnsOptionNotForGateways'],
  [
    /Endpoint type \((?<wanted>\w+)\) does not match available service types \(\[(?<offered>[^\]]*)\]\)/i,
    'endpointKindMismatch',
  ],
  [
    /VPC endpoint service (?<serviceName>\S+) does not support the availability zone of the subnet/i,
    'zoneNotSupported',
  ],
  [/Load Balancer (?<loadBalancer>\S+) is already associated with another/i, 'loadBalancerTaken'],
  [/Load Balancer (?<loadBalancer>\S+) is not in the active state/i, 'loadBalancerNotActive'],
];

function invalidParameter(code: string, detail: string): Translation {
  for (const [pattern, ours] of invalidParameters) {
    const match = pattern.exec(detail);
    if (match)
      return [ours, { ...match.groups, ...named('vpcId', 'vpc', detail), ...named('subnetId', 'subnet', detail) }];
  }
  return ['requestRefused', { code }];
}

function named(parameter: string, prefix: string, detail: string): Readonly<Record<string, string>> {
  const found = id(prefix, detail);
  return found ? { [parameter]: found } : {};
}

/** Node's and OpenSSL's codes for "no connection", by their beginnings. */
const networkCodes =
  /^(?:E(?:NOTFOUND|CONN|TIMEDOUT|HOST|NET|AI_|PIPE|PROTO|SOCKET)|ERR_(?:TLS|SSL)|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH)/;

function failure(error: SdkError, detail: string): Translation {
  const name = typeof error.name === 'string' ? error.name : '';
  if (/^(?:CredentialsProviderError|TokenProviderError)$/.test(name)) {
    return [/expired|refresh/i.test(detail) ? 'credentialsExpired' : 'credentialsMissing'];
  }
  const code = networkCode(error);
  if (code !== undefined) return ['cloudUnreachable', { reason: code }];
  if (name === 'TimeoutError' || name === 'NetworkingError') return ['cloudUnreachable', { reason: name }];
  if (error.$response !== undefined || error.$metadata?.httpStatusCode !== undefined) return ['notAnAwsEndpoint'];
  return ['internal'];
}

/** Also from the first attempt of an aggregate: Node tries IPv6 and IPv4 side by side. */
function networkCode(error: SdkError): string | undefined {
  if (typeof error.code === 'string' && networkCodes.test(error.code)) return error.code;
  for (const inner of error.errors ?? []) {
    const code = networkCode((inner ?? {}) as SdkError);
    if (code !== undefined) return code;
  }
  return undefined;
}

function id(prefix: string, detail: string): string {
  return new RegExp(`\\b${prefix}-[0-9a-f]+\\b`).exec(detail)?.[0] ?? '';
}

/** The thing that AWS puts in quotes: 'vpce-…', or the id itself where it does not. */
function quoted(detail: string): string {
  return /'([^']+)'/.exec(detail)?.[1] ?? /\b[a-z]+-[0-9a-f]{8,17}\b/.exec(detail)?.[0] ?? '';
}
