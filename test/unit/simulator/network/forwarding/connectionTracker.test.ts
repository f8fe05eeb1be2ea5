import assert from 'node:assert/strict';
import { ICMP, TCP, UDP } from '../../../../../src/core/rules/flow';
import { ConnectionTracker } from '../../../../../src/simulator/network/forwarding/connectionTracker';
import { Timeline } from '../../../../../src/simulator/timeline';

describe('connection tracking', () => {
  it('knows what it was told, and forgets it when it is idle for too long', () => {
    const timeline = new Timeline(0);
    const tracker = new ConnectionTracker(timeline);
    const seconds = { tcp: 432_000, udp: 180, icmp: 30 };
    tracker.add('tcp', TCP);
    tracker.add('udp', UDP);
    tracker.add('icmp', ICMP);
    assert.equal(tracker.renew('other', TCP), false);
    timeline.advanceTo(seconds.icmp * 1000 + 1);
    assert.equal(tracker.renew('icmp', ICMP), false);
    assert.equal(tracker.renew('udp', UDP), true);
    timeline.advanceTo((seconds.icmp + seconds.udp) * 1000);
    assert.equal(tracker.renew('udp', UDP), true);
    timeline.advanceTo(seconds.tcp * 1000);
    assert.equal(tracker.renew('tcp', TCP), true);
    assert.equal(tracker.renew('udp', UDP), false);
  });

  it('keeps a bounded number, the most recently used', () => {
    const tracker = new ConnectionTracker(new Timeline(0));
    tracker.add('kept', TCP);
    for (let count = 0; count < 20_000; count++) {
      tracker.add(`flow ${count}`, UDP);
      tracker.renew('kept', TCP);
    }
    assert.equal(tracker.renew('kept', TCP), true);
    assert.equal(tracker.renew('flow 0', UDP), false);
    assert.equal(tracker.renew('flow 19999', UDP), true);
  });
});
