import assert from 'node:assert/strict';
import { createGateways } from '../../../src/aws/createGateways';
import { awsConnection } from '../../support/awsConnection';
import { ec2, ec2Error, wireCloud } from '../../support/wireCloud';

describe('the tag gateway', () => {
  it('sets tags of several things in one request, and removes tags whatever their value', async () => {
    const done = '<return>true</return>';
    const cloud = wireCloud({ CreateTags: ec2('CreateTags', done), DeleteTags: ec2('DeleteTags', done) });
    const { tags } = createGateways(awsConnection(cloud.handle));
    await tags.setTags(['vpce-0123456789abcdef0', 'eni-0123456789abcdef0'], { Name: 'a', empty: '' });
    await tags.removeTags(['vpce-0123456789abcdef0'], ['Name']);
    assert.deepEqual(
      cloud.calls.map(({ parameters }) => parameters),
      [
        {
          Action: 'CreateTags',
          Version: '2016-11-15',
          'ResourceId.1': 'vpce-0123456789abcdef0',
          'ResourceId.2': 'eni-0123456789abcdef0',
          'Tag.1.Key': 'Name',
          'Tag.1.Value': 'a',
          'Tag.2.Key': 'empty',
          'Tag.2.Value': '',
        },
        { Action: 'DeleteTags', Version: '2016-11-15', 'ResourceId.1': 'vpce-0123456789abcdef0', 'Tag.1.Key': 'Name' },
      ],
    );
  });

  it('rejects when AWS does not allow it, or does not know the thing', async () => {
    for (const [wire, ours] of [
      ['UnauthorizedOperation', 'accessDenied'],
      ['InvalidVpcEndpointId.NotFound', 'endpointNotFound'],
    ] as const) {
      const cloud = wireCloud({ CreateTags: ec2Error(wire, '') });
      const { tags } = createGateways(awsConnection(cloud.handle));
      await assert.rejects(tags.setTags(['vpce-0123456789abcdef0'], { a: 'b' }), { code: ours });
    }
  });
});
