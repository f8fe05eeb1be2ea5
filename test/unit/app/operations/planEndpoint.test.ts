import assert from 'node:assert/strict';
import { privateDnsChoice } from '../../../../src/app/operations/choosePrivateDns';
import { securityGroupChoices } from '../../../../src/app/operations/chooseSecurityGroup';
import { planEndpoint, subnetChoices, subnetProblem } from '../../../../src/app/operations/planEndpoint';
import { readEndpointChoices } from '../../../../src/app/operations/readEndpointChoices';
import { summarizeEndpoint } from '../../../../src/app/operations/summarizeEndpoint';
import { subnetId } from '../../../../src/core/ids';
import { serviceLabel } from '../../../../src/core/serviceNames';
import { known } from '../../../../src/core/snapshot';
import { FakeCloud, offer } from '../../../support/fakeGateways';
import {
  ec2Service,
  endpoint,
  endpointGroupId,
  instanceId,
  otherVpcId,
  rule,
  securityGroup,
  subnet,
  subnetA,
  subnetB,
  vpc,
  vpcId,
} from '../../../support/networkBuilders';

async function choicesOf(change: (cloud: FakeCloud) => void = () => {}, wish = {}) {
  const cloud = new FakeCloud();
  cloud.endpoints = [];
  change(cloud);
  return readEndpointChoices(cloud.scope, wish);
}

const twin = subnetId('subnet-000000000000000aa');

describe('planning an interface endpoint', () => {
  it('has a default for every step, so that Enter makes the common case', async () => {
    assert.deepEqual(planEndpoint(await choicesOf()), {
      vpcId,
      serviceName: ec2Service,
      subnetIds: [subnetA, subnetB],
      securityGroupIds: [endpointGroupId],
      privateDnsEnabled: true,
      name: 'vpc-labs-ec2',
    });
  });

  it('begins with the default VPC, or with the one that was asked for', async () => {
    const twoVpcs = (cloud: FakeCloud) => {
      cloud.snapshot = { ...cloud.snapshot, vpcs: known([vpc({ id: otherVpcId, isDefault: false }), vpc()]) };
    };
    assert.equal((await choicesOf(twoVpcs)).vpcId, vpcId);
    assert.equal((await choicesOf(twoVpcs, { vpcId: otherVpcId })).vpcId, otherVpcId);
    assert.equal((await choicesOf(twoVpcs, { instanceId })).vpcId, vpcId);
  });

  it('chooses one subnet in each zone: that of the instance, else the emptiest', async () => {
    const twins = (cloud: FakeCloud) => {
      const subnets = [
        subnet(),
        subnet({ id: twin, availableIpAddressCount: 5000 }),
        subnet({ id: subnetB, availabilityZone: 'ap-south-1b' }),
      ];
      cloud.snapshot = { ...cloud.snapshot, subnets: known(subnets) };
    };
    assert.deepEqual(planEndpoint(await choicesOf(twins)).subnetIds, [twin, subnetB]);
    assert.deepEqual(planEndpoint(await choicesOf(twins, { instanceId })).subnetIds, [subnetA, subnetB]);
  });

  it('leaves out zones that the service does not have', async () => {
    const choices = await choicesOf(cloud => {
      cloud.offers = [offer({ availabilityZones: ['ap-south-1b'] })];
    });
    assert.deepEqual(
      subnetChoices(choices, vpcId, ec2Service).map(({ isChosen, isZoneSupported }) => [isChosen, isZoneSupported]),
      [
        [false, false],
        [true, true],
      ],
    );
    assert.deepEqual(subnetProblem(choices, vpcId, ec2Service, [subnetA]), {
      kind: 'zoneNotSupported',
      availabilityZone: 'ap-south-1a',
    });
  });

  it('refuses two subnets of one zone, and none at all', async () => {
    const choices = await choicesOf(cloud => {
      cloud.snapshot = { ...cloud.snapshot, subnets: known([subnet(), subnet({ id: twin })]) };
    });
    assert.deepEqual(subnetProblem(choices, vpcId, ec2Service, [subnetA, twin]), {
      kind: 'sameZone',
      availabilityZone: 'ap-south-1a',
    });
    assert.deepEqual(subnetProblem(choices, vpcId, ec2Service, []), { kind: 'none' });
    assert.equal(subnetProblem(choices, vpcId, ec2Service, [subnetA]), undefined);
  });

  it('lists only the interface kind of a service that has both, AWS first', async () => {
    const choices = await choicesOf(cloud => {
      const s3 = 'com.amazonaws.ap-south-1.s3';
      cloud.offers = [
        offer({ serviceName: 'com.amazonaws.vpce.ap-south-1.vpce-svc-0123456789abcdef0', owner: '444455556666' }),
        offer({ serviceName: s3, kind: 'gateway' }),
        offer({ serviceName: s3 }),
        offer(),
      ];
    });
    assert.deepEqual(
      choices.services.map(({ serviceName }) => serviceLabel(serviceName)),
      ['ec2', 's3', 'vpce-svc-0123456789abcdef0'],
    );
  });

  describe('private DNS', () => {
    it('is off when the VPC attributes would make AWS refuse it', async () => {
      const choices = await choicesOf(cloud => {
        const attributes = { enableDnsSupport: true, enableDnsHostnames: false };
        cloud.snapshot = { ...cloud.snapshot, dnsAttributes: new Map([[vpcId, known(attributes)]]) };
      });
      const choice = privateDnsChoice(choices, vpcId, ec2Service);
      assert.deepEqual(choice, {
        isOnByDefault: false,
        obstacle: { kind: 'attributesOff', vpcId, attributes: ['enableDnsHostnames'] },
      });
      assert.equal(planEndpoint(choices).privateDnsEnabled, false);
    });

    it('is off when another endpoint of the VPC has the name', async () => {
      const choices = await choicesOf(cloud => {
        cloud.endpoints = [endpoint()];
      });
      assert.equal(privateDnsChoice(choices, vpcId, ec2Service).obstacle?.kind, 'conflict');
      assert.equal(planEndpoint(choices).name, 'vpc-labs-ec2');
    });

    it('is off when the service has no name of its own', async () => {
      const choices = await choicesOf(cloud => {
        cloud.offers = [offer({ privateDnsName: undefined })];
      });
      assert.equal(privateDnsChoice(choices, vpcId, ec2Service).obstacle?.kind, 'notOffered');
    });

    it('is on when the attributes could not be read: AWS decides', async () => {
      const choices = await choicesOf(cloud => {
        cloud.snapshot = { ...cloud.snapshot, dnsAttributes: new Map() };
      });
      assert.equal(privateDnsChoice(choices, vpcId, ec2Service).isOnByDefault, true);
    });
  });

  describe('the security group', () => {
    const withGroups = (...groups: ReturnType<typeof securityGroup>[]) =>
      choicesOf(cloud => {
        cloud.snapshot = { ...cloud.snapshot, securityGroups: known(groups) };
      });

    it('is one to be made when none admits 443 from the whole VPC', async () => {
      const half = rule({ peer: { kind: 'cidr', cidr: '172.31.0.0/17' } });
      const other = rule({ fromPort: 80, toPort: 80 });
      const out = rule({ direction: 'egress' });
      const choices = await withGroups(securityGroup({ name: 'default', rules: [half, other, out] }));
      assert.equal(planEndpoint(choices).securityGroupIds, undefined);
      const summary = summarizeEndpoint(choices, planEndpoint(choices));
      assert.equal(summary.newSecurityGroupName, 'vpc-labs-endpoint-ec2');
    });

    it('avoids the name of a group that exists', async () => {
      const choices = await withGroups(securityGroup({ name: 'vpc-labs-endpoint-ec2', rules: [] }));
      const summary = summarizeEndpoint(choices, planEndpoint(choices));
      assert.equal(summary.newSecurityGroupName, 'vpc-labs-endpoint-ec2-2');
    });

    it('is judged by every way to admit: all protocols, a port range, a prefix list', async () => {
      const all = rule({
        protocol: -1,
        fromPort: undefined,
        toPort: undefined,
        peer: { kind: 'cidr', cidr: '0.0.0.0/0' },
      });
      const range = rule({ fromPort: 1, toPort: 1000 });
      const list = rule({ peer: { kind: 'prefixList', prefixListId: 'pl-0123456789abcdef0' as never } });
      const choices = await withGroups(
        securityGroup({ name: 'a', rules: [all] }),
        securityGroup({ name: 'b', rules: [range] }),
        securityGroup({ name: 'c', rules: [list] }),
      );
      assert.deepEqual(
        securityGroupChoices(choices, vpcId).map(({ admitsHttpsFromVpc }) => admitsHttpsFromVpc),
        [true, true, undefined],
      );
    });
  });

  it('sums up zones, price and the AWS CLI lines', async () => {
    const choices = await choicesOf();
    const summary = summarizeEndpoint(choices, planEndpoint(choices, { name: "it's; rm -rf $HOME" }));
    assert.deepEqual(summary.zones, ['ap-south-1a', 'ap-south-1b']);
    assert.equal(summary.hourlyPriceUsd, 0.02);
    assert.deepEqual(summary.commandLines, [
      `aws ec2 create-vpc-endpoint --region ap-south-1 --vpc-endpoint-type Interface --vpc-id ${vpcId} ` +
        `--service-name ${ec2Service} --subnet-ids ${subnetA} ${subnetB} --security-group-ids ${endpointGroupId} --private-dns-enabled ` +
        `--tag-specifications '[{"ResourceType":"vpc-endpoint","Tags":[{"Key":"Name","Value":"it'\\''s; rm -rf $HOME"}]}]'`,
    ]);
  });

  it('shows the lines that make the group, when one is made', async () => {
    const choices = await choicesOf(cloud => {
      cloud.snapshot = { ...cloud.snapshot, securityGroups: known([]) };
    });
    const { commandLines } = summarizeEndpoint(choices, planEndpoint(choices, { name: undefined }));
    assert.equal(commandLines.length, 3);
    assert.match(commandLines[0] ?? '', /^GROUP_ID=\$\(aws ec2 create-security-group .*--output text\)$/);
    assert.match(commandLines[1] ?? '', /--group-id "\$GROUP_ID" --protocol tcp --port 443 --cidr 172\.31\.0\.0\/16$/);
    assert.match(commandLines[2] ?? '', /--security-group-ids "\$GROUP_ID"/);
    assert.doesNotMatch(commandLines[2] ?? '', /tag-specifications/);
  });
});
