import assert from 'node:assert/strict';
import { askPermission } from '../../../../src/app/changes/askPermission';
import { planTagChange, tagKeyProblem, tagValueProblem } from '../../../../src/app/operations/planTagChange';
import { EndpointDesk, without } from '../../../support/endpointDesk';
import { PracticeScopes } from '../../../support/practiceScopes';

describe('tags of a resource', () => {
  let desk: EndpointDesk;

  before(PracticeScopes.load);
  beforeEach(() => {
    desk = new EndpointDesk();
  });
  afterEach(() => desk.dispose());

  it('are added, changed and removed one by one, and whoever lists the resource is told', async () => {
    const endpoint = await desk.interfaceEndpoint();
    let told = 0;
    const change = (tagged: typeof endpoint, next: Parameters<typeof planTagChange>[2]) =>
      desk.carryOut(planTagChange(desk.scope, tagged, next, () => told++));
    await change(endpoint, { kind: 'set', key: 'team', value: 'a, [b] & "c"' });
    const tagged = await desk.find(endpoint);
    assert.deepEqual(tagged.tags, { Name: 'tried', team: 'a, [b] & "c"' });
    await change(tagged, { kind: 'set', key: 'team', value: '' });
    assert.deepEqual((await desk.find(endpoint)).tags, { Name: 'tried', team: '' });
    await change(tagged, { kind: 'remove', key: 'team' });
    assert.deepEqual((await desk.find(endpoint)).tags, { Name: 'tried' });
    assert.equal(told, 3);
  });

  it('say what is done in the words of a button and of the AWS CLI', async () => {
    const tagged = { id: 'vpce-0123456789abcdef0', tags: { team: 'old' } };
    const set = planTagChange(desk.scope, tagged, { kind: 'set', key: 'team', value: "it's" });
    assert.equal(set.label, 'Change the tag');
    assert.match(
      set.commandLines[0] ?? '',
      /create-tags .*--resources vpce-0123456789abcdef0 --tags '\[\{"Key":"team","Value":"it'\\''s"\}\]'$/,
    );
    const remove = planTagChange(desk.scope, tagged, { kind: 'remove', key: 'team' });
    assert.match(remove.commandLines[0] ?? '', /delete-tags .*--tags '\[\{"Key":"team"\}\]'$/);
    assert.equal(planTagChange(desk.scope, tagged, { kind: 'set', key: 'new', value: '' }).label, 'Add the tag');
  });

  it('are asked for beforehand, and refused for a resource that is gone or without the right to', async () => {
    const endpoint = await desk.interfaceEndpoint();
    const change = { kind: 'set', key: 'a', value: 'b' } as const;
    const plan = planTagChange(desk.scope, endpoint, change);
    assert.deepEqual(await desk.run(askPermission(desk.scope, plan.rehearse)), { kind: 'allowed' });
    const denied = without(desk.scope, 'tags', 'setTags');
    await assert.rejects(desk.carryOut(planTagChange(denied, endpoint, change)), { code: 'accessDenied' });
    const gone = { id: 'vpce-0123456789abcdef0', tags: {} };
    await assert.rejects(desk.carryOut(planTagChange(desk.scope, gone, change)), { code: 'endpointNotFound' });
  });

  it('have limits that are seen before AWS is asked ("Amazon EC2 User Guide: Tag restrictions")', () => {
    const full = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key ${index}`, '']));
    assert.equal(tagKeyProblem('', {})?.kind, 'empty');
    assert.equal(tagKeyProblem('AWS:team', {})?.kind, 'reserved');
    assert.equal(tagKeyProblem('k'.repeat(129), {})?.kind, 'keyTooLong');
    assert.equal(tagKeyProblem('new', full)?.kind, 'tooMany');
    assert.equal(tagKeyProblem('key 7', full), undefined);
    assert.equal(tagValueProblem('v'.repeat(257))?.kind, 'valueTooLong');
    assert.equal(tagValueProblem('v'.repeat(256)), undefined);
  });
});
