import assert from 'node:assert/strict';
import type { EndpointDetails, Memory } from '../../../../src/app/appModel';
import { groupItems } from '../../../../src/app/arrangement/groupItems';
import { matchText, prepareTexts } from '../../../../src/app/arrangement/matchText';
import { groupingsOf, ViewArrangement } from '../../../../src/app/arrangement/viewArrangement';
import { endpointFacets } from '../../../../src/app/facets/endpointFacets';
import { instanceFacets } from '../../../../src/app/facets/instanceFacets';
import { vpcEndpointId } from '../../../../src/core/ids';
import type { VpcEndpoint } from '../../../../src/core/network';
import { endpoint, endpointInterface, otherVpcId, vpcId } from '../../../support/networkBuilders';

let count = 0;
const details = (changes: Partial<VpcEndpoint> = {}): EndpointDetails => ({
  endpoint: endpoint({ id: vpcEndpointId(`vpce-${String(++count).padStart(17, '0')}`), ...changes }),
  interfaces: [
    {
      ...endpointInterface(),
      privateIpAddress: '172.31.36.107',
      availabilityZone: 'ap-south-1a',
      availabilityZoneId: undefined,
    },
  ],
  securityGroups: [],
  routeTables: [],
  gaps: [],
});

class Notes implements Memory {
  readonly kept = new Map<string, unknown>();
  get(key: string): unknown {
    return this.kept.get(key);
  }
  async update(key: string, value: unknown): Promise<void> {
    this.kept.set(key, value);
  }
}

describe('a text filter', () => {
  const one = details({ tags: { Name: 'web', Team: 'Blue' }, serviceName: 'com.amazonaws.ap-south-1.ssm' });
  const finds = (filter: string) => matchText(endpointFacets, filter)(one);

  it('finds by name, id, service, address, VPC, state and tag, in upper or lower case', () => {
    const { id, vpcId: vpc } = one.endpoint;
    for (const text of ['WEB', id.slice(-6), 'ssm', '36.107', vpc, 'available', 'team=blue', 'blue', ''])
      assert.ok(finds(text), text);
  });

  it('wants every word, in any order', () => {
    assert.ok(finds('blue  web'));
    assert.equal(finds('blue red'), false);
  });

  it('finds a newer value by what it is now', () => {
    const matches = matchText(endpointFacets, 'available');
    assert.equal(matches({ ...one, endpoint: { ...one.endpoint, state: 'failed' } }), false);
    assert.ok(matches(one));
  });

  it('is prepared a slice at a time, once for each value', async () => {
    let joined = 0;
    const textsOf = (item: EndpointDetails) => {
      joined++;
      return endpointFacets.textsOf(item);
    };
    const facets = { ...endpointFacets, textsOf };
    const items = Array.from({ length: 300 }, () => details({ tags: { Name: 'web' } }));
    let nowMs = 0;
    let breathers = 0;
    const clock = {
      now: () => (nowMs += 5),
      after: (_delayMs: number, action: () => void) => {
        breathers++;
        queueMicrotask(action);
        return { dispose: () => undefined };
      },
    };
    await prepareTexts(clock, facets, items);
    assert.equal(joined, 300);
    assert.ok(breathers >= 3, `${breathers} times the others had their turn`);
    assert.equal(items.filter(matchText(facets, 'web')).length, 300);
    await prepareTexts(clock, facets, items);
    assert.equal(joined, 300);
  });
});

describe('grouping', () => {
  const labels = (grouping: Parameters<typeof groupItems>[1], ...items: EndpointDetails[]) =>
    groupItems(endpointFacets, grouping, items).map(group => [group.label, group.items.length, group.worst.words]);

  it('counts the members and names the state that asks for most attention', () => {
    const items = [details(), details({ state: 'failed' }), details({ vpcId: otherVpcId, state: 'pending' })];
    assert.deepEqual(labels('vpc', ...items), [
      [vpcId, 2, 'failed'],
      [otherVpcId, 1, 'being created'],
    ]);
  });

  it('puts those that lack the tag last', () => {
    assert.deepEqual(
      labels('tag:Team', details(), details({ tags: { Team: 'b' } }), details({ tags: { Team: 'a' } })),
      [
        ['a', 1, 'available'],
        ['b', 1, 'available'],
        ['without the tag Team', 1, 'available'],
      ],
    );
  });

  it('by state and service says them as people do', () => {
    assert.deepEqual(labels('state', details({ state: 'pendingAcceptance' })), [
      ['waiting for acceptance', 1, 'waiting for acceptance'],
    ]);
    assert.deepEqual(labels('service', details({ serviceName: 'com.amazonaws.ap-south-1.ecr.api' })), [
      ['ecr.api', 1, 'available'],
    ]);
  });

  it('is offered by what the kind has and by the tags that are there', () => {
    const tagged = [details({ tags: { Name: 'x', Team: 'a', Stage: 'b' } })];
    assert.deepEqual(groupingsOf(endpointFacets, tagged), ['vpc', 'service', 'state', 'tag:Stage', 'tag:Team']);
    assert.deepEqual(groupingsOf(instanceFacets, []), ['vpc', 'state']);
  });
});

describe('the arrangement of a view', () => {
  it('is there again in the next window, for its own view alone', () => {
    const notes = new Notes();
    const before = new ViewArrangement('vpcLabs.endpoints', notes);
    before.groupBy('tag:Team');
    before.filterBy('  ssm ');
    const after = new ViewArrangement('vpcLabs.endpoints', notes);
    assert.deepEqual([after.grouping, after.filter], ['tag:Team', 'ssm']);
    const other = new ViewArrangement('vpcLabs.instances', notes);
    assert.deepEqual([other.grouping, other.filter], [undefined, '']);
  });

  it('tells of a change, and of none when nothing changed', () => {
    const arrangement = new ViewArrangement('vpcLabs.endpoints', new Notes());
    let changes = 0;
    arrangement.onDidChange(() => changes++);
    arrangement.groupBy('vpc');
    arrangement.groupBy('vpc');
    arrangement.filterBy('');
    assert.equal(changes, 1);
    arrangement.groupBy(undefined);
    assert.equal(changes, 2);
  });

  it('begins as its view wants it, and stays one list when somebody chose that', () => {
    const notes = new Notes();
    const open = () => new ViewArrangement('vpcLabs.instances', notes, 'vpc');
    assert.equal(open().grouping, 'vpc');
    open().groupBy(undefined);
    assert.equal(open().grouping, undefined);
    open().groupBy('state');
    assert.equal(open().grouping, 'state');
    open().groupBy('vpc');
    assert.equal(open().grouping, 'vpc');
  });

  it('does not trust what it finds in the memory', () => {
    const notes = new Notes();
    notes.kept.set('vpcLabs.endpoints.grouping', { colour: 'red' }).set('vpcLabs.endpoints.filter', 7);
    const { grouping, filter } = new ViewArrangement('vpcLabs.endpoints', notes);
    assert.deepEqual([grouping, filter], [undefined, '']);
  });
});
