/** What a benchmark found: one figure, the peer's figure from the same run, and the goal as a ratio or a limit. */
export interface Finding {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  /** Of the peer, in the same unit and the same run. */
  readonly peer?: { readonly name: string; readonly value: number };
  /** What ours is to reach. */
  readonly goal?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

const number = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });

/** One line for each finding. */
export function reportText(findings: readonly Finding[]): string {
  return findings
    .map(({ name, unit, ours, peer, goal }) => {
      const beside = peer ? `; ${peer.name} ${number(peer.value)} (ratio ${number(ours / peer.value)})` : '';
      return `${name}: ${number(ours)} ${unit}${beside}${goal ? `; goal ${goal}` : ''}`;
    })
    .join('\n');
}
