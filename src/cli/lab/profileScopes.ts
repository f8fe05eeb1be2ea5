import type { Scope } from '../../app/appModel';
import { listProfiles } from '../../aws/profiles';
import { silentLog } from '../../base/log';
import { composeProfileScope } from '../../compose';
import { t } from '../../words/translation';
import { type AccountsWanted, UsageError } from './labCommand';

/** One scope for each profile; the default profile where none is named. Throws a {@link UsageError} for one that is not there. */
export async function profileScopes({ profiles, region, endpointUrl }: AccountsWanted): Promise<readonly Scope[]> {
  const known = await listProfiles();
  const named = profiles.length > 0 ? profiles : ['default'];
  return named.map(name => {
    const profile = known.find(each => each.name === name);
    if (!profile) throw new UsageError(t('There is no profile {0} in this machine’s AWS configuration.', name));
    const place = region ?? profile.region;
    if (place === undefined) throw new UsageError(t('Profile {0} names no region: say --region.', name));
    const url = endpointUrl ?? profile.endpointUrl;
    const { serviceEndpointUrls } = profile;
    const urls = endpointUrl === undefined ? { serviceEndpointUrls } : {};
    const saved = { profile: name, region: place, ...urls, ...(url !== undefined && { endpointUrl: url }) };
    return composeProfileScope(saved, silentLog);
  });
}
