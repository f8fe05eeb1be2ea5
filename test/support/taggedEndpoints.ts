import assert from 'node:assert/strict';
import type { Scope } from '../../src/app/appModel';
import type { Tags, VpcEndpoint } from '../../src/core/network';

/** Interface endpoints of an account's first VPC, one for each service of AWS that is named. */
export async function makeTaggedEndpoints(
  account: Pick<Scope, 'gateways'>,
  services: Readonly<Record<string, Tags>>,
): Promise<readonly VpcEndpoint[]> {
  const { endpoints, network, region } = await account.gateways();
  const { subnets } = await network.readSnapshot(['subnets']);
  const [subnet] = subnets.known ? subnets.value : [];
  assert.ok(subnet);
  return Promise.all(
    Object.entries(services).map(([service, tags]) =>
      endpoints.createInterfaceEndpoint({
        vpcId: subnet.vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        subnetIds: [subnet.id],
        securityGroupIds: [],
        privateDnsEnabled: false,
        tags,
        clientToken: `tagged-${service}`,
      }),
    ),
  );
}
