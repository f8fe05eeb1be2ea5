import assert from 'node:assert/strict';
import { findService, type OperationModel } from '../../../../src/simulator/protocols/clientCodec';
import { finishInput } from '../../../../src/simulator/shell/programs/aws/customArguments';
import { CliFailure } from '../../../../src/simulator/shell/programs/aws/failures';
import { readOperationInput } from '../../../../src/simulator/shell/programs/aws/operationInput';
import { jsonText } from '../../../../src/simulator/shell/programs/aws/output/jsonText';
import { plainOutput } from '../../../../src/simulator/shell/programs/aws/output/plainValue';
import { tabText } from '../../../../src/simulator/shell/programs/aws/output/tabText';
import { parseShorthand, ShorthandError } from '../../../../src/simulator/shell/programs/aws/shorthand';
import { validateInput } from '../../../../src/simulator/shell/programs/aws/validation';
import { wireInput } from '../../../../src/simulator/shell/programs/aws/wireInput';

async function input([service = '', name = '', ...args]: string[]): Promise<Record<string, unknown>> {
  const operation = findService(service)?.operations.get(name) as OperationModel;
  const given = await readOperationInput(operation, args, {
    paginate: true,
    readBytes: async path => {
      if (path === 'rules.json') return new TextEncoder().encode('{"key": "from file"}');
      throw new Error(`ENOENT: no such file or directory, '${path}'`);
    },
  });
  const complete = finishInput(operation, given.input);
  validateInput(operation, complete);
  return wireInput(operation.input, complete, 'base64') as Record<string, unknown>;
}

async function complaint(line: string[]): Promise<string> {
  try {
    await input(line);
  } catch (error) {
    if (error instanceof CliFailure) return error.message;
    throw error;
  }
  return '';
}

describe("the AWS CLI's shorthand", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['Name=vpc-id,Values=a,b', { Name: 'vpc-id', Values: ['a', 'b'] }],
    ['Key=Name,Value=my endpoint', { Key: 'Name', Value: 'my endpoint' }],
    ['Key="a,b",Value=\'c=d\'', { Key: 'a,b', Value: 'c=d' }],
    ['a=[1,2],b={c=d,e=[f]}', { a: ['1', '2'], b: { c: 'd', e: ['f'] } }],
    ['a=', { a: '' }],
    ['a=1,=2', { a: '1', '': '2' }],
    ['a=x\\,y', { a: 'x,y' }],
  ];
  for (const [text, value] of cases) it(`reads ${text}`, () => assert.deepEqual(parseShorthand(text), value));

  for (const text of ['Name', 'a={b', 'a=[1', 'a=1,a=2']) {
    it(`refuses ${text}`, () => assert.throws(() => parseShorthand(text), ShorthandError));
  }
});

describe("the AWS CLI's parameters", () => {
  it('take lists, filters, switches and structures from flags', async () => {
    assert.deepEqual(
      await input([
        'ec2',
        'describe-instances',
        '--instance-ids',
        'i-1',
        'i-2',
        '--filters',
        'Name=a,Values=1,2',
        'Name=b,Values=3',
        '--no-dry-run',
      ]),
      {
        InstanceIds: ['i-1', 'i-2'],
        Filters: [
          { Name: 'a', Values: ['1', '2'] },
          { Name: 'b', Values: ['3'] },
        ],
        DryRun: false,
      },
    );
    assert.deepEqual(await input(['ec2', 'modify-vpc-attribute', '--vpc-id', 'vpc-1', '--no-enable-dns-support']), {
      VpcId: 'vpc-1',
      EnableDnsSupport: { Value: false },
    });
    assert.deepEqual(
      await input(['ec2', 'modify-vpc-attribute', '--vpc-id', 'vpc-1', '--enable-dns-hostnames', '{"Value":true}']),
      { VpcId: 'vpc-1', EnableDnsHostnames: { Value: true } },
    );
    assert.deepEqual(await input(['ec2', 'describe-vpcs', '--max-results=5']), { MaxResults: 5 });
    assert.deepEqual((await input(['ec2', 'describe-vpcs', '--vpc-ids'])).VpcIds, []);
  });

  it('take JSON and files', async () => {
    assert.deepEqual(await input(['ec2', 'describe-vpcs', '--filters', '[{"Name":"n","Values":["v"]}]']), {
      Filters: [{ Name: 'n', Values: ['v'] }],
    });
    assert.deepEqual(
      await input([
        'ec2',
        'modify-vpc-endpoint',
        '--vpc-endpoint-id',
        'vpce-1',
        '--policy-document',
        'file://rules.json',
      ]),
      {
        VpcEndpointId: 'vpce-1',
        PolicyDocument: '{"key": "from file"}',
      },
    );
  });

  it('know the short form of a security group rule', async () => {
    assert.deepEqual(
      await input([
        'ec2',
        'authorize-security-group-ingress',
        '--group-id',
        'sg-1',
        '--protocol',
        'tcp',
        '--port',
        '443',
        '--cidr',
        '10.0.0.0/8',
      ]),
      {
        GroupId: 'sg-1',
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
      },
    );
  });

  const refusals: readonly (readonly [string[], RegExp])[] = [
    [['ec2', 'describe-vpcs', '--bogus'], /^Unknown options: --bogus$/],
    [['ec2', 'describe-vpcs', 'stray'], /^Unknown options: stray$/],
    [['ec2', 'delete-vpc-endpoints'], /the following arguments are required: --vpc-endpoint-ids$/],
    [
      ['ec2', 'describe-vpcs', '--filters', 'Nam=x'],
      /^Parameter validation failed:\nUnknown parameter in Filters\[0\]: "Nam", must be one of: Name, Values$/,
    ],
    [
      ['ec2', 'describe-vpcs', '--filters', 'Name'],
      /^Error parsing parameter '--filters': Expected: '=', received: 'EOF' for input:/,
    ],
    [['ec2', 'describe-vpcs', '--max-results', 'many'], /^invalid literal for int\(\) with base 10: 'many'$/],
    [
      ['ec2', 'describe-subnets', '--max-results', '1'],
      /^Parameter validation failed:\nInvalid value for parameter MaxResults, value: 1, valid min value: 5$/,
    ],
    [
      ['iam', 'get-policy', '--policy-arn', 'x'],
      /^Parameter validation failed:\nInvalid length for parameter PolicyArn, value: 1, valid min length: 20$/,
    ],
    [
      ['iam', 'simulate-custom-policy', '--policy-input-list', '{}', '--action-names', 'a'],
      /^Parameter validation failed:\nInvalid length for parameter ActionNames\[0\], value: 1, valid min length: 3$/,
    ],
    [['ec2', 'describe-vpcs', '--filters', 'file://none'], /Unable to load paramfile file:\/\/none/],
  ];
  for (const [line, text] of refusals)
    it(`refuse aws ${line.join(' ')}`, async () => assert.match(await complaint(line), text));
});

describe("the AWS CLI's output", () => {
  const operation = findService('ec2')?.operations.get('describe-vpc-endpoints') as OperationModel;
  const answer = {
    VpcEndpoints: [
      {
        State: 'available',
        VpcEndpointId: 'vpce-1',
        PrivateDnsEnabled: true,
        SubnetIds: ['subnet-1', 'subnet-2'],
        CreationTimestamp: new Date(Date.UTC(2024, 1, 17, 4, 7, 58)),
        Groups: [],
      },
    ],
  };

  it('is JSON in the order of the model, with times as Python writes them', () => {
    assert.equal(
      jsonText(plainOutput(operation, answer)),
      `{
    "VpcEndpoints": [
        {
            "VpcEndpointId": "vpce-1",
            "State": "available",
            "SubnetIds": [
                "subnet-1",
                "subnet-2"
            ],
            "Groups": [],
            "PrivateDnsEnabled": true,
            "CreationTimestamp": "2024-02-17T04:07:58+00:00"
        }
    ]
}
`,
    );
  });

  it('is tab-separated text on demand', () => {
    assert.equal(
      tabText(plainOutput(operation, answer)),
      'VPCENDPOINTS\t2024-02-17T04:07:58+00:00\tTrue\tavailable\tvpce-1\nSUBNETIDS\tsubnet-1\nSUBNETIDS\tsubnet-2\n',
    );
  });
});
