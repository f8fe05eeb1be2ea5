import type { WorldKind } from '../../src/simulator/worldKinds';
import { matchGolden } from '../support/golden';
import { LabDesk } from '../support/labDesk';
import { dnsNoIgw } from './labs/dnsNoIgw';
import { dnsNoIgwMistakes } from './labs/dnsNoIgwMistakes';
import { gwS3 } from './labs/gwS3';
import { ifaceEc2 } from './labs/ifaceEc2';
import { ifaceEc2Url } from './labs/ifaceEc2Url';
import { ifaceS3Eic } from './labs/ifaceS3Eic';
import { instanceConnect } from './labs/instanceConnect';
import type { LabScript } from './labs/labScript';
import { peering } from './labs/peering';
import { peeringEdges } from './labs/peeringEdges';
import { peeringExtras } from './labs/peeringExtras';
import { svcNginx } from './labs/svcNginx';
import { svcNginxMistakes } from './labs/svcNginxMistakes';
import { svcNginxSilence } from './labs/svcNginxSilence';

/** Each lab by hand-typed lines: its right path, and the mistakes of its symptom column. */
const labs: readonly { readonly world: WorldKind; readonly scripts: readonly LabScript[] }[] = [
  { world: 'dns-no-igw', scripts: [...dnsNoIgw, ...dnsNoIgwMistakes] },
  { world: 'gw-s3', scripts: gwS3 },
  { world: 'iface-ec2-url', scripts: ifaceEc2Url },
  { world: 'iface-ec2', scripts: ifaceEc2 },
  { world: 'svc-nginx', scripts: [...svcNginx, ...svcNginxMistakes, ...svcNginxSilence] },
  { world: 'peering', scripts: [...peering, ...peeringExtras, ...peeringEdges] },
  { world: 'iface-s3-eic', scripts: [...ifaceS3Eic, ...instanceConnect] },
];

for (const { world, scripts } of labs)
  describe(`the hand-typed lab ${world}`, function () {
    this.timeout(120_000);

    for (const { name, type } of scripts)
      it(name, async () => {
        const desk = new LabDesk(world);
        try {
          await type(desk);
          matchGolden(`labs/${world}-${name.replaceAll(' ', '-')}.golden.txt`, desk.transcript);
        } finally {
          desk.dispose();
        }
      });
  });
