import assert from 'node:assert/strict';
import { LabError } from '../../../src/core/errors';
import { gapError, gapOf } from '../../../src/core/gaps';

describe('gaps and errors', () => {
  it('keep apart what one may not read and what failed', () => {
    const denied = new LabError('accessDenied', { action: 'ec2:DescribeVpcs', detail: 'no' });
    assert.deepEqual(gapOf(denied, 'x'), { code: 'accessDenied', reading: 'ec2:DescribeVpcs', detail: 'no' });
    const throttled = new LabError('throttled', { action: '' });
    assert.deepEqual(gapOf(throttled, 'ec2:DescribeVpcs'), {
      code: 'failed',
      reading: 'ec2:DescribeVpcs',
      detail: undefined,
    });
  });

  it('call nothing forbidden that merely failed', () => {
    const gap = { reading: 'ec2:DescribeVpcs', detail: undefined } as const;
    assert.equal(gapError({ ...gap, code: 'accessDenied' }).code, 'accessDenied');
    const { code, parameters } = gapError({ ...gap, code: 'failed' });
    assert.equal(code, 'requestRefused');
    assert.equal(parameters.action, 'ec2:DescribeVpcs');
  });
});
