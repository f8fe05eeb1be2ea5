/** Another address for a service (AWS SDKs and Tools Reference Guide, "Service-specific endpoints"). */
import type { ServiceModel } from '../../../protocols/clientCodec';
import type { ClientContext } from './clientContext';
import { generalFailure } from './failures';

/** The end of a service's own variable, where it is not its name in capitals. */
const variableEnds: Readonly<Record<string, string>> = { elbv2: 'ELASTIC_LOAD_BALANCING_V2' };
/** Labels of letters, digits and hyphens. */
const hostName = /^(?:(?!-)[A-Z\d-]{1,63}(?<!-)\.)*(?!-)[A-Z\d-]{1,63}(?<!-)\.?$/i;

/** From the line, the environment or the configuration; undefined for AWS's own. Throws {@link CliFailure} for what is no URL. */
export function endpointUrlFor({ globals, configuration }: ClientContext, { name }: ServiceModel): string | undefined {
  const { environment } = configuration;
  const isIgnored = environment.get('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS')?.toLowerCase() === 'true';
  const configured =
    environment.get(`AWS_ENDPOINT_URL_${variableEnds[name] ?? name.toUpperCase()}`) ||
    environment.get('AWS_ENDPOINT_URL') ||
    configuration.setting('endpoint_url');
  const url = globals.endpointUrl ?? (isIgnored ? undefined : configured);
  if (url === undefined) return undefined;
  const host = /^[^:]+:\/\/([^/?#:]*)/.exec(url)?.[1] ?? '';
  if (hostName.test(host)) return url;
  throw generalFailure(`Invalid endpoint: ${url}`);
}
