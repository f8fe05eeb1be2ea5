import { ifaceEc2 } from './ifaceEc2/ifaceEc2';
import type { Lab } from './lab';
import { peering } from './peering/peering';
import { svcNginx } from './svcNginx/svcNginx';

/** Every lab, in the order in which one learns. */
export const labs: readonly Lab[] = [ifaceEc2, svcNginx, peering];
