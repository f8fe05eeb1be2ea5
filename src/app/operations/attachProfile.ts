import { type Instance, nameOrId } from '../../core/network';
import { t } from '../../words/translation';
import type { InstanceEntry, ResourceStore, Scope } from '../appModel';
import { awsCommand } from '../changes/awsCommand';
import type { PlannedChange } from '../changes/plannedChange';
import { changing } from '../changes/tellStore';
import { makeInstanceRole, roleCommands, roleFact } from './instanceRole';

/** What an instance shall wear: a profile that is there, or one made with a role for Session Manager. */
export type WornProfile =
  | { readonly kind: 'existing'; readonly name: string }
  | { readonly kind: 'make'; readonly name: string };

/** Attaching a profile to an instance that has none. AWS refuses a second one. */
export function planProfileAttachment(
  scope: Scope,
  instance: Instance,
  profile: WornProfile,
  store?: ResourceStore<InstanceEntry>,
): PlannedChange<void> {
  const { id } = instance;
  const attach = { 'instance-id': id, 'iam-instance-profile': `Name=${profile.name}` };
  return {
    label: t('Attach the profile'),
    doing: t('Attaching {0} to {1}', profile.name, nameOrId(instance)),
    facts: [
      { icon: 'vm', label: t('Instance'), text: nameOrId(instance) },
      profile.kind === 'make'
        ? roleFact(profile.name)
        : { icon: 'key', label: t('Instance profile'), text: profile.name },
    ],
    warnings: [
      t(
        'The agent looks for credentials again within half an hour; stopping and starting the instance makes it at once.',
      ),
    ],
    hourlyPriceUsd: 0,
    commandLines: [
      ...(profile.kind === 'make' ? roleCommands(scope, profile.name) : []),
      awsCommand(scope, 'ec2', 'associate-iam-instance-profile', attach),
    ],
    ...(profile.kind === 'existing' && {
      rehearse: async call => (await scope.gateways()).instances.attachProfile(id, profile.name, call),
    }),
    run: async context => {
      const gateways = await scope.gateways();
      if (profile.kind === 'make') await makeInstanceRole(gateways, profile, context);
      context.signal.throwIfAborted();
      context.report(t('Attaching {0}', profile.name));
      await changing(store, scope, id, gateways.instances.attachProfile(id, profile.name));
    },
  };
}
