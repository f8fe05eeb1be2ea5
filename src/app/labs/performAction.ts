import type { Tags } from '../../core/network';
import type { CallOptions } from '../../core/ports/calls';
import type { CloudGateways } from '../../core/ports/gateways';
import type { LabAction } from '../../labs/labAction';
import { labTag, runTag } from '../../labs/labWorld';
import type { Ledger, LedgerRun, LedgerThing } from './ledger';

/** Actions that change the world; the others work on instances. */
export type ChangingAction = Exclude<LabAction, { operation: 'run' | 'captureWhile' }>;

export interface ActionContext extends CallOptions {
  readonly gateways: CloudGateways;
  readonly ledger: Ledger;
  readonly run: LedgerRun;
  readonly nowMs: number;
}

/**
 * Does what a step asks for. What will be made, and the previous value of what will be changed, stands on the ledger before the call; the
 * client token is the run's own for that thing, so that a repeated call makes nothing twice. Rejects with a `LabError`.
 */
export async function performAction(action: ChangingAction, context: ActionContext): Promise<void> {
  const { gateways, run } = context;
  const call: CallOptions = { signal: context.signal };
  switch (action.operation) {
    case 'createInstanceRole': {
      const { name, policyArns, trustedService } = action;
      return making(context, { kind: 'instanceRole', name }, async tags => {
        const role = await gateways.roles.createInstanceRole({ name, policyArns, trustedService, tags }, call);
        return role.roleName;
      });
    }
    case 'launchInstance': {
      const { operation: _, name, ...input } = action;
      return making(context, { kind: 'instance', name }, async (tags, clientToken) => {
        const instance = await gateways.instances.launchInstance({ ...input, tags, clientToken }, call);
        return instance.id;
      });
    }
    case 'createSecurityGroup': {
      const { vpcId, name, description } = action;
      return making(context, { kind: 'securityGroup', name, vpcId }, tags =>
        gateways.network.createSecurityGroup({ vpcId, name, description, tags }, call),
      );
    }
    case 'authorizeIngress':
      // Goes with its group, which is the run's own.
      return gateways.network.authorizeIngress(action.groupId, action.rule, call);
    case 'createInterfaceEndpoint': {
      const { operation: _, name, ...input } = action;
      const { vpcId, serviceName } = action;
      return making(context, { kind: 'vpcEndpoint', name, vpcId, serviceName }, async (tags, clientToken) => {
        const endpoint = await gateways.endpoints.createInterfaceEndpoint({ ...input, tags, clientToken }, call);
        return endpoint.id;
      });
    }
    case 'setVpcDnsAttribute': {
      const { vpcId, attribute, isEnabled } = action;
      return making(context, { kind: 'vpcDnsAttribute', vpcId, attribute, previous: !isEnabled }, async () => {
        await gateways.network.setVpcDnsAttribute(vpcId, attribute, isEnabled, call);
        return `${vpcId}/${attribute}`;
      });
    }
    case 'modifyPrivateDns': {
      const { endpointId, isEnabled } = action;
      const isOwn = context.ledger.open(run.runId).some(({ resourceId }) => resourceId === endpointId);
      if (isOwn) return gateways.endpoints.modifyPrivateDns(endpointId, isEnabled, call);
      return making(context, { kind: 'privateDns', endpointId, previous: !isEnabled }, async () => {
        await gateways.endpoints.modifyPrivateDns(endpointId, isEnabled, call);
        return endpointId;
      });
    }
  }
}

async function making(
  { ledger, run, nowMs }: ActionContext,
  thing: LedgerThing,
  make: (tags: Tags, clientToken: string) => Promise<string>,
): Promise<void> {
  const clientToken = `vpc-labs-${run.runId}-${thing.kind}`;
  const entry = await ledger.intend(run, thing, nowMs, clientToken);
  const tags: Tags = { [labTag]: run.labId, [runTag]: run.runId, ...('name' in thing && { Name: thing.name }) };
  const resourceId = await make(tags, entry.clientToken ?? clientToken);
  await ledger.made(entry.id, resourceId);
}
