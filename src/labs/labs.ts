import { dnsNoIgw } from './dnsNoIgw/dnsNoIgw';
import { gwS3 } from './gwS3/gwS3';
import { ifaceEc2 } from './ifaceEc2/ifaceEc2';
import { ifaceEc2Url } from './ifaceEc2Url/ifaceEc2Url';
import { ifaceS3Eic } from './ifaceS3Eic/ifaceS3Eic';
import type { Lab } from './lab';
import { peering } from './peering/peering';
import { svcNginx } from './svcNginx/svcNginx';

/** Every lab, in the order in which one learns. */
export const labs: readonly Lab[] = [ifaceEc2, gwS3, ifaceEc2Url, peering, ifaceS3Eic, svcNginx, dnsNoIgw];
