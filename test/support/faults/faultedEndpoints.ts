/** The writes around endpoints that the fault runs try. */
import type { EndpointDetails } from '../../../src/app/appModel';
import type { EndpointChoices } from '../../../src/app/endpointPlan';
import { planGroupChange } from '../../../src/app/operations/changeEndpointGroups';
import { planPolicyChange } from '../../../src/app/operations/changeEndpointPolicy';
import { planRouteTableChange } from '../../../src/app/operations/changeEndpointRouteTables';
import { planSubnetChange } from '../../../src/app/operations/changeEndpointSubnets';
import { planPrivateDnsChange, readPrivateDnsObstacle } from '../../../src/app/operations/changePrivateDns';
import { planEndpoint } from '../../../src/app/operations/planEndpoint';
import { planEndpointRemoval } from '../../../src/app/operations/planEndpointRemoval';
import { planGatewayEndpoint } from '../../../src/app/operations/planGatewayEndpoint';
import { planInstanceConnectEndpoint } from '../../../src/app/operations/planInstanceConnectEndpoint';
import { planInterfaceEndpoint } from '../../../src/app/operations/planInterfaceEndpoint';
import { readEndpointChoices } from '../../../src/app/operations/readEndpointChoices';
import { readGatewayChoices } from '../../../src/app/operations/readGatewayChoices';
import { readInstanceConnectChoices } from '../../../src/app/operations/readInstanceConnectChoices';
import { delay } from '../../../src/base/clock';
import { valueOr } from '../../../src/core/reading';
import { type FaultedOperation, type FaultGround, planned, theFirst, undisturbed } from './faultGround';

interface Made {
  readonly choices: EndpointChoices;
  readonly details: EndpointDetails;
}

/** More than a new endpoint is pending. */
const availableMs = 5 * 60_000;

/** An interface endpoint in one zone, without private DNS. */
async function interfaceEndpoint({ scope, stores, clock }: FaultGround): Promise<Made> {
  const choices = await readEndpointChoices(scope);
  const request = planEndpoint(choices, { privateDnsEnabled: false });
  const single = { ...request, subnetIds: request.subnetIds.slice(0, 1) };
  const { id } = await planInterfaceEndpoint(scope, choices, single, {}).run(undisturbed);
  await delay(clock, availableMs);
  const listed = await stores.endpoints.refresh(scope);
  return {
    choices,
    details: theFirst(
      listed.filter(item => item.endpoint.id === id),
      'endpoint',
    ),
  };
}

async function gatewayEndpointPlan({ scope, stores }: FaultGround, isWithTables: boolean) {
  const choices = await readGatewayChoices(scope);
  const vpc = theFirst(choices.vpcs, 'VPC');
  const tables = valueOr(choices.snapshot.routeTables, []).filter(({ vpcId }) => vpcId === vpc.id);
  const routeTableIds = tables.map(({ id }) => id);
  const request = {
    vpcId: vpc.id,
    serviceName: theFirst(choices.services, 'service').serviceName,
    routeTableIds: isWithTables ? routeTableIds : [],
    name: 'tried',
  };
  return { choices, routeTableIds, plan: planGatewayEndpoint(scope, choices, request, { store: stores.endpoints }) };
}

async function instanceConnectEndpointPlan({ scope, stores }: FaultGround) {
  const choices = await readInstanceConnectChoices(scope);
  const subnetId = theFirst(choices.subnets, 'subnet').id;
  const request = { subnetId, securityGroupIds: [], preservesClientIp: false, name: undefined };
  return planInstanceConnectEndpoint(scope, choices, request, { store: stores.instanceConnectEndpoints });
}

const denial = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }],
});

export const faultedEndpoints: readonly FaultedOperation[] = [
  {
    name: 'create an interface endpoint with a group of its own',
    async prepare({ scope, stores }) {
      const choices = await readEndpointChoices(scope);
      const request = planEndpoint(choices, { securityGroupIds: undefined });
      return planInterfaceEndpoint(scope, choices, request, { store: stores.endpoints });
    },
  },
  {
    name: 'create a gateway endpoint',
    prepare: async ground => (await gatewayEndpointPlan(ground, true)).plan,
  },
  {
    name: 'create an Instance Connect endpoint',
    prepare: instanceConnectEndpointPlan,
  },
  {
    name: 'add a subnet to an endpoint',
    async prepare(ground) {
      const { choices, details } = await interfaceEndpoint(ground);
      const { subnetIds } = planEndpoint(choices);
      const subnets = valueOr(choices.snapshot.subnets, []);
      return planned(planSubnetChange(ground.scope, details, subnets, subnetIds, ground.stores.endpoints));
    },
  },
  {
    name: 'exchange the groups of an endpoint',
    async prepare(ground) {
      const { choices, details } = await interfaceEndpoint(ground);
      const groups = valueOr(choices.snapshot.securityGroups, []).filter(
        ({ vpcId, id }) => vpcId === details.endpoint.vpcId && !details.endpoint.securityGroupIds.includes(id),
      );
      const chosen = [theFirst(groups, 'other group').id];
      return planned(planGroupChange(ground.scope, details, groups, chosen, ground.stores.endpoints));
    },
  },
  {
    name: 'give an endpoint a policy',
    async prepare(ground) {
      const { details } = await interfaceEndpoint(ground);
      return planPolicyChange(ground.scope, details.endpoint, denial, ground.stores.endpoints);
    },
  },
  {
    name: 'give route tables to a gateway endpoint',
    async prepare(ground) {
      const { choices, routeTableIds, plan } = await gatewayEndpointPlan(ground, false);
      const endpoint = await plan.run(undisturbed);
      const { scope, stores } = ground;
      return planned(planRouteTableChange(scope, endpoint, choices.snapshot, routeTableIds, stores.endpoints));
    },
  },
  {
    name: 'switch private DNS on, and what it needs of the VPC',
    async prepare(ground) {
      const { details } = await interfaceEndpoint(ground);
      const { scope, stores } = ground;
      const { network } = await scope.gateways();
      await network.setVpcDnsAttribute(details.endpoint.vpcId, 'enableDnsHostnames', false);
      const obstacle = await readPrivateDnsObstacle(scope, details.endpoint);
      return planPrivateDnsChange(scope, details.endpoint, true, obstacle, stores.endpoints);
    },
  },
  {
    name: 'delete two endpoints and an Instance Connect endpoint',
    async prepare(ground) {
      const { scope, stores } = ground;
      await interfaceEndpoint(ground);
      await (await gatewayEndpointPlan(ground, true)).plan.run(undisturbed);
      await (await instanceConnectEndpointPlan(ground)).run(undisturbed);
      const entries = [
        ...(await stores.endpoints.refresh(scope)),
        ...(await stores.instanceConnectEndpoints.refresh(scope)),
      ];
      return planEndpointRemoval(scope, entries, stores);
    },
  },
];
