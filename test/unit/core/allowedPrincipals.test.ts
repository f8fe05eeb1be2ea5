import assert from 'node:assert/strict';
import { principalArn, principalProblem } from '../../../src/core/allowedPrincipals';

describe('an allowed principal', () => {
  it('may be typed as an account’s digits, and becomes its root in the partition of the region', () => {
    assert.equal(principalArn(' 4444-5555-6666 ', 'ap-south-1'), 'arn:aws:iam::444455556666:root');
    assert.equal(principalArn('444455556666', 'cn-north-1'), 'arn:aws-cn:iam::444455556666:root');
    assert.equal(principalArn('444455556666', 'us-gov-west-1'), 'arn:aws-us-gov:iam::444455556666:root');
    assert.equal(principalArn('*', 'ap-south-1'), '*');
  });

  it('may be everybody, an account, a user or a role', () => {
    for (const text of [
      '*',
      '444455556666',
      'arn:aws:iam::444455556666:user/ann',
      'arn:aws:iam::444455556666:role/Web',
    ])
      assert.equal(principalProblem(text, 'ap-south-1'), undefined, text);
  });

  it('is refused before AWS does, with the reason', () => {
    assert.equal(principalProblem('  ', 'ap-south-1'), 'empty');
    assert.equal(principalProblem('arn:aws:iam::444455556666:root', 'cn-north-1'), 'otherPartition');
    assert.equal(principalProblem('arn:aws:iam::444455556666:role/team/Web', 'ap-south-1'), 'path');
    for (const text of ['44445555666', 'somebody', 'arn:aws:s3:::bucket', 'arn:aws:iam::444455556666:group/all'])
      assert.equal(principalProblem(text, 'ap-south-1'), 'form', text);
  });
});
