import assert from 'node:assert/strict';
import { fullAccessPolicy, POLICY_MAX_LENGTH } from '../../../src/core/endpointPolicy';
import { policyProblems } from '../../../src/core/policyProblems';
import { policyProblemWords } from '../../../src/words/policyProblems';

const statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const policy = (change: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...change }] });

/** What the marked text says, by each problem's code. */
const found = (text: string) =>
  policyProblems(text).map(({ code, offset, length }) => [code, text.slice(offset, offset + length)]);

describe('problems of a policy', () => {
  it('are none in what AWS itself writes and documents', () => {
    const good = [
      {},
      { Principal: { AWS: ['arn:aws:iam::111122223333:root', '444455556666'] } },
      { Action: ['s3:GetObject', 's3:List*'], Resource: ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket/*'] },
      {
        Condition: {
          StringEquals: { 'aws:PrincipalAccount': ['111122223333'] },
          Bool: { 'aws:SecureTransport': true },
        },
      },
      { Sid: 'one', Effect: 'Deny' },
    ].map(policy);
    for (const text of [fullAccessPolicy, JSON.stringify({ Statement: statement }), ...good])
      assert.deepEqual(found(text), [], text);
    assert.deepEqual(
      found('{"Statement":[{"Effect":"Allow","Principal":"*","NotAction":"s3:*","NotResource":"*"}]}'),
      [],
    );
  });

  it('stand where the mistake is', () => {
    for (const [text, ...problems] of [
      [policy({ Effect: 'allow' }), ['wrongEffect', '"allow"']],
      [policy({ Action: 'GetObject' }), ['notAnAction', '"GetObject"']],
      [policy({ Action: ['s3:*', 7] }), ['notTextOrList', '7']],
      [policy({ Action: [] }), ['notTextOrList', '[]']],
      [policy({ Resource: 'bucket' }), ['notAnArn', '"bucket"']],
      [policy({ Principal: 'arn:aws:iam::111122223333:root' }), ['wrongPrincipal', '"arn:aws:iam::111122223333:root"']],
      [policy({ Condition: 'none' }), ['wrongCondition', '"none"']],
      [policy({ Actions: '*' }), ['unknownElement', '"Actions"']],
      [policy({ NotAction: 's3:*' }), ['bothElements', '"NotAction"']],
      ['{"Version":"2012","Statement":[]}', ['wrongVersion', '"2012"'], ['missingElement', '[]']],
      [
        '{"Statement":[{"Effect":"Allow","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}',
        ['elementTwice', '"Effect"'],
      ],
      ['{"Statement":[{"Action":"*","Resource":"*"}]}', ['missingElement', '{'], ['missingElement', '{']],
      ['{"Statement":["*"]}', ['notAnObject', '"*"']],
      ['[]', ['notAnObject', '[]']],
      ['{}', ['missingElement', '{']],
      ['{"Statement": }', ['notJson', '}']],
      ['{', ['notJson', '{']],
      ['', ['notJson', '']],
    ] as const)
      assert.deepEqual(found(text), problems, text);
  });

  it('begin where a policy is too long', () => {
    const long = policy({ Sid: 'x'.repeat(POLICY_MAX_LENGTH) });
    const [problem] = policyProblems(long);
    assert.deepEqual(problem, {
      code: 'tooLong',
      offset: POLICY_MAX_LENGTH,
      length: long.length - POLICY_MAX_LENGTH,
    });
  });

  it('are said in words that name the element', () => {
    const [problem] = policyProblems('{}');
    assert.ok(problem);
    assert.match(policyProblemWords(problem), /^Statement is missing/);
  });
});
