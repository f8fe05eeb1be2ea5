import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contains, ipv4, parseCidr } from '../../../../src/core/ipv4';
import type { Route } from '../../../../src/core/network';
import { matchRoute } from '../../../../src/core/rules/matchRoute';
import { endpointId, igw, local, localRoute, route, s3List, s3ListId } from '../../../support/networkBuilders';

const gatewayEndpoint = { kind: 'gatewayEndpoint', id: endpointId } as const;
const defaultRoute = route('0.0.0.0/0', igw);

function winner(routes: readonly Route[], destination: string, cidrs?: readonly string[]): Route | undefined {
  return matchRoute(routes, destination, [s3List(cidrs)]).winner?.route;
}

describe('matching a route (Amazon VPC User Guide: Route priority)', () => {
  it('takes the longest prefix, whatever the order of the table', () => {
    for (const routes of [
      [localRoute, defaultRoute],
      [defaultRoute, localRoute],
    ]) {
      assert.equal(winner(routes, '172.31.36.107'), localRoute);
      assert.equal(winner(routes, '52.95.80.1'), defaultRoute);
    }
  });

  it('says which routes lost, and why', () => {
    const { losers } = matchRoute([defaultRoute, localRoute], '172.31.0.2', []);
    assert.deepEqual(losers, [{ route: defaultRoute, cidr: '0.0.0.0/0', because: 'shorterPrefix' }]);
  });

  it('has no winner when nothing covers the destination', () => {
    assert.equal(winner([localRoute], '8.8.8.8'), undefined);
  });

  it('lets a gateway endpoint beat the default route inside the ranges of its list only', () => {
    const viaList = route(s3ListId, gatewayEndpoint);
    assert.equal(winner([defaultRoute, viaList], '52.219.57.9'), viaList);
    assert.equal(winner([defaultRoute, viaList], '52.219.60.0'), defaultRoute);
  });

  it('lets a static range beat a prefix list that is as long, and lose to one that is longer', () => {
    const viaList = route(s3ListId, gatewayEndpoint);
    const equal = route('54.231.0.0/17', igw);
    const decision = matchRoute([viaList, equal], '54.231.1.1', [s3List(['54.231.0.0/17'])]);
    assert.equal(decision.winner?.route, equal);
    assert.equal(decision.losers[0]?.because, 'prefixListLosesTie');
    assert.equal(winner([viaList, route('54.231.0.0/16', igw)], '54.231.1.1', ['54.231.0.0/17']), viaList);
    assert.equal(
      winner([viaList, route('54.123.165.0/24', igw)], '54.123.165.9', ['54.123.160.0/19'])?.target.kind,
      'internetGateway',
    );
  });

  it('lets propagated routes lose every tie', () => {
    const propagated = route('10.0.0.0/8', { kind: 'other', id: 'vgw-1' }, { origin: 'propagated' });
    const decision = matchRoute([propagated, route('10.0.0.0/8', igw)], '10.1.1.1', []);
    assert.equal(decision.winner?.route.origin, 'createRoute');
    assert.equal(decision.losers[0]?.because, 'propagatedLosesTie');
    const viaList = route(s3ListId, gatewayEndpoint);
    assert.equal(winner([propagated, viaList], '10.1.1.1', ['10.0.0.0/8']), viaList);
  });

  it('lets a blackhole win, which drops', () => {
    const blackhole = route('10.1.0.0/16', { kind: 'other', id: 'pcx-1' }, { state: 'blackhole' });
    assert.equal(winner([defaultRoute, blackhole], '10.1.2.3'), blackhole);
  });

  it('agrees with comparing every route', () => {
    const anyRoute = fc
      .tuple(
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 32 }),
        fc.constantFrom<Route['origin']>('createRoute', 'propagated'),
      )
      .map(([top, length, origin]) => route(`${top * 64}.0.0.0/${length}`, local, { origin }));
    fc.assert(
      fc.property(fc.array(anyRoute, { maxLength: 12 }), fc.ipV4(), (routes, destination) => {
        const covering = routes.filter(
          ({ destination: d }) => d.kind === 'cidr' && contains(parseCidr(d.cidr)!, ipv4(destination)),
        );
        const { winner: won, losers } = matchRoute(routes, destination, []);
        assert.equal(covering.length, losers.length + (won ? 1 : 0));
        const length = (r: Route) => (r.destination.kind === 'cidr' ? parseCidr(r.destination.cidr)!.prefixLength : -1);
        for (const other of covering) assert.ok(length(other) <= length(won!.route));
      }),
    );
  });

  it('finds what a loop over bits finds, with prefix lists and ties', () => {
    const near = fc.tuple(fc.constantFrom(10, 11, 138), fc.constantFrom(0, 1, 128), fc.constantFrom(0, 1), fc.nat(255));
    const address = near.map(bytes => bytes.join('.'));
    const range = fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([base, length]) => `${base}/${length}`);
    const toRange = fc
      .tuple(range, fc.constantFrom<Route['origin']>('createRoute', 'propagated'))
      .map(([cidr, origin]) => route(cidr, local, { origin }));
    const table = fc.array(fc.oneof(toRange, fc.constant(route(s3ListId, gatewayEndpoint))), { maxLength: 10 });
    fc.assert(
      fc.property(table, fc.array(range, { maxLength: 4 }), address, (routes, listed, destination) => {
        assert.equal(winner(routes, destination, listed), naiveWinner(routes, destination, listed));
      }),
      { numRuns: 1000 },
    );
  });
});

const bitsOf = (address: string) =>
  address
    .split('.')
    .map(byte => Number(byte).toString(2).padStart(8, '0'))
    .join('');

/** The first of the best routes: longer prefixes before shorter, then static ranges, prefix lists and propagated ones. */
function naiveWinner(routes: readonly Route[], destination: string, listed: readonly string[]): Route | undefined {
  let best: { readonly route: Route; readonly worth: number } | undefined;
  for (const candidate of routes) {
    const { destination: to, origin } = candidate;
    for (const cidr of to.kind === 'cidr' ? [to.cidr] : listed) {
      const [base = '', length = ''] = cidr.split('/');
      const prefix = bitsOf(base).slice(0, Number(length));
      if (!bitsOf(destination).startsWith(prefix)) continue;
      const rank = origin === 'propagated' ? 0 : to.kind === 'cidr' ? 2 : 1;
      const worth = prefix.length * 3 + rank;
      if (!best || worth > best.worth) best = { route: candidate, worth };
    }
  }
  return best?.route;
}
