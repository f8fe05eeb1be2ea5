import assert from 'node:assert/strict';
import {
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
} from '@aws-sdk/client-ssm';
import { startTestCloud } from '../../../support/practice';
import { codeOf } from '../../../support/refusal';

const linux = '/aws/service/ami-amazon-linux-latest';

function store() {
  const { ssm } = startTestCloud('default-vpc').clients();
  const put = (Name: string, Value: string, Overwrite = false) =>
    ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite }));
  const get = async (Name: string) => (await ssm.send(new GetParameterCommand({ Name }))).Parameter;
  return { ssm, put, get };
}

describe('Parameter Store', () => {
  it('keeps every version of a parameter', async () => {
    const { ssm, put, get } = store();
    assert.equal((await put('/lab/name', 'one')).Version, 1);
    assert.equal(await codeOf(put('/lab/name', 'two')), 'ParameterAlreadyExists');
    assert.equal((await put('/lab/name', 'two', true)).Version, 2);
    const latest = await get('/lab/name');
    assert.deepEqual([latest?.Value, latest?.Version], ['two', 2]);
    assert.equal(latest?.ARN, 'arn:aws:ssm:ap-south-1:444455556666:parameter/lab/name');
    assert.equal((await get('/lab/name:1'))?.Value, 'one');
    assert.equal((await get(latest?.ARN ?? ''))?.Value, 'two');
    assert.equal(await codeOf(get('/lab/name:3')), 'ParameterVersionNotFound');
    const { Parameters } = await ssm.send(new GetParameterHistoryCommand({ Name: '/lab/name' }));
    assert.deepEqual(
      Parameters?.map(({ Value }) => Value),
      ['one', 'two'],
    );
  });

  it('finds parameters by path and by filter, those of AWS too', async () => {
    const { ssm, put } = store();
    await put('/lab/a', '1');
    await put('/lab/deep/b', '2');
    await put('plain', '3');
    const under = async (Path: string, Recursive: boolean) => {
      const { Parameters } = await ssm.send(new GetParametersByPathCommand({ Path, Recursive }));
      return Parameters?.map(({ Name }) => Name);
    };
    assert.deepEqual(await under('/lab', false), ['/lab/a']);
    assert.deepEqual(await under('/lab/', true), ['/lab/a', '/lab/deep/b']);
    assert.ok((await under(linux, false))?.includes(`${linux}/al2023-ami-kernel-default-x86_64`));
    const filter = { Key: 'Name', Option: 'Contains', Values: ['deep'] };
    const described = await ssm.send(new DescribeParametersCommand({ ParameterFilters: [filter] }));
    assert.deepEqual(
      described.Parameters?.map(({ Name, Tier }) => [Name, Tier]),
      [['/lab/deep/b', 'Standard']],
    );
  });

  it('deletes what there is, and says what there is not', async () => {
    const { ssm, put, get } = store();
    await put('one', '1');
    const answer = await ssm.send(new DeleteParametersCommand({ Names: ['one', 'two'] }));
    assert.deepEqual([answer.DeletedParameters, answer.InvalidParameters], [['one'], ['two']]);
    assert.equal(await codeOf(get('one')), 'ParameterNotFound');
    const { InvalidParameters } = await ssm.send(new GetParametersCommand({ Names: ['one'] }));
    assert.deepEqual(InvalidParameters, ['one']);
  });

  it('refuses names and types that it does not take', async () => {
    const { ssm, put } = store();
    assert.equal(await codeOf(put('/aws/own', '1')), 'AccessDeniedException');
    for (const name of ['awsome', 'ssm-x', 'a b', 'a/b', '/'])
      assert.equal(await codeOf(put(name, '1')), 'ValidationException');
    assert.equal(await codeOf(put(`/${'a/'.repeat(15)}b`, '1')), 'HierarchyLevelLimitExceededException');
    const secret = new PutParameterCommand({ Name: 'secret', Value: 'x', Type: 'SecureString' });
    assert.equal(await codeOf(ssm.send(secret)), 'UnsupportedOperationException');
    const wrong = new PutParameterCommand({ Name: 'x', Value: 'x', Type: 'String', AllowedPattern: '^[0-9]+$' });
    assert.equal(await codeOf(ssm.send(wrong)), 'ParameterPatternMismatchException');
  });
});
