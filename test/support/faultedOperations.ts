/** The writes of `app` that the fault runs try: each in a world of its own, planned before anything is disturbed. */
import type { Scope } from '../../src/app/appModel';
import type { ChangeContext } from '../../src/app/changes/plannedChange';
import { planEndpoint } from '../../src/app/operations/planEndpoint';
import { planEndpointRemoval } from '../../src/app/operations/planEndpointRemoval';
import { planGatewayEndpoint } from '../../src/app/operations/planGatewayEndpoint';
import { planInstanceConnectEndpoint } from '../../src/app/operations/planInstanceConnectEndpoint';
import { planInterfaceEndpoint } from '../../src/app/operations/planInterfaceEndpoint';
import { planTagChange } from '../../src/app/operations/planTagChange';
import { readEndpointChoices } from '../../src/app/operations/readEndpointChoices';
import { readGatewayChoices } from '../../src/app/operations/readGatewayChoices';
import { readInstanceConnectChoices } from '../../src/app/operations/readInstanceConnectChoices';
import type { Stores } from '../../src/app/stores';
import { valueOr } from '../../src/core/reading';

interface Write {
  run(context: ChangeContext): Promise<unknown>;
}

export interface FaultedOperation {
  readonly name: string;
  /** Plans the write; what it needs is made here, undisturbed. */
  prepare(scope: Scope, stores: Stores): Promise<Write>;
}

const context: ChangeContext = {
  signal: new AbortController().signal,
  report: () => undefined,
  made: () => undefined,
};

export const faultedOperations: readonly FaultedOperation[] = [
  {
    name: 'create an interface endpoint with a group of its own',
    async prepare(scope, { endpoints: store }) {
      const choices = await readEndpointChoices(scope);
      return planInterfaceEndpoint(scope, choices, planEndpoint(choices, { securityGroupIds: undefined }), { store });
    },
  },
  {
    name: 'create a gateway endpoint',
    async prepare(scope, { endpoints: store }) {
      const choices = await readGatewayChoices(scope);
      const [vpc] = choices.vpcs;
      const [service] = choices.services;
      if (!vpc || !service) throw new Error('The world has no VPC or no service');
      const tables = valueOr(choices.snapshot.routeTables, []).filter(({ vpcId }) => vpcId === vpc.id);
      const request = {
        vpcId: vpc.id,
        serviceName: service.serviceName,
        routeTableIds: tables.map(({ id }) => id),
        name: 'tried',
      };
      return planGatewayEndpoint(scope, choices, request, { store });
    },
  },
  {
    name: 'create an Instance Connect endpoint',
    async prepare(scope, { instanceConnectEndpoints: store }) {
      const choices = await readInstanceConnectChoices(scope);
      const [subnet] = choices.subnets;
      if (!subnet) throw new Error('The world has no subnet');
      const request = { subnetId: subnet.id, securityGroupIds: [], preservesClientIp: false, name: undefined };
      return planInstanceConnectEndpoint(scope, choices, request, { store });
    },
  },
  {
    name: 'tag a VPC',
    async prepare(scope) {
      const { vpcs } = await readEndpointChoices(scope);
      const [vpc] = vpcs;
      if (!vpc) throw new Error('The world has no VPC');
      return planTagChange(scope, vpc, { kind: 'set', key: 'Team', value: 'network' });
    },
  },
  {
    name: 'delete an endpoint',
    async prepare(scope, stores) {
      const { endpoints: store } = stores;
      const choices = await readEndpointChoices(scope);
      const endpoint = await planInterfaceEndpoint(scope, choices, planEndpoint(choices), { store }).run(context);
      const details = (await store.refresh(scope)).filter(item => item.endpoint.id === endpoint.id);
      return planEndpointRemoval(scope, details, stores);
    },
  },
];
