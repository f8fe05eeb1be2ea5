import type { Program } from '../system';
import { complain } from './console';

/** A program whose package can be installed, and whose work the practice cloud does not do. */
export const unsimulated: Program = run =>
  complain(run, 'The practice cloud has this package, but does not simulate the program.');
