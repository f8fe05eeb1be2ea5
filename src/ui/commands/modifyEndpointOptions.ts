import type { EndpointDetails, ResourceStore, ScopeStore } from '../../app/appModel';
import { hasDnsOptions, planAddressTypeChange, planDnsOptionChange } from '../../app/operations/changeEndpointOptions';
import { endpointAddressTypes } from '../../core/addressTypes';
import { LabError } from '../../core/errors';
import { type EndpointAddressType, nameOrId } from '../../core/network';
import { addressTypeNeeds, addressTypeWords } from '../../words/addressTypes';
import { t } from '../../words/translation';
import { reviewChange } from '../changes/reviewChange';
import { pickOne, type Step } from '../wizard';
import { onEndpoint } from './modifyEndpoint';
import { whileReading } from './whileReading';

type Store = ResourceStore<EndpointDetails>;

/** Asks which addresses the interfaces shall have, of those that the service offers. Resolves with whether something was changed. */
export function modifyAddressTypeCommand(scopes: ScopeStore, store: Store) {
  return onEndpoint(
    scopes,
    store,
    ({ endpoint }) => endpoint.kind === 'interface',
    async ({ scope, endpoint }) => {
      const offers = await whileReading(scope, async signal =>
        (await scope.gateways()).endpoints.findService(endpoint.serviceName, undefined, { signal }),
      );
      const now = endpoint.ipAddressType ?? 'ipv4';
      const offered = offers.find(({ kind }) => kind === 'interface')?.ipAddressTypes ?? [];
      const others = endpointAddressTypes(offered).filter(type => type !== now);
      const [first] = others;
      if (!first) throw new LabError('resourceNotFound', { kind: t('another address type that the service offers') });
      let chosen: EndpointAddressType = first;
      const step = addressTypeStep(others, type => {
        chosen = type;
      });
      const plan = () => {
        const change = planAddressTypeChange(scope, endpoint, chosen, store);
        if (!change) throw new LabError('internal', { detail: 'nothing was chosen' });
        return change;
      };
      return (await reviewChange(scope, t('Address type of {0}', nameOrId(endpoint)), [step], plan)) !== undefined;
    },
  );
}

function addressTypeStep(types: readonly EndpointAddressType[], accept: (type: EndpointAddressType) => void): Step {
  const items = types.map(value => ({ label: addressTypeWords(value), description: addressTypeNeeds(value), value }));
  return frame => pickOne(frame, { placeholder: t('Which addresses shall the interfaces have?'), items }, accept);
}

/** Lets private DNS of an S3 endpoint answer the whole VPC, or inbound resolvers only: whichever it is not now. */
export function modifyDnsOptionsCommand(scopes: ScopeStore, store: Store) {
  return onEndpoint(
    scopes,
    store,
    ({ endpoint }) => hasDnsOptions(endpoint),
    async ({ scope, endpoint }) => {
      const plan = () => planDnsOptionChange(scope, endpoint, !endpoint.isPrivateDnsForInboundOnly, store);
      return (await reviewChange(scope, t('DNS options of {0}', nameOrId(endpoint)), [], plan)) !== undefined;
    },
  );
}
