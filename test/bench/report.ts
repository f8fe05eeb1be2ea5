/** What a benchmark found: one figure, what stands beside it, and what it was to reach. */
export interface Finding {
  /** What is done with what; of several peers of one job, also which. */
  readonly job: string;
  readonly unit: string;
  readonly ours: number;
  /** Which of two figures is the better one. */
  readonly better: 'more' | 'less';
  readonly peer?: Peer;
  readonly goal: Goal;
}

export interface Peer {
  readonly name: string;
  /** In the finding's unit. */
  readonly value: number;
  /** The peer is not installed here: its figure was measured elsewhere, in another run, and no ratio is made of it. */
  readonly isRecorded?: true;
}

/** How many times better than the peer, at least; or, in the finding's unit, the least or most that ours may be. */
export type Goal = { readonly times: number } | { readonly limit: number };

/** A finding as `--json` prints it. */
export interface FindingRow {
  readonly job: string;
  readonly unit: string;
  readonly ours: number;
  /** The peer's figure; null unless it makes the ratio. */
  readonly peer: number | null;
  /** How many times better ours is. */
  readonly ratio: number | null;
  readonly kind: 'ratio' | 'atMost' | 'atLeast';
  readonly goal: number;
}

/** A goal beside a peer that is only on record is kept as the limit that follows from the record. */
export function findingRow({ job, unit, ours, better, peer, goal }: Finding): FindingRow {
  if ('times' in goal && !peer) throw new Error(`${job}: a ratio needs a peer`);
  if ('times' in goal && peer && !peer.isRecorded) {
    const ratio = better === 'more' ? ours / peer.value : peer.value / ours;
    return { job, unit, ours, peer: peer.value, ratio, kind: 'ratio', goal: goal.times };
  }
  const kind = better === 'more' ? 'atLeast' : 'atMost';
  return { job, unit, ours, peer: null, ratio: null, kind, goal: limitOf(goal, better, peer?.value ?? Number.NaN) };
}

function limitOf(goal: Goal, better: Finding['better'], recorded: number): number {
  if ('limit' in goal) return goal.limit;
  return better === 'more' ? recorded * goal.times : recorded / goal.times;
}

/** Whether the goal is reached. */
export function isReached({ ours, ratio, kind, goal }: FindingRow): boolean {
  if (kind === 'ratio') return ratio !== null && ratio >= goal;
  return kind === 'atLeast' ? ours >= goal : ours <= goal;
}

const number = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0 });

/** One line for each finding. */
export function reportText(findings: readonly Finding[]): string {
  return findings.map(lineOf).join('\n');
}

function lineOf(finding: Finding): string {
  const { job, unit, peer } = finding;
  const row = findingRow(finding);
  const beside = peer
    ? `; ${peer.name} ${number(peer.value)}${peer.isRecorded ? ' as recorded, not measured here' : ''}`
    : '';
  const words = { ratio: 'times better, goal', atLeast: 'goal at least', atMost: 'goal at most' }[row.kind];
  const against = `${row.ratio === null ? '' : `${number(row.ratio)} `}${words} ${number(row.goal)}`;
  return `${job}: ${number(row.ours)} ${unit}${beside}; ${against}: ${isReached(row) ? 'reached' : 'not reached'}`;
}
