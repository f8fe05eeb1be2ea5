import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  deserializeResponse,
  findService,
  type OperationModel,
  ServiceError,
  serializeRequest,
} from '../../../../src/simulator/protocols/clientCodec';
import { decodeRequest, encodeAnswer, encodeFault } from '../../../../src/simulator/protocols/serverCodec';
import { ServiceFault } from '../../../../src/simulator/protocols/serviceFault';
import { schemaValue } from '../../../support/schemaValues';

const target = { region: 'ap-south-1', makeToken: () => '3c9f4a52-64d8-4c43-9b51-5d2e1d5ab0f1' };
const requestId = 'b7e3a4a0-8f8b-4b83-a1de-2bb5fd3f0d31';

/** Every operation of the small services, and of EC2 those that touch the network. */
function operationsUnderTest(): readonly OperationModel[] {
  return ['ec2', 'sts', 'iam', 'elbv2', 'ssm'].flatMap(name => {
    const service = findService(name);
    assert.ok(service);
    const operations = [...service.operations.values()];
    return name === 'ec2' ? operations.filter(({ name }) => ec2Names.test(name)) : operations;
  });
}

const ec2Names =
  /(Vpc|Subnet|RouteTable|InternetGateway|DhcpOptions|SecurityGroup|NetworkAcl|NetworkInterface|PrefixList|Regions|AvailabilityZones|Instances$|InstanceStatus|Images|IamInstanceProfile|Tags$)/;

function carries(operation: OperationModel) {
  const { protocol } = operation.service;
  return { emptyLists: protocol !== 'ec2Query', isXml: protocol !== 'awsJson1_1', depth: 3 };
}

describe('wire codecs', function () {
  this.timeout(60_000);

  for (const service of ['ec2', 'sts', 'iam', 'elbv2', 'ssm']) {
    const operations = operationsUnderTest().filter(operation => operation.service.name === service);

    it(`read what the SDK serialises for ${service}`, async () => {
      for (const operation of operations) {
        if (!operation.input.isStructSchema()) continue;
        const inputs = schemaValue(operation.input, carries(operation));
        await fc.assert(
          fc.asyncProperty(inputs, async input => {
            const request = await serializeRequest(operation, input, target);
            const decoded = decodeRequest(operation.service, request);
            assert.equal(decoded.operation.name, operation.name);
            assert.deepEqual(decoded.input, withTokens(operation, input));
          }),
          { numRuns: 5 },
        );
      }
    });

    it(`write what the SDK reads for ${service}`, async () => {
      for (const operation of operations) {
        if (!operation.output.isStructSchema()) continue;
        const outputs = schemaValue(operation.output, { ...carries(operation), emptyLists: true });
        await fc.assert(
          fc.asyncProperty(outputs, async output => {
            const response = encodeAnswer(operation, output, requestId);
            assert.equal(response.headers['x-amzn-requestid'], requestId);
            assert.deepEqual(await deserializeResponse(operation, response), output);
          }),
          { numRuns: 5 },
        );
      }
    });

    it(`carry refusals of ${service} with code, text and status`, async () => {
      const operation = operations[0];
      assert.ok(operation);
      const fault = new ServiceFault('Some.Code', 'a < b & "c"', 403);
      const response = encodeFault(operation.service, fault, requestId);
      await assert.rejects(deserializeResponse(operation, response), (error: unknown) => {
        assert.ok(error instanceof ServiceError);
        assert.deepEqual([error.code, error.message, error.status], ['Some.Code', 'a < b & "c"', 403]);
        return true;
      });
    });
  }
});

function withTokens(operation: OperationModel, input: unknown): unknown {
  const members: Record<string, unknown> = { ...(input as object) };
  for (const [name, member] of operation.input.structIterator())
    if (member.isIdempotencyToken()) members[name] ??= target.makeToken();
  return members;
}
