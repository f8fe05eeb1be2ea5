// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of policies, not templates.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { holds } from '../../../../src/simulator/world/policyConditions';
import { decide, parsePolicy } from '../../../../src/simulator/world/policyDocument';
import { fillPolicyVariables } from '../../../../src/simulator/world/policyVariables';
import { compileWildcards } from '../../../../src/simulator/world/wildcards';

const facts = { 'aws:username': 'ana', 'aws:principaltag/team': 'a*b', 'aws:tagkeys': ['env', 'team'] };

function decideFor(resource: string, pattern: string, Version?: string) {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: pattern };
  const document = parsePolicy(JSON.stringify({ Version, Statement: [statement] }));
  assert.ok(document);
  return decide([document], 's3:GetObject', resource, facts);
}

// "IAM policy elements: Variables and tags"
describe('variables of policies', () => {
  it('stand for what is known of the request, whatever the case of their names', () => {
    assert.equal(fillPolicyVariables('home/${aws:UserName}/x', facts, false), 'home/ana/x');
    assert.equal(decideFor('arn:aws:s3:::b/ana/1', 'arn:aws:s3:::b/${aws:username}/*', '2012-10-17'), 'allowed');
    assert.equal(decideFor('arn:aws:s3:::b/bob/1', 'arn:aws:s3:::b/${aws:username}/*', '2012-10-17'), 'implicitDeny');
  });

  it('match nothing when they are not known, unless they have a default', () => {
    assert.equal(fillPolicyVariables('${aws:nothing}', facts, false), undefined);
    assert.equal(fillPolicyVariables("${aws:nothing, 'company'}", facts, false), 'company');
    assert.equal(fillPolicyVariables("${aws:username, 'company'}", facts, false), 'ana');
    assert.equal(fillPolicyVariables('${aws:TagKeys}', facts, false), undefined);
  });

  it('are texts like others in policies without the newer version', () => {
    const pattern = 'arn:aws:s3:::b/${aws:username}/*';
    for (const version of [undefined, '2008-10-17']) {
      assert.equal(decideFor('arn:aws:s3:::b/ana/1', pattern, version), 'implicitDeny');
      assert.equal(decideFor('arn:aws:s3:::b/${aws:username}/1', pattern, version), 'allowed');
    }
  });

  it('are taken literally in patterns, as are the escaped characters', () => {
    const isLike = (pattern: string, text: string) =>
      compileWildcards(fillPolicyVariables(pattern, facts, true) ?? '', true)(text);
    assert.ok(isLike('${aws:PrincipalTag/team}*', 'a*bc'));
    assert.ok(!isLike('${aws:PrincipalTag/team}', 'axb'));
    assert.ok(isLike('x${*}y', 'x*y'));
    assert.ok(!isLike('x${*}y', 'xzy'));
  });

  it('leave texts without variables as they are', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        fc.pre(!text.includes('${'));
        assert.equal(fillPolicyVariables(text, facts, false), text);
        const filled = fillPolicyVariables(text.replace(/[*?]/g, ''), facts, true) ?? '';
        assert.ok(compileWildcards(filled, true)(text.replace(/[*?]/g, '')));
      }),
    );
  });
});

// "Single-valued vs. multivalued context keys"
describe('conditions on keys with several values', () => {
  it('ask for one or for all of them', () => {
    const hold = (operator: string, values: readonly string[]) =>
      holds({ [operator]: { 'aws:TagKeys': values } }, facts);
    assert.ok(hold('ForAnyValue:StringEquals', ['env']));
    assert.ok(!hold('ForAllValues:StringEquals', ['env']));
    assert.ok(hold('ForAllValues:StringEquals', ['env', 'team', 'x']));
    assert.ok(hold('ForAnyValue:StringNotEquals', ['env']));
    assert.ok(!hold('ForAllValues:StringNotEquals', ['env']));
  });

  it('hold for none of none, and for all of none', () => {
    const hold = (operator: string) => holds({ [operator]: { 'aws:nothing': 'x' } }, facts);
    assert.ok(!hold('ForAnyValue:StringNotEquals'));
    assert.ok(!hold('ForAnyValue:StringEquals'));
    assert.ok(hold('ForAllValues:StringEquals'));
  });

  it('compare ARNs part by part', () => {
    const like = (pattern: string) => holds({ ArnLike: { arn: pattern } }, { arn: 'arn:aws:iam::1:role/a/b' });
    assert.ok(like('arn:aws:iam::*:role/*'));
    assert.ok(!like('arn:aws:*:role/*'));
  });
});
