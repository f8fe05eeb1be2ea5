import type { Check } from '../../labs/check';
import type { LabAction } from '../../labs/labAction';
import { gapWords } from '../../words/gaps';
import { tell } from '../../words/prose';
import { t } from '../../words/translation';
import type { LedgerThing } from './ledger';

/** What the answer to a check says. */
export function checkWords(check: Check): string {
  return check.state === 'unknown' ? gapWords(check.gap) : tell(check.telling);
}

/** What "Do it for me" does. */
export function actionWords(action: LabAction): string {
  switch (action.operation) {
    case 'createInstanceRole': {
      const policies = action.policyArns.map(arn => arn.split('/').at(-1)).join(', ');
      return t('Make role and instance profile {0} with {1}', action.name, policies);
    }
    case 'launchInstance':
      return t(
        'Launch a {0} in {1} with profile {2}',
        action.instanceType,
        action.subnetId,
        action.instanceProfileName,
      );
    case 'createSecurityGroup':
      return t('Make security group {0} in {1}', action.name, action.vpcId);
    case 'authorizeIngress':
      return t('Admit TCP {0} from {1} to {2}', action.rule.fromPort, action.rule.cidr, action.groupId);
    case 'setVpcDnsAttribute':
      return action.isEnabled
        ? t('Switch {0} of {1} on', action.attribute, action.vpcId)
        : t('Switch {0} of {1} off', action.attribute, action.vpcId);
    case 'createInterfaceEndpoint':
      return action.privateDnsEnabled
        ? t('Create an endpoint for {0} in {1} subnets with private DNS', action.serviceName, action.subnetIds.length)
        : t(
            'Create an endpoint for {0} in {1} subnets without private DNS',
            action.serviceName,
            action.subnetIds.length,
          );
    case 'modifyPrivateDns':
      return action.isEnabled
        ? t('Switch private DNS of {0} on', action.endpointId)
        : t('Switch private DNS of {0} off', action.endpointId);
    case 'run':
      return t('Run on {0}: {1}', action.instanceId, action.commandLine);
    case 'captureWhile':
      return t('Capture “{0}” on {1} while it runs: {2}', action.filter, action.instanceId, action.commandLine);
  }
}

/** What stands on the ledger. */
export function thingWords(thing: LedgerThing, resourceId: string | undefined): string {
  switch (thing.kind) {
    case 'instanceRole':
      return t('role and instance profile {0}', thing.name);
    case 'instance':
      return t('instance {0}', resourceId ?? thing.name);
    case 'securityGroup':
      return t('security group {0}', resourceId ?? thing.name);
    case 'vpcEndpoint':
      return t('endpoint {0}', resourceId ?? thing.name);
    case 'vpcDnsAttribute':
      return t('{0} of {1}, as it was', thing.attribute, thing.vpcId);
    case 'privateDns':
      return t('private DNS of {0}, as it was', thing.endpointId);
  }
}
