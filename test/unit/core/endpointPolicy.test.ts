import assert from 'node:assert/strict';
import { fullAccessPolicy, indentedPolicy, isFullAccess } from '../../../src/core/endpointPolicy';

const statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });

describe('the policy of an endpoint', () => {
  it('gives full access when everything is allowed to everybody, or there is none', () => {
    const anybody = { ...statement, Principal: { AWS: '*' }, Action: ['*'] };
    for (const document of [undefined, fullAccessPolicy, policy(statement), policy(anybody)])
      assert.equal(isFullAccess(document), true, document);
  });

  it('gives less as soon as it denies, names or demands anything', () => {
    for (const change of [
      { Effect: 'Deny' },
      { Action: 's3:GetObject' },
      { Principal: { AWS: 'arn:aws:iam::111122223333:root' } },
      { Resource: 'arn:aws:s3:::bucket/*' },
      { Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } },
    ])
      assert.equal(isFullAccess(policy(statement, { ...statement, ...change })), false, JSON.stringify(change));
    for (const document of ['{', '[]', '{"Statement":[]}', '"*"'])
      assert.equal(isFullAccess(document), false, document);
  });

  it('is indented for reading, and left alone when it is no JSON', () => {
    assert.equal(indentedPolicy('{"a":1}'), '{\n  "a": 1\n}');
    assert.equal(indentedPolicy('{'), '{');
  });
});
