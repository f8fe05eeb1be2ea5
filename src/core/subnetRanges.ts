import { type Cidr, cidrAround, formatCidr, overlaps, parseCidr } from './ipv4';
import type { Subnet, Vpc } from './network';

/** Why a range cannot be one of a VPC or a subnet. */
export type RangeProblem = 'notARange' | 'size' | 'outside' | 'taken';

const smallest = 28;
const largest = 16;

/** AWS takes VPCs and subnets of /16 to /28 ("Amazon VPC User Guide: VPC CIDR blocks"). */
export function rangeProblem(text: string): RangeProblem | undefined {
  const range = parseCidr(text);
  if (!range || formatCidr(range) !== text) return 'notARange';
  return range.prefixLength < largest || range.prefixLength > smallest ? 'size' : undefined;
}

/** As {@link rangeProblem}, inside a VPC and beside its subnets. */
export function subnetRangeProblem(
  text: string,
  vpc: Pick<Vpc, 'id' | 'cidrBlocks'>,
  subnets: readonly Pick<Subnet, 'vpcId' | 'cidrBlock'>[],
): RangeProblem | undefined {
  const problem = rangeProblem(text);
  if (problem) return problem;
  const range = parseCidr(text) as Cidr;
  if (!ranges(vpc.cidrBlocks).some(block => block.first <= range.first && range.last <= block.last)) return 'outside';
  return takenIn(vpc, subnets).some(taken => overlaps(taken, range)) ? 'taken' : undefined;
}

/** The first free range of a VPC, a /24 or smaller where there is no room; undefined when it is full. */
export function suggestSubnetRange(
  vpc: Pick<Vpc, 'id' | 'cidrBlocks'>,
  subnets: readonly Pick<Subnet, 'vpcId' | 'cidrBlock'>[],
): string | undefined {
  const taken = takenIn(vpc, subnets);
  for (let prefixLength = 24; prefixLength <= smallest; prefixLength++)
    for (const block of ranges(vpc.cidrBlocks)) {
      const found = firstFree(block, Math.max(prefixLength, block.prefixLength), taken);
      if (found) return formatCidr(found);
    }
  return undefined;
}

/** A /16 of 10.0.0.0/8 that no VPC has, so that they can be peered. */
export function suggestVpcRange(taken: readonly string[]): string {
  const all = parseCidr('10.0.0.0/8') as Cidr;
  return formatCidr(firstFree(all, largest, ranges(taken)) ?? cidrAround(all.first, largest));
}

function takenIn({ id }: Pick<Vpc, 'id'>, subnets: readonly Pick<Subnet, 'vpcId' | 'cidrBlock'>[]): readonly Cidr[] {
  return ranges(subnets.filter(({ vpcId }) => vpcId === id).map(({ cidrBlock }) => cidrBlock));
}

function ranges(texts: readonly string[]): readonly Cidr[] {
  return texts.flatMap(text => parseCidr(text) ?? []);
}

function firstFree(block: Cidr, prefixLength: number, taken: readonly Cidr[]): Cidr | undefined {
  let candidate = cidrAround(block.first, prefixLength);
  while (candidate.last <= block.last) {
    const current = candidate;
    const obstacle = taken.find(range => overlaps(range, current));
    if (!obstacle) return current;
    const next = Math.max(obstacle.last, current.last) + 1;
    if (next > block.last) return undefined;
    candidate = cidrAround(next, prefixLength);
  }
  return undefined;
}
