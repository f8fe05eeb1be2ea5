import assert from 'node:assert/strict';
import fc from 'fast-check';
import { operationTables } from '../../../../src/simulator/callDesk';
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

const serviceNames = ['ec2', 'sts', 'iam', 'elbv2', 'ssm', 'kms', 'ec2-instance-connect', 's3'];

/** Every operation of the small services, and of EC2 those that are simulated or touch the network. */
function operationsUnderTest(): readonly OperationModel[] {
  return serviceNames.flatMap(name => {
    const service = findService(name);
    assert.ok(service);
    const operations = [...service.operations.values()];
    if (name === 's3') return operations.filter(({ name }) => !unroutable.includes(name));
    return name === 'ec2' ? operations.filter(isUnderTest) : operations;
  });
}

const isUnderTest = ({ name }: OperationModel) => Object.hasOwn(operationTables.ec2 ?? {}, name) || ec2Names.test(name);

/** These speak in event streams, or stand beside buckets and keys, or have another host. */
const unroutable = ['SelectObjectContent', 'WriteGetObjectResponse', 'ListDirectoryBuckets'];

const ec2Names =
  /(Vpc|Subnet|RouteTable|InternetGateway|DhcpOptions|SecurityGroup|NetworkAcl|NetworkInterface|PrefixList|Regions|AvailabilityZones|Instances$|InstanceStatus|Images|IamInstanceProfile|Tags$)/;

function carries(operation: OperationModel) {
  const { protocol } = operation.service;
  return { emptyLists: carriesEmptyLists(operation), isXml: protocol !== 'awsJson1_1', depth: 3 };
}

/** Lists without an element around them vanish with their last item. */
function carriesEmptyLists({ service }: OperationModel): boolean {
  return service.protocol !== 'ec2Query' && service.protocol !== 'restXml';
}

describe('wire codecs', function () {
  this.timeout(60_000);

  it('are tried with every operation that is simulated', () => {
    const tried = new Set(operationsUnderTest().map(({ service, name }) => `${service.name} ${name}`));
    const simulated = Object.entries(operationTables).flatMap(([service, table]) =>
      Object.keys(table).map(name => `${service} ${name}`),
    );
    assert.deepEqual(
      simulated.filter(operation => !tried.has(operation)),
      [],
    );
  });

  for (const service of serviceNames) {
    const operations = operationsUnderTest().filter(operation => operation.service.name === service);

    it(`read what the SDK serialises for ${service}`, async () => {
      for (const operation of operations) {
        if (!operation.input.isStructSchema()) continue;
        const inputs = withBucketName(operation, schemaValue(operation.input, carries(operation)));
        await fc.assert(
          fc.asyncProperty(inputs, async input => {
            const request = await serializeRequest(operation, input, target);
            const decoded = decodeRequest(operation.service, request);
            assert.equal(decoded.operation.name, operation.name);
            const expected = withTokens(operation, input);
            assert.deepEqual(carried(operation, decoded.input), carried(operation, expected));
          }),
          { numRuns: 5 },
        );
      }
    });

    it(`write what the SDK reads for ${service}`, async () => {
      for (const operation of operations) {
        if (!operation.output.isStructSchema()) continue;
        const outputs = schemaValue(operation.output, {
          ...carries(operation),
          emptyLists: operation.service.protocol !== 'restXml',
        });
        await fc.assert(
          fc.asyncProperty(outputs, async output => {
            const response = encodeAnswer(operation, output, requestId);
            assert.equal(
              response.headers['x-amzn-requestid'] ?? response.headers['x-amz-request-id'],
              requestIdOf(operation),
            );
            const read = await deserializeResponse(operation, response);
            assert.deepEqual(carried(operation, read), carried(operation, output));
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

/** A bucket that stands in front of the host, or one that fits only into the path. */
function withBucketName({ service }: OperationModel, inputs: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  if (service.protocol !== 'restXml') return inputs;
  return fc
    .tuple(inputs, fc.constantFrom('my-bucket', 'my.bucket', 'My_bucket'))
    .map(([input, Bucket]) => ('Bucket' in (input as object) ? { ...(input as object), Bucket } : input));
}

/** What clients and HTTP itself say in members that users may leave out: digests of the body, its length and type, no metadata. */
const saidByTransport = /^(Checksum\w+|ContentLength|ContentType|ContentMD5)$/;

function carried({ service }: OperationModel, value: unknown): unknown {
  if (service.protocol !== 'restXml') return value;
  const isEmptyMetadata = (name: string, item: unknown) =>
    name === 'Metadata' && Object.keys(item as object).length === 0;
  return Object.fromEntries(
    Object.entries(value as object).filter(
      ([name, item]) => !saidByTransport.test(name) && !isEmptyMetadata(name, item),
    ),
  );
}

/** S3's ids are short. */
function requestIdOf({ service }: OperationModel): string {
  return service.protocol === 'restXml' ? 'B7E3A4A08F8B4B83' : requestId;
}

function withTokens(operation: OperationModel, input: unknown): unknown {
  const members: Record<string, unknown> = { ...(input as object) };
  for (const [name, member] of operation.input.structIterator())
    if (member.isIdempotencyToken()) members[name] ??= target.makeToken();
  return members;
}
