import assert from 'node:assert/strict';
import { CapturePipeline } from '../../../src/capture/capturePipeline';
import type { CaptureFlow } from '../../../src/core/captureFlow';
import { classIndexOf } from '../../../src/core/classification';
import { ipv4 } from '../../../src/core/ipv4';
import { utf8 } from '../../support/readPackets';

const OWN = '10.0.0.1';
const PEER = '10.0.0.2';

/** tcpdump's lines of one TCP connection, each a tenth of a second after the one before. */
class Talk {
  lines = '';
  #micros = 0;

  constructor(
    private readonly own = `${OWN}.40000`,
    private readonly peer = `${PEER}.443`,
    private readonly word = 'IP',
  ) {}

  out(rest: string): this {
    return this.#line(this.own, this.peer, rest);
  }

  in(rest: string): this {
    return this.#line(this.peer, this.own, rest);
  }

  #line(from: string, to: string, rest: string): this {
    const time = `12:00:0${Math.floor(this.#micros / 1e6)}.${String(this.#micros % 1e6).padStart(6, '0')}`;
    this.lines += `${time} ${this.word} ${from} > ${to}: ${rest}\n`;
    this.#micros += 100_000;
    return this;
  }

  flow(): CaptureFlow {
    const pipeline = new CapturePipeline();
    pipeline.write(utf8(this.lines));
    const { changed, count } = pipeline.takeFlows(10, false);
    assert.equal(count, 1);
    return changed[0]!;
  }
}

const syn = 'Flags [S], seq 77, win 1, length 0';
const synAck = 'Flags [S.], seq 5, ack 78, win 1, length 0';
const opened = (talk = new Talk()) => talk.out(syn).in(synAck).out('Flags [.], ack 1, win 1, length 0');

describe('the flows of a capture', () => {
  it('count packets and bytes each way, and time the handshake', () => {
    const flow = opened()
      .out('Flags [P.], seq 1:518, ack 1, win 1, length 517')
      .in('Flags [P.], seq 1:101, ack 518, win 1, length 100')
      .flow();
    assert.deepEqual([flow.source, flow.sourcePort, flow.destination, flow.destinationPort], [OWN, 40000, PEER, 443]);
    assert.deepEqual([flow.sentPackets, flow.receivedPackets, flow.sentBytes, flow.receivedBytes], [3, 2, 517, 100]);
    assert.deepEqual([flow.handshakeMicros, flow.lastMicros - flow.firstMicros], [100_000, 400_000]);
    assert.deepEqual([flow.state, flow.synCount, flow.retransmissions, flow.resets], ['open', 1, 0, 0]);
  });

  it('say how a connection stands', () => {
    const fin = 'Flags [F.], seq 1, ack 1, win 1, length 0';
    const reset = 'Flags [R.], seq 0, ack 78, win 0, length 0';
    const states: readonly (readonly [Talk, string])[] = [
      [new Talk().out(syn), 'waiting'],
      [new Talk().out(syn).out(syn).out(syn), 'noAnswer'],
      [new Talk().out(syn).in(reset), 'refused'],
      [opened(), 'open'],
      [new Talk().in('Flags [P.], seq 9:19, ack 1, win 1, length 10'), 'open'],
      [opened().out(fin), 'closing'],
      [opened().out(fin).in(fin), 'closed'],
      [opened().in(reset), 'reset'],
      [new Talk().out('UDP, length 5'), 'oneWay'],
      [new Talk().out('UDP, length 5').in('UDP, length 9'), 'answered'],
    ];
    for (const [talk, state] of states) {
      assert.equal(talk.flow().state, state, talk.lines);
    }
  });

  it('include the retries in the time of a handshake, and count them', () => {
    const { synCount, handshakeMicros, state } = new Talk().out(syn).out(syn).in(synAck).flow();
    assert.deepEqual([synCount, handshakeMicros, state], [2, 200_000, 'open']);
  });

  it('count data that is sent again, over the wrap of its numbers too', () => {
    const data = (first: number, bytes = 10) =>
      `Flags [P.], seq ${first}:${(first + bytes) % 2 ** 32}, ack 1, win 1, length ${bytes}`;
    assert.equal(opened().out(data(1)).out(data(11)).out(data(1)).in(data(1)).flow().retransmissions, 1);
    const near = 2 ** 32 - 10;
    assert.equal(opened().out(data(near)).out(data(0)).out(data(near)).flow().retransmissions, 1);
    assert.equal(opened().out('Flags [.], ack 1, win 1, length 0').out(data(1)).flow().retransmissions, 0);
  });

  it('do not take the whole numbers of a connection that began earlier for data sent again', () => {
    const flow = new Talk()
      .out('Flags [P.], seq 4000000000:4000000010, ack 7, win 1, length 10')
      .out('Flags [P.], seq 10:20, ack 1, win 1, length 10')
      .flow();
    assert.deepEqual([flow.retransmissions, flow.state], [0, 'open']);
  });

  it('know the far side of what goes out and of what comes in', () => {
    const pipeline = new CapturePipeline();
    const peer = { classIndex: classIndexOf('peering'), interfaceRow: 0, routeRow: 4 };
    const own = { classIndex: classIndexOf('ownAddress'), interfaceRow: 0, routeRow: 1 };
    pipeline.useSight({ classify: address => (address === ipv4(OWN) ? own : peer), ownAddress: ipv4(OWN) });
    pipeline.write(utf8(new Talk().in(syn).lines + new Talk(`${OWN}.40001`).out(syn).lines));
    const { changed } = pipeline.takeFlows(10, false);
    assert.deepEqual(
      changed.map(({ remoteClass, routeRow }) => [remoteClass, routeRow]),
      [
        [peer.classIndex, 4],
        [peer.classIndex, 4],
      ],
    );
    assert.equal(changed[0]?.source, PEER);
  });

  it('hold IPv6 conversations, both directions in one', () => {
    const flow = opened(new Talk('2001:db8::1.40000', '2001:db8::2.443', 'IP6')).flow();
    assert.deepEqual(
      [flow.source, flow.destination, flow.sentPackets, flow.receivedPackets],
      ['2001:db8::1', '2001:db8::2', 2, 1],
    );
  });

  it('are told when they change, a limited number at once, and all of them to someone new', () => {
    const pipeline = new CapturePipeline();
    const talk = (port: number) => new Talk(`${OWN}.${port}`).out(syn).lines;
    pipeline.write(utf8(talk(1) + talk(2) + talk(3)));
    const ids = (limit: number, isAnew = false) => pipeline.takeFlows(limit, isAnew).changed.map(({ id }) => id);
    assert.deepEqual([ids(2), ids(2), ids(2)], [[0, 1], [2], []]);
    pipeline.write(utf8(talk(2)));
    assert.deepEqual([ids(9), ids(9, true)], [[1], [0, 1, 2]]);
    pipeline.clear();
    assert.deepEqual(pipeline.takeFlows(9, true), { changed: [], count: 0 });
  });
});
