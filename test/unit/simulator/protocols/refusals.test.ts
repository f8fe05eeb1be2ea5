import assert from 'node:assert/strict';
import { findService } from '../../../../src/simulator/protocols/clientCodec';
import { decodeRequest } from '../../../../src/simulator/protocols/serverCodec';
import { ServiceFault } from '../../../../src/simulator/protocols/serviceFault';

const encoder = new TextEncoder();

function decode(serviceName: string, body: string, target?: string): unknown {
  const service = findService(serviceName);
  assert.ok(service);
  const headers: Record<string, string> = target === undefined ? {} : { 'x-amz-target': target };
  const request = { method: 'POST', host: 'any', path: '/', query: '', headers, body: encoder.encode(body) };
  return decodeRequest(service, request).input;
}

function refusal(...parameters: Parameters<typeof decode>): readonly [string, string] {
  try {
    decode(...parameters);
  } catch (error) {
    assert.ok(error instanceof ServiceFault);
    return [error.code, error.message];
  }
  throw new assert.AssertionError({ message: 'The request was not refused' });
}

const ec2 = (action: string, rest = '') => ['ec2', `Action=${action}&Version=2016-11-15${rest}`] as const;
const iam = (action: string, rest = '') => ['iam', `Action=${action}&Version=2010-05-08${rest}`] as const;

describe('requests that do not fit', () => {
  it('name an action that does not exist', () => {
    assert.deepEqual(refusal(...ec2('DescribeVpcz'))[0], 'InvalidAction');
    assert.deepEqual(refusal(...iam('MakeRole'))[0], 'InvalidAction');
    assert.deepEqual(refusal('ec2', 'Version=2016-11-15')[0], 'MissingAction');
    assert.deepEqual(refusal('ssm', '{}', 'AmazonSSM.StartSesion')[0], 'UnknownOperationException');
    assert.deepEqual(refusal('ssm', '{}', 'AmazonEC2.StartSession')[0], 'UnknownOperationException');
    assert.deepEqual(refusal('ec2', 'Action=DescribeVpcs&Version=2015-01-01')[0], 'NoSuchVersion');
  });

  it('carry a parameter that the operation does not have', () => {
    assert.deepEqual(refusal(...ec2('DescribeVpcs', '&Colour=red')), [
      'UnknownParameter',
      'The parameter Colour is not recognized',
    ]);
    assert.equal(
      refusal(...ec2('DescribeVpcs', '&Filter.1.Naem=vpc-id'))[1],
      'The parameter Filter.1.Naem is not recognized',
    );
    assert.equal(refusal(...ec2('DescribeVpcs', '&VpcId.member.1=vpc-1'))[0], 'UnknownParameter');
    assert.equal(refusal(...ec2('DescribeVpcs', '&VpcIds.1=vpc-1'))[0], 'UnknownParameter');
    assert.equal(refusal(...iam('GetRole', '&RoleName=a&Rolle=b'))[0], 'InvalidQueryParameter');
    assert.equal(refusal('ssm', '{"Target":"i-1","Colour":1}', 'AmazonSSM.StartSession')[0], 'ValidationException');
  });

  it('lack a parameter that the operation needs', () => {
    assert.deepEqual(refusal(...ec2('CreateVpcEndpoint', '&ServiceName=x')), [
      'MissingParameter',
      'The request must contain the parameter VpcId',
    ]);
    assert.equal(refusal(...ec2('DeleteVpcEndpoints'))[1], 'The request must contain the parameter VpcEndpointId');
    assert.equal(refusal(...iam('GetRole'))[0], 'ValidationError');
    assert.deepEqual(refusal('ssm', '{}', 'AmazonSSM.StartSession'), [
      'ValidationException',
      "1 validation error detected: Value null at 'target' failed to satisfy constraint: Member must not be null",
    ]);
  });

  it('carry a value of another type', () => {
    assert.equal(refusal(...ec2('DescribeVpcs', '&MaxResults=many'))[0], 'InvalidParameterValue');
    assert.equal(refusal(...ec2('DescribeVpcs', '&DryRun=maybe'))[0], 'InvalidParameterValue');
    assert.equal(refusal('ssm', '{"Target":5}', 'AmazonSSM.StartSession')[0], 'SerializationException');
    assert.equal(refusal('ssm', '{"Target"', 'AmazonSSM.StartSession')[0], 'SerializationException');
    assert.equal(refusal('ssm', '[]', 'AmazonSSM.StartSession')[0], 'SerializationException');
    assert.equal(refusal('ec2', 'Action=%E0%A4%A')[0], 'MalformedQueryString');
  });

  it('nest deeper than anybody can follow', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    assert.deepEqual(refusal('ssm', `{"Target":${deep}}`, 'AmazonSSM.StartSession'), [
      'SerializationException',
      'A list at Target can not be converted to a string',
    ]);
    const names = Array.from({ length: 50_000 }, () => 'a').join('.');
    assert.equal(refusal(...ec2('DescribeVpcs', `&${names}=1`))[0], 'UnknownParameter');
  });
});

describe('query parameters', () => {
  it('may come in any order, with gaps in their numbers, and with plus signs for blanks', () => {
    const filters =
      '&Filter.7.Value.2=b&Filter.2.Name=state&Filter.2.Value.1=a+b&Filter.7.Name=vpc-id&Filter.7.Value.1=a';
    assert.deepEqual(decode(...ec2('DescribeVpcs', filters)), {
      Filters: [
        { Name: 'state', Values: ['a b'] },
        { Name: 'vpc-id', Values: ['a', 'b'] },
      ],
    });
  });

  it('name nothing that every object has', () => {
    assert.equal(refusal(...ec2('DescribeVpcs', '&__proto__=1'))[0], 'UnknownParameter');
    assert.equal(refusal(...ec2('DescribeVpcs', '&Constructor.1=1'))[0], 'UnknownParameter');
  });
});
