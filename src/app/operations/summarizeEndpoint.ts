import { hourlyPriceUsd } from '../../core/prices';
import { valueOr } from '../../core/reading';
import { serviceLabel } from '../../core/serviceNames';
import type {
  CreateInterfaceEndpointRequest,
  EndpointChoices,
  EndpointSummary,
  PrivateDnsObstacle,
} from '../endpointPlan';
import { privateDnsChoice } from './choosePrivateDns';
import { ENDPOINT_GROUP_PREFIX } from './chooseSecurityGroup';
import { createEndpointCommands } from './createEndpointCommands';
import { findService, firstFree, subnetsOf } from './planEndpoint';

/** What will happen, for the last step before it does. */
export function summarizeEndpoint(choices: EndpointChoices, request: CreateInterfaceEndpointRequest): EndpointSummary {
  const subnets = subnetsOf(choices, request.vpcId).filter(subnet => request.subnetIds.includes(subnet.id));
  const newSecurityGroupName = request.securityGroupIds ? undefined : newGroupName(choices, request);
  return {
    request,
    service: findService(choices, request.serviceName),
    zones: subnets.map(({ availabilityZone }) => availabilityZone),
    newSecurityGroupName,
    hourlyPriceUsd: request.subnetIds.length * hourlyPriceUsd.interfaceEndpointZone,
    commandLines: createEndpointCommands(choices, request, newSecurityGroupName),
    privateDnsObstacle: obstacleLeft(choices, request),
  };
}

/** Undefined as well for attributes that are switched on on the way. */
function obstacleLeft(
  choices: EndpointChoices,
  request: CreateInterfaceEndpointRequest,
): PrivateDnsObstacle | undefined {
  if (!request.privateDnsEnabled) return undefined;
  const { obstacle } = privateDnsChoice(choices, request.vpcId, request.serviceName);
  const isMended = obstacle?.kind === 'attributesOff' && request.dnsAttributesToEnable !== undefined;
  return isMended ? undefined : obstacle;
}

/** A group's name is unique in its VPC. */
function newGroupName(choices: EndpointChoices, request: CreateInterfaceEndpointRequest): string {
  const groups = valueOr(choices.snapshot.securityGroups, []);
  const taken = new Set(groups.filter(({ vpcId }) => vpcId === request.vpcId).map(({ name }) => name));
  return firstFree(`${ENDPOINT_GROUP_PREFIX}${serviceLabel(request.serviceName).replaceAll('.', '-')}`, taken);
}
