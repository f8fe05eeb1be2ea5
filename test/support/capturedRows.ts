import { CapturePipeline } from '../../src/capture/capturePipeline';
import type { Classify } from '../../src/capture/packetClasses';
import type { RowsPush } from '../../src/protocol/capture';

/** tcpdump's lines as the host would push them to the page. */
export function rowsOf(lines: readonly string[], classify?: Classify): RowsPush {
  const pipeline = new CapturePipeline({ ...(classify ? { classify } : {}), ownAddress: '172.31.37.141' });
  pipeline.write(new TextEncoder().encode(lines.map(line => `${line}\n`).join('')));
  pipeline.end();
  const { first, count, columns } = pipeline.snapshot(Number.MAX_SAFE_INTEGER);
  return {
    first,
    count,
    columns,
    droppedRows: 0,
    interfaceCounts: pipeline.interfaceCounts(3).total,
    routeCounts: pipeline.routeCounts(3).total,
    earlierInterfaceCounts: [0, 0, 0],
    earlierRouteCounts: [0, 0, 0],
  };
}

/** `count` packets of one conversation, a millisecond apart. */
export function manyLines(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const time = new Date(Date.UTC(2026, 10, 21, 12) + index).toISOString().slice(11, 23);
    return `2026-11-21 ${time}000 IP 172.31.37.141.38482 > 172.31.36.107.443: Flags [.], ack ${index + 1}, win 491, length 0`;
  });
}
