import { ifaceEc2 } from './ifaceEc2/ifaceEc2';
import type { Lab } from './lab';

/** Every lab, in the order in which one learns. */
export const labs: readonly Lab[] = [ifaceEc2];
