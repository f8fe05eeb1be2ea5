/**
 * A filter as libpcap compiles it: comparisons that lead to one another and in the end to "accept" or "reject"
 * (the-tcpdump-group/libpcap: gencode.c builds such a graph, optimize.c simplifies it).
 */
import type { FrameBytes } from './frameBytes';

/** Something that a frame holds. Values of the same name are the same in every frame. */
export interface Value {
  readonly name: string;
  /** An unsigned 32-bit number. Throws when it lies past the captured bytes. */
  readonly read: (frame: FrameBytes) => number;
}

export interface Test {
  readonly value: Value;
  /** `set`: has any of the constant's bits. */
  readonly operator: '=' | '>' | '>=' | 'set';
  readonly constant: number | Value;
}

/** Where a decision ends. */
export const ACCEPT = 0;
export const REJECT = 1;
const LEAVES = 2;

/** An edge's number is twice its node's, one more where the test failed. */
export class DecisionGraph {
  readonly #tests: (Test | undefined)[] = [undefined, undefined];
  /** Node that each edge leads to. */
  readonly #targets: number[] = [-1, -1, -1, -1];

  /** A node that goes on to `whenTrue` or `whenFalse`, which were added before. */
  add(test: Test, whenTrue: number, whenFalse: number): number {
    this.#tests.push(test);
    this.#targets.push(whenTrue, whenFalse);
    return this.#tests.length - 1;
  }

  /** Whether the decision that begins at `start` accepts the frame. */
  accepts(start: number, frame: FrameBytes): boolean {
    let node = start;
    while (node >= LEAVES) node = this.#target(node, holds(this.#tests[node] as Test, frame));
    return node === ACCEPT;
  }

  /** Leads edges past comparisons whose outcome is known on the way, and tells where the decision that began at `root` begins then. */
  simplify(root: number): number {
    let start = this.#pastForegone(root);
    // Each round shortens a way or is the last one; the bound is for graphs that would go on for long.
    for (let round = 0; round < this.#tests.length && this.#simplifyOnce(start); round++) {
      start = this.#pastForegone(start);
    }
    return start;
  }

  #target(node: number, isTrue: boolean): number {
    return this.#targets[node * 2 + (isTrue ? 0 : 1)] as number;
  }

  /** Past nodes that go to the same place either way. */
  #pastForegone(node: number): number {
    let at = node;
    while (at >= LEAVES && this.#target(at, true) === this.#target(at, false)) at = this.#target(at, true);
    return at;
  }

  #simplifyOnce(root: number): boolean {
    const order = this.#fromRoot(root);
    const known = this.#edgesOnEveryWay(order);
    let isChanged = false;
    for (const node of order.toReversed()) {
      for (const edge of [node * 2, node * 2 + 1]) isChanged = this.#shorten(edge, known) || isChanged;
    }
    return isChanged;
  }

  /** Nodes that are reached, each before those that it leads to: nodes were added behind their targets. */
  #fromRoot(root: number): number[] {
    const reached = new Set<number>([root]);
    const order: number[] = [];
    for (let node = root; node >= LEAVES; node--) {
      if (!reached.has(node)) continue;
      order.push(node);
      reached.add(this.#target(node, true)).add(this.#target(node, false));
    }
    return order;
  }

  /** For each edge the edges that every way over it has taken, itself among them. */
  #edgesOnEveryWay(order: readonly number[]): ReadonlyMap<number, ReadonlySet<number>> {
    const arriving = new Map<number, Set<number>>();
    const known = new Map<number, ReadonlySet<number>>();
    for (const node of order) {
      for (const edge of [node * 2, node * 2 + 1]) {
        const taken = new Set(arriving.get(node)).add(edge);
        known.set(edge, taken);
        const target = this.#targets[edge] as number;
        const before = arriving.get(target);
        arriving.set(target, before ? new Set([...before].filter(one => taken.has(one))) : taken);
      }
    }
    return known;
  }

  #shorten(edge: number, known: ReadonlyMap<number, ReadonlySet<number>>): boolean {
    let isChanged = false;
    for (let node = this.#targets[edge] as number; node >= LEAVES; ) {
      const next = this.#foregone(node, known.get(edge) as ReadonlySet<number>);
      if (next === undefined) break;
      this.#targets[edge] = next;
      node = next;
      isChanged = true;
    }
    return isChanged;
  }

  /** Where the node leads to, if that is certain after the edges that were taken. */
  #foregone(node: number, taken: ReadonlySet<number>): number | undefined {
    if (this.#target(node, true) === this.#target(node, false)) return this.#target(node, true);
    const test = this.#tests[node] as Test;
    for (const edge of taken) {
      const outcome = outcomeAfter(test, this.#tests[edge >> 1] as Test, edge % 2 === 0);
      if (outcome !== undefined) return this.#target(node, outcome);
    }
    return undefined;
  }
}

function holds({ value, operator, constant }: Test, frame: FrameBytes): boolean {
  const left = value.read(frame);
  const right = typeof constant === 'number' ? constant : constant.read(frame);
  switch (operator) {
    case '=':
      return left === right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case 'set':
      return (left & right) !== 0;
  }
}

/** What the test gives after another one with the outcome `isTrue`: known for the same test, and for unequal constants after equality. */
function outcomeAfter(test: Test, other: Test, isTrue: boolean): boolean | undefined {
  if (test.value.name !== other.value.name || test.operator !== other.operator) return undefined;
  const [constant, known] = [test.constant, other.constant];
  if (typeof constant !== 'number' || typeof known !== 'number')
    return typeof constant !== 'number' && typeof known !== 'number' && constant.name === known.name
      ? isTrue
      : undefined;
  if (constant === known) return isTrue;
  return isTrue && test.operator === '=' ? false : undefined;
}
