import type { Instance } from '../core/network';
import type { ProfileRole } from '../core/ports/roleGateway';
import type { Prediction } from '../core/prediction/prediction';
import { awsServiceName } from '../core/serviceNames';
import type { Gap, NetworkSnapshot, Reading } from '../core/snapshot';
import { roleAllows, trustsEc2 } from '../labs/predicates';
import { predictService } from './predictService';

/** Why an instance that runs and wears a profile is not heard of. */
export type UnreachedCause =
  /** The profile is gone, or holds no role. */
  | { readonly kind: 'noRole' }
  | { readonly kind: 'roleNotTrusted'; readonly roleName: string }
  /** `mayBeOther`: other policies are attached, which are not looked into. */
  | { readonly kind: 'policyMissing'; readonly roleName: string; readonly mayBeOther: boolean }
  /** Packets to a service that the agent needs do not arrive. */
  | { readonly kind: 'noWay'; readonly prediction: Prediction }
  | { readonly kind: 'cannotTell'; readonly gap: Gap }
  /** Role and way are as they should be. */
  | { readonly kind: 'unexplained' };

/** Services without which the agent is not heard ("AWS Systems Manager User Guide: Systems Manager endpoints"). */
const agentServices = ['ssm', 'ssmmessages'] as const;

/** Looks at the role first: without credentials no packet helps. The way is predicted by the rules, never tried. */
export function explainUnreached(
  snapshot: NetworkSnapshot,
  instance: Instance,
  role: Reading<ProfileRole | undefined>,
): UnreachedCause {
  if (role.known) {
    const wrong = whatRoleLacks(role.value, snapshot.place.region);
    if (wrong) return wrong;
  }
  const wayless = findWayless(snapshot, instance);
  if (wayless?.outcome.kind === 'dropped') return { kind: 'noWay', prediction: wayless };
  if (!role.known) return { kind: 'cannotTell', gap: role.gap };
  if (wayless?.outcome.kind === 'unknown') return { kind: 'cannotTell', gap: wayless.outcome.gap };
  return { kind: 'unexplained' };
}

function whatRoleLacks(role: ProfileRole | undefined, region: string): UnreachedCause | undefined {
  if (!role) return { kind: 'noRole' };
  const { roleName, policyArns } = role;
  if (!trustsEc2(role, region)) return { kind: 'roleNotTrusted', roleName };
  if (roleAllows(role, 'ssm:UpdateInstanceInformation')) return undefined;
  return { kind: 'policyMissing', roleName, mayBeOther: policyArns.length > 0 };
}

/** The first service that is not reached, else the first of which it cannot be told. */
function findWayless(snapshot: NetworkSnapshot, { networkInterfaceIds }: Instance): Prediction | undefined {
  const [card] = networkInterfaceIds;
  if (card === undefined) return undefined;
  const predictions = agentServices.map(service =>
    predictService(snapshot, card, awsServiceName(snapshot.place.region, service)),
  );
  return (
    predictions.find(({ outcome }) => outcome.kind === 'dropped') ??
    predictions.find(({ outcome }) => outcome.kind === 'unknown')
  );
}
