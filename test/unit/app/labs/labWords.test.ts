import assert from 'node:assert/strict';
import { actionWords, checkWords, thingWords } from '../../../../src/app/labs/labWords';
import type { LedgerThing } from '../../../../src/app/labs/ledger';
import type { LabAction } from '../../../../src/labs/labAction';
import { labs } from '../../../../src/labs/labs';
import { say } from '../../../../src/words/prose';
import { labEvidence, labWorld } from '../../../support/labBuilders';
import {
  endpointGroupId,
  endpointId,
  instanceGroupId,
  instanceId,
  subnetA,
  vpcId,
} from '../../../support/networkBuilders';
import { untranslatedRest } from '../../words/pseudoLocale';

const name = '⟨name⟩';
const ids = [endpointGroupId, endpointId, instanceGroupId, instanceId, subnetA, vpcId].map(String);
const isTranslated = (words: () => string, ...parameters: readonly string[]) =>
  assert.equal(untranslatedRest(words, [name, ...ids, ...parameters]), '', words());

describe('the words of a lab are translated', () => {
  it('in every text of every lab', () => {
    for (const lab of labs) {
      const texts = lab.steps.flatMap(step => [
        step.title,
        step.reason,
        ...step.hints,
        ...step.symptoms.map(({ seen }) => seen),
      ]);
      for (const text of [lab.title, lab.goal, ...lab.breakages.map(({ title }) => title), ...texts])
        isTranslated(() => say(text));
    }
  });

  it('in every answer of its checks', () => {
    const evidence = labEvidence();
    const parameters = ['ec2.ap-south-1.amazonaws.com', 'ap-south-1a', 'hand-made', 'eni-0000000000000000a'];
    for (const step of labs.flatMap(({ steps }) => steps)) {
      isTranslated(() => checkWords(step.done(labWorld(), evidence)), ...parameters);
    }
  });

  it('in every action', () => {
    const actions: readonly LabAction[] = [
      { operation: 'createInstanceRole', name, policyArns: [name], trustedService: name },
      {
        operation: 'launchInstance',
        name,
        imageParameter: name,
        instanceType: name,
        subnetId: subnetA,
        securityGroupIds: [],
        instanceProfileName: name,
      },
      { operation: 'createSecurityGroup', vpcId, name, description: name },
      {
        operation: 'authorizeIngress',
        groupId: instanceGroupId,
        rule: { protocol: 'tcp', fromPort: 443, toPort: 443, cidr: '10.0.0.0/8' },
      },
      ...[true, false].flatMap((isOn): LabAction[] => [
        { operation: 'setVpcDnsAttribute', vpcId, attribute: 'enableDnsSupport', isEnabled: isOn },
        {
          operation: 'createInterfaceEndpoint',
          name,
          vpcId,
          serviceName: name,
          subnetIds: [subnetA],
          securityGroupIds: [],
          privateDnsEnabled: isOn,
        },
        { operation: 'modifyPrivateDns', endpointId, isEnabled: isOn },
      ]),
      { operation: 'run', instanceId, command: 'dig', commandLine: name },
      { operation: 'captureWhile', instanceId, filter: name, command: 'dig', commandLine: name },
    ];
    for (const action of actions) isTranslated(() => actionWords(action), 'TCP', 'enableDnsSupport');
  });

  it('in everything on the ledger', () => {
    const things: readonly LedgerThing[] = [
      { kind: 'instanceRole', name },
      { kind: 'instance', name },
      { kind: 'securityGroup', name, vpcId },
      { kind: 'vpcEndpoint', name, vpcId, serviceName: name },
      { kind: 'vpcDnsAttribute', vpcId, attribute: 'enableDnsSupport', previous: false },
      { kind: 'privateDns', endpointId, previous: false },
    ];
    for (const thing of things) isTranslated(() => thingWords(thing, undefined), 'enableDnsSupport');
  });
});
