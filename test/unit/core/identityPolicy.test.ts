import assert from 'node:assert/strict';
import { policyEffect } from '../../../src/core/identityPolicy';

const action = 'ssm:UpdateInstanceInformation';
const effect = (...Statement: readonly object[]) => policyEffect(JSON.stringify({ Statement }), action);
const allow = { Effect: 'Allow', Action: action, Resource: '*' };

describe('what a policy says of an action (IAM User Guide: Policy evaluation logic)', () => {
  it('allows what a statement names, letter by letter, by wildcards, or in any case', () => {
    for (const Action of [action, '*', 'ssm:*', 'ssm:Update*Information', 'ssm:UpdateInstanceInformatio?', [action]])
      assert.equal(effect({ ...allow, Action }), 'allows', String(Action));
    assert.equal(effect({ ...allow, Action: 'SSM:updateinstanceinformation' }), 'allows');
    assert.equal(policyEffect(JSON.stringify({ Statement: allow }), action), 'allows');
  });

  it('is silent on what it does not name, and takes letters of a pattern as they are', () => {
    for (const Action of ['ssm:Update', 'ec2:*', 'ssm.*', []]) assert.equal(effect({ ...allow, Action }), 'silent');
    assert.equal(effect(), 'silent');
  });

  it('allows all but what NotAction names', () => {
    const { Action: _, ...rest } = allow;
    assert.equal(effect({ ...rest, NotAction: 'iam:*' }), 'allows');
    assert.equal(effect({ ...rest, NotAction: ['iam:*', 'ssm:*'] }), 'silent');
  });

  it('denies whatever else allows it', () => {
    assert.equal(effect(allow, { ...allow, Effect: 'Deny' }), 'denies');
  });

  it('is silent where it depends on the request, and of a text that is no policy', () => {
    assert.equal(effect({ ...allow, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }), 'silent');
    assert.equal(effect({ ...allow, Resource: 'arn:aws:ssm:*:*:parameter/x' }), 'silent');
    assert.equal(policyEffect('no JSON', action), 'silent');
    assert.equal(policyEffect('{"Statement":[null, "x"]}', action), 'silent');
  });
});
