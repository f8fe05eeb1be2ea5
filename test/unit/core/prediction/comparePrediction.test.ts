import assert from 'node:assert/strict';
import { vpcEndpointId } from '../../../../src/core/ids';
import { comparePrediction } from '../../../../src/core/prediction/comparePrediction';
import type { PathOutcome } from '../../../../src/core/prediction/prediction';
import type { Verdict } from '../../../../src/core/verdict';
import { endpointId, igw, instanceInterfaceId } from '../../../support/networkBuilders';

const predicted = (outcome: PathOutcome) => ({
  question: { networkInterfaceId: instanceInterfaceId, name: 'ec2', port: 443, publicAddresses: [] },
  answer: undefined,
  hops: [],
  outcome,
});
const reaches = predicted({ kind: 'reachesEndpoint', endpointId, networkInterfaceIds: [], addresses: [] });
const leaves = predicted({ kind: 'leaves', through: igw, cause: 'noEndpoint', endpointId: undefined });
const dropped = predicted({ kind: 'dropped', cause: 'noRoute', subject: undefined, nameCause: undefined });
const open = predicted({ kind: 'reachesInterface', networkInterfaceId: instanceInterfaceId, address: '10.0.0.1' });

const through = (id: typeof endpointId): Verdict => ({
  kind: 'private',
  endpointId: id,
  networkInterfaceId: undefined,
  address: '10.0.0.1',
  availabilityZone: undefined,
  name: undefined,
  packets: 1,
  ofPackets: 1,
});
const not = (how: 'left' | 'noAnswer' | 'refused'): Verdict => ({
  kind: 'notPrivate',
  how,
  address: '52.95.80.1',
  through: undefined,
  endpointId: undefined,
  cause: 'unexplained',
  subject: undefined,
  name: undefined,
  packets: 1,
  ofPackets: 1,
  synRetries: 0,
  firstDisagreeing: 1,
});
const cannotTell: Verdict = { kind: 'cannotTell', missing: 'noPackets', packets: 0 };

describe('a prediction held against the packets', () => {
  it('is confirmed by what it foretold, and refuted by anything else that is certain', () => {
    const other = vpcEndpointId('vpce-0000000f');
    assert.equal(comparePrediction(reaches, through(endpointId)), 'confirmed');
    assert.equal(comparePrediction(reaches, through(other)), 'refuted');
    assert.equal(comparePrediction(reaches, not('noAnswer')), 'refuted');
    assert.equal(comparePrediction(leaves, not('left')), 'confirmed');
    assert.equal(comparePrediction(leaves, through(endpointId)), 'refuted');
    assert.equal(comparePrediction(dropped, not('noAnswer')), 'confirmed');
    assert.equal(comparePrediction(dropped, not('left')), 'refuted');
  });

  it('stays open while the packets do not tell, and where it said nothing', () => {
    for (const prediction of [reaches, leaves, dropped, open])
      assert.equal(comparePrediction(prediction, cannotTell), undefined);
    assert.equal(comparePrediction(leaves, not('refused')), undefined);
    assert.equal(comparePrediction(open, not('left')), undefined);
  });
});
