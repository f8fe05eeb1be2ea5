import type { WornProfile } from '../../app/operations/attachProfile';
import { SESSION_POLICY } from '../../app/operations/instanceRole';
import { firstFree } from '../../app/operations/planEndpoint';
import { DEFAULT_PROFILE_NAME } from '../../app/operations/readLaunchChoices';
import type { InstanceProfile } from '../../core/ports/roleGateway';
import { t } from '../../words/translation';
import type { PickItem } from '../wizard';

/** The profiles to choose from, and making one; undefined profiles are ones that may not be listed. */
export function profileItems(
  profiles: readonly InstanceProfile[] | undefined,
  taken: ReadonlySet<string | undefined>,
  chosen: WornProfile | undefined,
): readonly PickItem<WornProfile>[] {
  const name = chosen?.kind === 'make' ? chosen.name : firstFree(DEFAULT_PROFILE_NAME, taken);
  return [
    ...(profiles ?? []).map(profile => ({
      label: profile.name,
      description: profile.roleName ? t('role {0}', profile.roleName) : t('holds no role'),
      value: { kind: 'existing' as const, name: profile.name },
    })),
    {
      label: t('$(add) Make role and profile {0}', name),
      description: SESSION_POLICY,
      value: { kind: 'make' as const, name },
    },
  ];
}
