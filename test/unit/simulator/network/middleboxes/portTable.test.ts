import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Chance } from '../../../../../src/simulator/chance';
import { PortTable } from '../../../../../src/simulator/network/middleboxes/portTable';
import { Timeline } from '../../../../../src/simulator/timeline';

const remote = { protocol: 6, destination: '52.95.80.10', destinationPort: 443 };
const answerTo = (port: number, changes: object = {}) => ({
  protocol: 6,
  source: remote.destination,
  sourcePort: remote.destinationPort,
  destination: '10.0.0.9',
  destinationPort: port,
  ...changes,
});

function table(firstPort = 1024, lastPort = 65_535) {
  const timeline = new Timeline(0);
  return { timeline, ports: new PortTable<string>(timeline, new Chance('ports'), { firstPort, lastPort }) };
}

describe('the ports of a translating machine', () => {
  it('are each for one conversation with a remote end, and lead answers back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 40 }), origins => {
        const { ports } = table();
        const leases = origins.map(origin => ports.open(origin, remote, () => origin));
        assert.equal(new Set(leases.map(lease => lease?.port)).size, origins.length);
        for (const lease of leases) assert.equal(ports.findAnswered(answerTo(lease!.port))?.value, lease?.value);
      }),
    );
  });

  it('are given out again for another remote end, but not when all are taken', () => {
    const { ports } = table(2000, 2001);
    const other = { ...remote, destinationPort: 80 };
    assert.ok(ports.open('a', remote, () => 'a') && ports.open('b', remote, () => 'b'));
    assert.equal(
      ports.open('c', remote, () => 'c'),
      undefined,
    );
    assert.ok(ports.open('c', other, () => 'c'));
  });

  it('lead nobody else in: an answer must come from the remote end', () => {
    const { ports } = table();
    const { port } = ports.open('a', remote, () => 'a')!;
    assert.equal(ports.findAnswered(answerTo(port, { source: '52.95.80.11' })), undefined);
    assert.equal(ports.findAnswered(answerTo(port, { sourcePort: 80 })), undefined);
    assert.equal(ports.findAnswered(answerTo(port, { protocol: 17 })), undefined);
  });

  it('are free again after 350 idle seconds', () => {
    const { timeline, ports } = table();
    const { port } = ports.open('a', remote, () => 'a')!;
    timeline.advanceTo(300_000);
    assert.ok(ports.find('a'));
    timeline.advanceTo(640_000);
    assert.ok(ports.findAnswered(answerTo(port)));
    timeline.advanceTo(1_000_000);
    assert.equal(ports.find('a'), undefined);
    assert.equal(ports.findAnswered(answerTo(port)), undefined);
  });
});
