import { nameOrId, type Tags } from '../core/network';
import { serviceLabel } from '../core/serviceNames';
import { t } from './translation';

interface Named {
  readonly id: string;
  readonly tags: Tags;
}

interface InterfaceTold {
  readonly networkInterface: { readonly id: string; readonly vpcId: string; readonly description: string };
  readonly subnet: (Named & { readonly availabilityZone: string }) | undefined;
}

type OwnerTold =
  | (InterfaceTold & { readonly kind: 'endpoint'; readonly endpoint: Named & { readonly serviceName: string } })
  | (InterfaceTold & { readonly kind: 'instanceConnect'; readonly endpoint: Named })
  | (InterfaceTold & {
      readonly kind: 'interface';
      readonly networkInterface: { readonly instanceId: string | undefined };
    })
  | {
      readonly kind: 'service';
      readonly list: { readonly id: string; readonly name: string };
      readonly gateways: readonly Named[];
    };

/** Who has an address, in one line. */
export function addressOwnerWords(owner: OwnerTold): string {
  switch (owner.kind) {
    case 'endpoint':
      return t(
        '{0}, endpoint of {1}, in {2}',
        nameOrId(owner.endpoint),
        serviceLabel(owner.endpoint.serviceName),
        placeWords(owner),
      );
    case 'instanceConnect':
      return t('{0}, Instance Connect endpoint, in {1}', nameOrId(owner.endpoint), placeWords(owner));
    case 'interface': {
      const { id, instanceId, description } = owner.networkInterface;
      return t('no endpoint: {0}, in {1}', instanceId ?? (description || id), placeWords(owner));
    }
    case 'service':
      return owner.gateways.length > 0
        ? t(
            'a public address of {0} ({1}); routes lead to it through {2}',
            owner.list.name,
            owner.list.id,
            owner.gateways.map(nameOrId).join(', '),
          )
        : t('a public address of {0} ({1}); no gateway endpoint leads to it', owner.list.name, owner.list.id);
  }
}

function placeWords({ subnet, networkInterface }: InterfaceTold): string {
  return subnet
    ? `${nameOrId(subnet)} (${subnet.availabilityZone}), ${networkInterface.vpcId}`
    : networkInterface.vpcId;
}
