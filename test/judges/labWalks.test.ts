import type { LabWorldKind } from '../../src/simulator/worldKinds';
import { LabWalk } from '../support/labWalk';
import { dnsNoIgw } from './labs/dnsNoIgw';
import { gwS3 } from './labs/gwS3';
import { ifaceEc2 } from './labs/ifaceEc2';
import { ifaceEc2Url } from './labs/ifaceEc2Url';
import { ifaceS3Eic } from './labs/ifaceS3Eic';
import { peering } from './labs/peering';
import { svcNginx } from './labs/svcNginx';

const walks: readonly (readonly [LabWorldKind, (walk: LabWalk) => Promise<void>])[] = [
  ['iface-ec2', ifaceEc2],
  ['gw-s3', gwS3],
  ['iface-ec2-url', ifaceEc2Url],
  ['peering', peering],
  ['iface-s3-eic', ifaceS3Eic],
  ['svc-nginx', svcNginx],
  ['dns-no-igw', dnsNoIgw],
];

describe('the AWS CLI walks the lab', function () {
  this.timeout(600_000);

  for (const [world, walkThrough] of walks)
    it(`${world}: its steps, its mistakes and its clean-up`, async () => {
      const walk = await LabWalk.start(world);
      try {
        await walkThrough(walk);
      } finally {
        await walk.stop();
      }
    });
});
