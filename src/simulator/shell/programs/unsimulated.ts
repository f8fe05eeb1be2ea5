import type { Program } from '../system';
import { complain } from './console';

/** A program whose package can be installed, and whose work the practice cloud does not do. */
export const unsimulated: Program = run =>
  complain(run, 'The practice cloud has this package, but does not simulate the program.');

/** `reboot` and its like: what would happen to the instance is the control plane's to do. */
export const powerOff: Program = run =>
  complain(
    run,
    run.process.isRoot
      ? 'The practice cloud does not restart or stop an instance from inside: use RebootInstances or StopInstances.'
      : 'Failed to set wall message, ignoring: Access denied\nFailed to power off system via logind: Access denied',
  );
