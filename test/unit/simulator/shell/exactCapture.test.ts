import assert from 'node:assert/strict';
import { captureCommand } from '../../../../src/capture/captureCommand';
import { CapturePipeline } from '../../../../src/capture/capturePipeline';
import { GuestBench } from '../../../support/guestConsole';
import { tcpFrame } from '../../../support/guestFrames';
import { utf8 } from '../../../support/readPackets';

const mark = 'vpc-labs-1';
const command = (changes: { packetLimit?: number; secondsLimit?: number; interfaceName?: string } = {}) =>
  captureCommand({
    mode: 'exact',
    interfaceName: 'enX0',
    filter: 'tcp port 443',
    packetLimit: 500,
    secondsLimit: 600,
    snapLength: 256,
    mark,
    ...changes,
  }).command;

function read(text: string): CapturePipeline {
  const pipeline = new CapturePipeline({ isExact: true, mark });
  pipeline.write(utf8(text));
  pipeline.end();
  return pipeline;
}

describe('the capture line for whole packets', () => {
  it('ends on Ctrl-C with every packet, byte for byte, and status 0', async () => {
    const bench = new GuestBench();
    const terminal = bench.open(command());
    await terminal.shows('listening');
    const frames = Array.from({ length: 20 }, (_, index) => tcpFrame({ sequence: index }));
    for (const frame of frames) bench.network.pass(frame);
    await bench.pause(100);
    terminal.type('\x03');
    assert.equal(await terminal.end(2_000), 0);
    const pipeline = read(terminal.text);
    assert.deepEqual([pipeline.packets, pipeline.exitStatus, pipeline.unparsedLines], [20, 0, 0]);
    assert.deepEqual(
      [...pipeline.frames.frames()].map(({ bytes }) => Uint8Array.from(bytes)),
      frames,
    );
  });

  it('ends by the packet count with status 0, and by the time limit with status 124', async () => {
    const bench = new GuestBench();
    const terminal = bench.open(command({ packetLimit: 1 }));
    await terminal.shows('listening');
    bench.network.pass(tcpFrame());
    await terminal.end(2_000);
    const counted = read(terminal.text);
    assert.deepEqual([counted.packets, counted.exitStatus], [1, 0]);
    const timed = read((await new GuestBench().run(command({ secondsLimit: 3 }))).text);
    assert.deepEqual([timed.packets, timed.exitStatus], [0, 124]);
  });

  it('says what tcpdump says when it cannot begin', async () => {
    const { text } = await new GuestBench().run(command({ interfaceName: 'eth9' }));
    assert.match(text, /tcpdump: eth9: No such device exists\n/);
    assert.equal(read(text).exitStatus, 1);
  });
});
