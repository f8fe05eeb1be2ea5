import assert from 'node:assert/strict';
import { awsCommand, RawWord, tagFlag } from '../../../../src/app/changes/awsCommand';
import { region } from '../../../../src/core/ids';

const scope = { region: region('ap-south-1') };

describe('an AWS CLI line', () => {
  it('names region, profile and endpoint, and leaves out what is not given', () => {
    const saved = { profile: 'my lab', region: scope.region, endpointUrl: 'http://127.0.0.1:4566' };
    assert.equal(
      awsCommand({ ...scope, saved }, 'ec2', 'create-route', { 'route-table-id': 'rtb-1', 'gateway-id': undefined }),
      "aws ec2 create-route --profile 'my lab' --endpoint-url http://127.0.0.1:4566 --region ap-south-1 --route-table-id rtb-1",
    );
  });

  it('quotes words, writes switches and lists, and leaves shell variables alone', () => {
    assert.equal(
      awsCommand(scope, 'ec2', 'modify', { ids: ['a', "b'; rm -rf /"], on: true, group: new RawWord('"$G"'), n: 3 }),
      `aws ec2 modify --region ap-south-1 --ids a 'b'\\''; rm -rf /' --on --group "$G" --n 3`,
    );
  });

  it('writes tags as JSON, and none as nothing', () => {
    assert.equal(tagFlag('vpc', {}), undefined);
    assert.equal(tagFlag('vpc', { Name: 'a,b' }), '[{"ResourceType":"vpc","Tags":[{"Key":"Name","Value":"a,b"}]}]');
  });
});
