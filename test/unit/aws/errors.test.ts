import assert from 'node:assert/strict';
import { translateError } from '../../../src/aws/errors';
import type { ErrorCode } from '../../../src/core/errors';
import { LabError } from '../../../src/core/errors';

const refused = (name: string, message = '', extra: object = {}) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400, requestId: 'r-1' }, ...extra });

/** Codes and sentences as the services send them. */
const refusals: readonly (readonly [string, string, ErrorCode, Readonly<Record<string, string>>?])[] = [
  ['UnauthorizedOperation', 'You are not authorized to perform this operation.', 'accessDenied'],
  ['AccessDeniedException', 'no identity-based policy allows', 'accessDenied'],
  ['RequestExpired', 'Request has expired.', 'credentialsExpired'],
  ['ExpiredTokenException', '', 'credentialsExpired'],
  ['ExpiredToken', '', 'credentialsExpired'],
  ['AuthFailure', 'AWS was not able to validate the provided access credentials', 'credentialsRefused'],
  ['InvalidClientTokenId', '', 'credentialsRefused'],
  ['SignatureDoesNotMatch', '', 'credentialsRefused'],
  ['UnrecognizedClientException', '', 'credentialsRefused'],
  ['RequestLimitExceeded', '', 'throttled'],
  ['Throttling', '', 'throttled'],
  ['ThrottlingException', '', 'throttled'],
  [
    'DuplicateSubnetsInSameZone',
    'in the availability zone of subnet-0123456789abcdef0.',
    'duplicateSubnetsInSameZone',
    { subnetId: 'subnet-0123456789abcdef0' },
  ],
  [
    'InvalidServiceName',
    "The Vpc Endpoint Service 'com.amazonaws.x.y' does not exist",
    'serviceNotFound',
    { serviceName: 'com.amazonaws.x.y' },
  ],
  [
    'InvalidVpcEndpointId.NotFound',
    "The Vpc Endpoint Id 'vpce-0123456789abcdef0' does not exist",
    'endpointNotFound',
    { endpointId: 'vpce-0123456789abcdef0' },
  ],
  ['VpcEndpointLimitExceeded', '', 'limitExceeded', { limit: 'VpcEndpointLimitExceeded' }],
  ['DependencyViolation', 'resource sg-0123456789abcdef0 has a dependent object', 'dependencyViolation'],
  ['InvalidSubnetID.NotFound', "The subnet ID 'subnet-1' does not exist", 'resourceNotFound', { id: 'subnet-1' }],
  ['InvalidSubnetId.NotFound', "The subnet ID 'subnet-1' does not exist", 'resourceNotFound', { id: 'subnet-1' }],
  ['InvalidRouteTableId.NotFound', '', 'resourceNotFound', { id: '' }],
  ['InvalidKeyPair.NotFound', '', 'resourceNotFound', { id: '' }],
  [
    'TargetNotConnected',
    'i-0123456789abcdef0 is not connected.',
    'targetNotConnected',
    { instanceId: 'i-0123456789abcdef0' },
  ],
  [
    'InvalidParameter',
    'Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for vpc-0123456789abcdef0',
    'privateDnsNeedsVpcAttributes',
    { vpcId: 'vpc-0123456789abcdef0' },
  ],
  [
    'InvalidParameter',
    'private-dns-enabled cannot be set because there is already a conflicting DNS domain for ec2.ap-south-1.amazonaws.com in the VPC vpc-0123456789abcdef0',
    'privateDnsConflict',
    { dnsName: 'ec2.ap-south-1.amazonaws.com', vpcId: 'vpc-0123456789abcdef0' },
  ],
  [
    'InvalidParameter',
    'The VPC endpoint service com.amazonaws.ap-south-1.ec2 does not support the availability zone of the subnet: subnet-0123456789abcdef0.',
    'zoneNotSupported',
    { serviceName: 'com.amazonaws.ap-south-1.ec2', subnetId: 'subnet-0123456789abcdef0' },
  ],
  [
    'InvalidParameter',
    'Endpoint type (Gateway) does not match available service types ([Interface]).',
    'endpointKindMismatch',
    { wanted: 'Gateway', offered: 'Interface' },
  ],
  [
    'InvalidParameter',
    "Private DNS can't be enabled because the service com.amazonaws.vpce.ap-south-1.vpce-svc-0123456789abcdef0 does not provide a private DNS name.",
    'privateDnsNotOffered',
    { serviceName: 'com.amazonaws.vpce.ap-south-1.vpce-svc-0123456789abcdef0' },
  ],
  [
    'InvalidParameter',
    "Private DNS can't be enabled because the service com.amazonaws.vpce.ap-south-1.vpce-svc-0123456789abcdef0 has not verified the private DNS name.",
    'privateDnsNotVerified',
    { serviceName: 'com.amazonaws.vpce.ap-south-1.vpce-svc-0123456789abcdef0' },
  ],
  [
    'InvalidParameter',
    'To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC vpc-0123456789abcdef0 must have a Gateway endpoint for the service.',
    'privateDnsNeedsGatewayEndpoint',
    { vpcId: 'vpc-0123456789abcdef0' },
  ],
  [
    'InvalidParameter',
    'DnsOptions PrivateDnsOnlyForInboundResolverEndpoint is applicable only to Interface VPC Endpoints.',
    'dnsOptionNotForGateways',
  ],
  ['InvalidParameter', 'Something else is wrong.', 'requestRefused', { code: 'InvalidParameter' }],
  [
    'RouteAlreadyExists',
    'route table rtb-0123456789abcdef0 already has a route with destination-prefix-list-id pl-78a54011',
    'routeToServiceExists',
    { routeTableId: 'rtb-0123456789abcdef0', prefixListId: 'pl-78a54011' },
  ],
  ['RouteAlreadyExists', 'The route identified by 10.3.0.0/16 already exists', 'routeExists'],
  ['InvalidPolicyDocument', 'The Policy Document is malformed', 'policyInvalid'],
  ['InsufficientFreeAddressesInSubnet', 'A subnet has no free address', 'subnetFull', { subnetId: '' }],
  [
    'IncorrectState',
    'The VPC endpoint vpce-0123456789abcdef0 is in state pending and cannot be modified.',
    'endpointNotReady',
    { endpointId: 'vpce-0123456789abcdef0' },
  ],
  ['SomethingNew', 'of next year', 'requestRefused', { code: 'SomethingNew' }],
];

describe('translating errors of the SDK', () => {
  for (const [name, message, code, parameters = {}] of refusals) {
    it(`reads ${name} ${message.slice(0, 40)} as ${code}`, () => {
      const error = translateError(refused(name, message), 'ec2:CreateVpcEndpoint');
      assert.equal(error.code, code);
      assert.equal(error.cloudCode, name);
      assert.equal(error.requestId, 'r-1');
      assert.deepEqual(error.parameters, { action: 'ec2:CreateVpcEndpoint', detail: message, ...parameters });
    });
  }

  it('reads the wire code where a query service also has a modelled name', () => {
    const error = translateError(refused('NoSuchEntityException', 'gone', { Code: 'NoSuchEntity' }), 'iam:GetRole');
    assert.equal(error.code, 'resourceNotFound');
    assert.equal(error.cloudCode, 'NoSuchEntity');
  });

  for (const code of [
    'ENOTFOUND',
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'EAI_AGAIN',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ]) {
    it(`reads ${code} as an unreachable cloud`, () => {
      const error = translateError(Object.assign(new Error('connect'), { code }), 'sts:GetCallerIdentity');
      assert.equal(error.code, 'cloudUnreachable');
      assert.equal(error.parameters.reason, code);
      assert.equal(error.cloudCode, undefined);
    });
  }

  it('looks into the attempts of an aggregate', () => {
    const attempt = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    assert.equal(translateError(new AggregateError([attempt], ''), 'x').code, 'cloudUnreachable');
  });

  it('reads a timeout as an unreachable cloud', () => {
    assert.equal(
      translateError(Object.assign(new Error('late'), { name: 'TimeoutError' }), 'x').code,
      'cloudUnreachable',
    );
  });

  it('tells missing keys from expired ones', () => {
    const provider = (message: string) => Object.assign(new Error(message), { name: 'CredentialsProviderError' });
    assert.equal(
      translateError(provider('Could not resolve credentials using profile: [x]'), 'x').code,
      'credentialsMissing',
    );
    assert.equal(translateError(provider('The SSO session has expired'), 'x').code, 'credentialsExpired');
  });

  it('says so when something else than AWS answered', () => {
    const page = Object.assign(new SyntaxError('Unexpected token <'), {
      $response: {},
      $metadata: { httpStatusCode: 200 },
    });
    assert.equal(translateError(page, 'x').code, 'notAnAwsEndpoint');
  });

  it('lets errors of ours through', () => {
    const error = new LabError('endpointNotDeleted');
    assert.equal(translateError(error, 'x'), error);
  });
});
