import assert from 'node:assert/strict';
import fc from 'fast-check';
import { holds } from '../../../../src/simulator/world/policyConditions';

const facts = {
  'aws:sourcevpce': 'vpce-1',
  'aws:sourceip': '10.1.2.3',
  'aws:securetransport': 'true',
  'aws:currenttime': '2026-11-30T00:00:00Z',
  's3:max-keys': '10',
  'aws:principalarn': 'arn:aws:iam::111122223333:role/path/reader',
};

/** Source: "IAM JSON policy elements: Condition operators". */
describe('conditions of policies', () => {
  const cases: readonly (readonly [object, boolean])[] = [
    [{ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }, true],
    [{ StringEquals: { 'AWS:SOURCEVPCE': ['vpce-0', 'vpce-1'] } }, true],
    [{ StringEquals: { 'aws:SourceVpce': 'VPCE-1' } }, false],
    [{ StringEqualsIgnoreCase: { 'aws:SourceVpce': 'VPCE-1' } }, true],
    [{ StringLike: { 'aws:SourceVpce': 'vpce-*' } }, true],
    [{ StringNotLike: { 'aws:SourceVpce': 'vpce-*' } }, false],
    [{ StringNotEquals: { 'aws:SourceVpce': ['vpce-1', 'vpce-2'] } }, false],
    [{ StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, false],
    [{ StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }, true],
    [{ StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } }, true],
    [{ IpAddress: { 'aws:SourceIp': ['192.168.0.0/16', '10.1.0.0/16'] } }, true],
    [{ IpAddress: { 'aws:SourceIp': '10.1.2.3' } }, true],
    [{ NotIpAddress: { 'aws:SourceIp': '10.1.0.0/16' } }, false],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, false],
    [{ Bool: { 'aws:SecureTransport': true } }, true],
    [{ Null: { 'aws:SourceVpc': 'true' } }, true],
    [{ Null: { 'aws:SourceVpce': 'true' } }, false],
    [{ NumericLessThanEquals: { 's3:max-keys': '10' } }, true],
    [{ NumericGreaterThan: { 's3:max-keys': 10 } }, false],
    [{ DateLessThan: { 'aws:CurrentTime': '2026-12-01T00:00:00Z' } }, true],
    [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } }, true],
    [{ 'ForAnyValue:StringLike': { 'aws:PrincipalArn': '*reader' } }, true],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': 'x' } }, true],
    [{ StringEquals: { 'aws:SourceVpce': 'vpce-1' }, Bool: { 'aws:SecureTransport': 'false' } }, false],
    [{ NoSuchOperator: { 'aws:SourceVpce': 'vpce-1' } }, false],
  ];

  for (const [condition, expected] of cases)
    it(`${expected ? 'hold' : 'do not hold'} for ${JSON.stringify(condition)}`, () => {
      assert.equal(holds(condition, facts), expected);
    });

  it('are the opposite of each other with and without Not, for a key that is known', () => {
    const operators = fc.constantFrom('StringEquals', 'StringLike', 'StringEqualsIgnoreCase', 'IpAddress', 'ArnLike');
    fc.assert(
      fc.property(
        operators,
        fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
        fc.string(),
        (name, values, actual) => {
          const opposite = name.startsWith('Ip') ? `Not${name}` : name.replace(/^(String|Arn)/, '$1Not');
          const known = { key: actual };
          assert.notEqual(holds({ [name]: { key: values } }, known), holds({ [opposite]: { key: values } }, known));
        },
      ),
    );
  });
});
