import type { VpcId } from '../ids';
import type { VpcEndpoint } from '../network';
import { need } from '../reading';
import type { NameAnswer } from '../rules/resolveName';
import { matchesName } from '../serviceNames';
import type { NetworkSnapshot } from '../snapshot';
import type { PathCause } from '../verdict';
import { privateNamesIn } from './resolverViewOf';

/** Why a name led to a public address, with the endpoint that is concerned. */
export interface NotPrivate {
  readonly cause: PathCause;
  readonly endpoint: VpcEndpoint | undefined;
}

/** Looks past this VPC where the resolver's reason ends: an endpoint of the service in another VPC, or none at all. */
export function whyNotPrivate(snapshot: NetworkSnapshot, vpcId: VpcId, name: string, answer: NameAnswer): NotPrivate {
  if (answer.reason !== 'publicDns' || answer.endpoint) return { cause: answer.reason, endpoint: answer.endpoint };
  const elsewhere = need(snapshot.endpoints).find(
    endpoint =>
      endpoint.kind === 'interface' &&
      endpoint.vpcId !== vpcId &&
      privateNamesIn(snapshot, endpoint.serviceName).some(pattern => matchesName(pattern, name)),
  );
  return elsewhere
    ? { cause: 'endpointInOtherVpc', endpoint: elsewhere }
    : { cause: 'noEndpoint', endpoint: undefined };
}
