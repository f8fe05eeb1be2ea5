import type { Clock } from '../base/clock';
import type { LoadBalancerDescription } from '../core/loadBalancerDescription';
import type { ElasticAddress, NatGateway } from '../core/natGateway';
import type { Scope } from './appModel';
import { asLabError } from './asLabError';
import { ResourceList } from './resourceList';

/** What is billed by the hour and stands in no view; undefined: could not be read. */
export interface BilledThings {
  /** Of every kind. */
  readonly loadBalancers: readonly LoadBalancerDescription[] | undefined;
  readonly natGateways: readonly NatGateway[] | undefined;
  readonly elasticAddresses: readonly ElasticAddress[] | undefined;
}

/** One value for each scope, in three requests. Nobody watches it, so it is never polled. */
export class BilledStore extends ResourceList<BilledThings> {
  constructor(clock: Clock) {
    super(
      {
        read: async (scope, signal) => [await readBilled(scope, signal)],
        idOf: () => 'billed',
        fingerprint: things => JSON.stringify(things),
        isMoving: () => false,
      },
      clock,
    );
  }
}

async function readBilled(scope: Scope, signal: AbortSignal): Promise<BilledThings> {
  const { loadBalancers, network, internetAccess } = await scope.gateways();
  const [balancers, snapshot, addresses] = await Promise.all([
    unlessRefused(loadBalancers.listLoadBalancers({ signal })),
    network.readSnapshot(['natGateways'], { signal }),
    unlessRefused(internetAccess.listAddresses({ signal })),
  ]);
  return {
    loadBalancers: balancers,
    natGateways: snapshot.natGateways?.known ? snapshot.natGateways.value : undefined,
    elasticAddresses: addresses,
  };
}

/** A backend without the service, or an account without the right, says nothing of one part; the others count all the same. */
async function unlessRefused<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (asLabError(error).cloudCode === undefined) throw error;
    return undefined;
  }
}
