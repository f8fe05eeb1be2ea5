import assert from 'node:assert/strict';
import { ArpOperation } from '../../../../../src/packet/headers/arp';
import { Chance } from '../../../../../src/simulator/chance';
import { NeighbourTable } from '../../../../../src/simulator/network/host/neighbourTable';
import { Timeline } from '../../../../../src/simulator/timeline';

const router = '172.31.32.1';
const routerMac = '02:00:00:00:00:99';

function rig(stations: Record<string, string> = { [router]: routerMac }) {
  const timeline = new Timeline(0);
  const frames: string[] = [];
  const sent: string[] = [];
  const table = new NeighbourTable({
    clock: timeline,
    chance: new Chance('neighbours'),
    address: '172.31.37.141',
    macAddress: '02:00:00:00:00:01',
    stationAt: address => stations[address],
    show: (direction, mac, { operation, targetAddress }) =>
      frames.push(`${direction} ${operation === ArpOperation.request ? 'who-has' : 'is-at'} ${targetAddress} ${mac}`),
  });
  const deliver = (address = router) =>
    table.deliver(address, { send: mac => sent.push(mac), giveUp: () => sent.push('gave up') });
  const pass = (durationMs: number) => timeline.advanceTo(timeline.now() + durationMs);
  return { table, frames, sent, deliver, pass, stations };
}

describe('the neighbours that a guest knows (RFC 826)', () => {
  it('are asked for once, while packets wait', () => {
    const { frames, sent, deliver, pass } = rig();
    deliver();
    deliver();
    assert.deepEqual(sent, []);
    pass(1);
    assert.deepEqual(sent, [routerMac, routerMac]);
    deliver();
    assert.equal(sent.length, 3);
    assert.deepEqual(frames, [`out who-has ${router} ff:ff:ff:ff:ff:ff`, `in is-at 172.31.37.141 ${routerMac}`]);
  });

  it('are asked for again, themselves, some seconds after they were used when old', () => {
    const { frames, sent, deliver, pass } = rig();
    deliver();
    pass(50_000);
    deliver();
    assert.equal(sent.length, 2);
    assert.equal(frames.length, 2);
    pass(5001);
    assert.deepEqual(frames.slice(2), [`out who-has ${router} ${routerMac}`, `in is-at 172.31.37.141 ${routerMac}`]);
  });

  it('are given up after three requests, a second apart', () => {
    const { frames, sent, deliver, pass } = rig({});
    deliver();
    pass(2500);
    assert.deepEqual([sent, frames.length], [[], 3]);
    pass(600);
    assert.deepEqual([sent, frames.length], [['gave up'], 3]);
    deliver();
    assert.equal(frames.length, 4);
  });

  it('are forgotten when they are gone', () => {
    const { sent, deliver, pass, stations } = rig();
    deliver();
    pass(50_000);
    delete stations[router];
    deliver();
    pass(6000);
    deliver();
    pass(4000);
    assert.deepEqual(sent, [routerMac, routerMac, 'gave up']);
  });

  it('are of no interest to a machine without power', () => {
    const { table, frames, sent, deliver, pass } = rig();
    deliver();
    table.dispose();
    pass(10_000);
    assert.deepEqual([sent, frames.length], [[], 1]);
  });
});
