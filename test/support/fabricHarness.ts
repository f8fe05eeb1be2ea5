import type { WireRequest, WireResponse } from '../../src/core/ports/wire';
import { decodeFrame } from '../../src/packet/headers/frame';
import { TcpFlag } from '../../src/packet/packetColumns';
import { Chance } from '../../src/simulator/chance';
import { createFabric, type FabricOptions } from '../../src/simulator/network/fabric';
import type { TappedFrame } from '../../src/simulator/network/hostNetwork';
import type { ServiceCall } from '../../src/simulator/network/services/serviceNodes';
import { Timeline } from '../../src/simulator/timeline';
import { instanceId } from './networkBuilders';
import { runFor, runToEnd } from './runTimeline';
import type { SmallWorld } from './smallWorld';

const startMs = Date.UTC(2026, 10, 21, 12, 21, 53);

/** A fabric over a small world, on hand-driven time, with a tap on the first instance. */
export function fabricOver(
  world: SmallWorld,
  answer: (request: WireRequest, via: ServiceCall) => WireResponse = () => plain('answer'),
  more: Partial<Pick<FabricOptions, 'onProbe' | 'pace'>> = {},
) {
  const timeline = new Timeline(startMs);
  const drops: string[] = [];
  const calls: ServiceCall[] = [];
  const fabric = createFabric({
    world,
    timeline,
    chance: new Chance('test'),
    callService: async (request, via) => {
      calls.push(via);
      return answer(request, via);
    },
    ...more,
    onDrop: (_, because) => drops.push(because),
  });
  const host = fabric.hostNetwork(world.place, instanceId);
  const frames: TappedFrame[] = [];
  const arps: TappedFrame[] = [];
  host.tap('any', frame => (decodeFrame(frame.bytes).arp ? arps : frames).push(frame));
  return {
    fabric,
    host,
    timeline,
    /** What IP carries; ARP is apart. */
    frames,
    arps,
    drops,
    calls,
    run: <T>(work: Promise<T>, limitMs = 10_000) => runToEnd(timeline, work, limitMs),
    pass: (durationMs: number) => runFor(timeline, durationMs),
    /** One short line for each TCP frame seen, such as `out [S] 0.000 → 172.31.36.107:443`. */
    tcp: () => frames.flatMap(frame => tcpLine(frame) ?? []),
    secondsOf: (wanted: string) =>
      frames.filter(frame => tcpLine(frame)?.includes(wanted)).map(frame => frame.timeMicros / 1e6 - startMs / 1e3),
  };
}

export function plain(text: string): WireResponse {
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: new TextEncoder().encode(text) };
}

export function get(host: string, path = '/', headers: Record<string, string> = {}): WireRequest {
  return { method: 'GET', host, path, query: '', headers, body: new Uint8Array(0) };
}

function tcpLine(frame: TappedFrame): string | undefined {
  const { tcp, ipv4 } = decodeFrame(frame.bytes);
  if (!tcp || !ipv4) return undefined;
  const letters: readonly (readonly [number, string])[] = [
    [TcpFlag.fin, 'F'],
    [TcpFlag.syn, 'S'],
    [TcpFlag.rst, 'R'],
    [TcpFlag.psh, 'P'],
    [TcpFlag.ack, '.'],
  ];
  const flags = letters.filter(([bit]) => tcp.flags & bit).map(([, letter]) => letter);
  const peer =
    frame.direction === 'out' ? `${ipv4.destination}:${tcp.destinationPort}` : `${ipv4.source}:${tcp.sourcePort}`;
  return `${frame.direction} [${flags.join('')}] ${tcp.payload.length} ${peer}`;
}
