import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SecurityGroupRule } from '../../../../src/core/network';
import { evaluateSecurityGroups } from '../../../../src/core/rules/evaluateSecurityGroups';
import { type Flow, ICMP, TCP, UDP } from '../../../../src/core/rules/flow';
import {
  anyone,
  endpointGroupId,
  everythingOut,
  instanceGroupId,
  networkInterface,
  rule,
  s3List,
  s3ListId,
  securityGroup,
} from '../../../support/networkBuilders';

const flow: Flow = {
  protocol: TCP,
  source: '172.31.37.141',
  sourcePort: 38482,
  destination: '172.31.36.107',
  destinationPort: 443,
};

function admits(rules: readonly SecurityGroupRule[], change: Partial<Flow> = {}, peerInterface = networkInterface()) {
  const context = { groups: [securityGroup({ rules })], peerInterface, prefixLists: [s3List()] };
  return evaluateSecurityGroups('ingress', { ...flow, ...change }, context).isAllowed;
}

describe('evaluating security groups (Amazon VPC User Guide: Security group rules)', () => {
  it('admits what one rule of one group admits, and names the rule', () => {
    const https = rule();
    const groups = [
      securityGroup({ rules: [] }),
      securityGroup({ rules: [rule({ fromPort: 80, toPort: 80 }), https] }),
    ];
    const decision = evaluateSecurityGroups('ingress', flow, { groups, peerInterface: undefined, prefixLists: [] });
    assert.deepEqual(decision, { isAllowed: true, rule: https });
  });

  it('denies without rules, and rules of the other direction do not count', () => {
    assert.equal(admits([]), false);
    assert.equal(admits([everythingOut]), false);
    const context = { groups: [securityGroup()], peerInterface: undefined, prefixLists: [] };
    assert.equal(evaluateSecurityGroups('egress', flow, context).isAllowed, true);
  });

  it('looks at the destination port, both ends of the range included', () => {
    fc.assert(
      fc.property(fc.nat(65535), fc.nat(65535), fc.nat(65535), (from, to, destinationPort) => {
        const admitted = admits([rule({ fromPort: from, toPort: to })], { destinationPort });
        assert.equal(admitted, from <= destinationPort && destinationPort <= to);
      }),
    );
  });

  it('keeps protocols apart, and -1 takes all of them', () => {
    assert.equal(admits([rule()], { protocol: UDP }), false);
    assert.equal(
      admits([rule({ protocol: -1, fromPort: undefined, toPort: undefined })], {
        protocol: 50,
        destinationPort: undefined,
      }),
      true,
    );
  });

  it('reads the type and code of ICMP from the ports of a rule', () => {
    const echo = { protocol: ICMP, sourcePort: 8, destinationPort: 0 };
    assert.equal(admits([rule({ protocol: ICMP, fromPort: 8, toPort: -1 })], echo), true);
    assert.equal(admits([rule({ protocol: ICMP, fromPort: -1, toPort: -1 })], echo), true);
    assert.equal(admits([rule({ protocol: ICMP, fromPort: 3, toPort: -1 })], echo), false);
  });

  it('admits members of a group by the private address of their interface', () => {
    const fromGroup = rule({ peer: { kind: 'group', groupId: instanceGroupId } });
    assert.equal(admits([fromGroup]), true);
    assert.equal(admits([fromGroup], { source: '43.205.243.206' }), false);
    assert.equal(admits([fromGroup], {}, networkInterface({ securityGroupIds: [endpointGroupId] })), false);
  });

  it('admits what a prefix list holds, and nothing of a list that it does not know', () => {
    const fromList = rule({ peer: { kind: 'prefixList', prefixListId: s3ListId } });
    assert.equal(admits([fromList], { source: '52.219.57.1' }), true);
    assert.equal(admits([fromList], { source: '52.219.60.1' }), false);
    const context = { groups: [securityGroup({ rules: [fromList] })], peerInterface: undefined, prefixLists: [] };
    assert.equal(evaluateSecurityGroups('ingress', { ...flow, source: '52.219.57.1' }, context).isAllowed, false);
  });

  it('opens a port to everyone with 0.0.0.0/0', () => {
    fc.assert(fc.property(fc.ipV4(), source => assert.equal(admits([rule({ peer: anyone })], { source }), true)));
  });
});
