import type { InstanceEntry, ResourceStore, Scope, ScopeStore } from '../../app/appModel';
import { planProfileAttachment, type WornProfile } from '../../app/operations/attachProfile';
import { planInstanceRole, roleNameProblem } from '../../app/operations/instanceRole';
import { firstFree } from '../../app/operations/planEndpoint';
import { DEFAULT_PROFILE_NAME, listProfilesIfAllowed } from '../../app/operations/readLaunchChoices';
import type { InstanceRole } from '../../core/ports/roleGateway';
import { t } from '../../words/translation';
import { carriedOut, carryOut } from '../changes/carryOut';
import { summaryStep } from '../changes/summaryStep';
import { pickInstance } from '../pickers/pickInstance';
import { pickScope } from '../pickers/pickScope';
import type { InstanceTarget, ScopeTarget } from '../views/targets';
import { enterText, pickOne, runSteps } from '../wizard';
import { profileItems } from './profileItems';

/** Attaches an instance profile to an instance without one. Resolves with whether it was done. */
export function attachProfileCommand(scopes: ScopeStore, store: ResourceStore<InstanceEntry>) {
  return async (target: InstanceTarget | undefined): Promise<boolean> => {
    const isBare = ({ instance }: InstanceEntry) =>
      instance.instanceProfileArn === undefined && ['pending', 'running', 'stopped'].includes(instance.state);
    const chosen = target ?? (await pickInstance(scopes, store, t('Which instance shall wear a profile?'), isBare));
    if (!chosen) return false;
    const { scope, instance } = chosen;
    const { profiles, taken } = await readProfiles(scope);
    const [first] = profileItems(profiles, taken, undefined);
    let profile: WornProfile | undefined = first?.value;
    if (!profile) return false;
    let plan = planProfileAttachment(scope, instance, profile, store);
    const isConfirmed = await runSteps(t('Attach instance profile'), [
      frame => {
        const items = profileItems(profiles, taken, profile);
        const active = items.find(({ value }) => value.name === profile?.name)?.value;
        const placeholder = t('Which instance profile? Its role says what the instance may do.');
        return pickOne(frame, { placeholder, items, ...(active && { active }) }, value => {
          profile = value;
          plan = planProfileAttachment(scope, instance, value, store);
        });
      },
      summaryStep(scope, () => plan),
    ]);
    if (!isConfirmed) return false;
    return carriedOut(scope, plan);
  };
}

/** Makes a role for instances, with a profile of the same name. Resolves with both names. */
export function createRoleCommand(scopes: ScopeStore) {
  return async (target: ScopeTarget | undefined): Promise<InstanceRole | undefined> => {
    const scope = target?.scope ?? (await pickScope(scopes, t('Create the role in which scope?')));
    if (!scope) return undefined;
    const { taken, profiles = [] } = await readProfiles(scope);
    let name = firstFree(DEFAULT_PROFILE_NAME, taken);
    const isConfirmed = await runSteps(t('Create role and profile'), [
      frame =>
        enterText(
          frame,
          {
            prompt: t('A name for the role and the instance profile.'),
            value: name,
            problemOf: text =>
              roleNameProblem(
                text,
                profiles.map(profile => profile.name),
              ),
          },
          text => {
            name = text;
          },
        ),
      summaryStep(scope, () => planInstanceRole(scope, name)),
    ]);
    return isConfirmed ? carryOut(scope, planInstanceRole(scope, name)) : undefined;
  };
}

async function readProfiles(scope: Scope) {
  const profiles = await listProfilesIfAllowed(scope);
  return { profiles, taken: new Set(profiles?.map(({ name }) => name)) };
}
