import { prose } from '../../core/prose';
import type { Step } from '../lab';
import { leftovers, nothingLeft } from '../leftovers';

/** The last step of a lab that made a network of its own. */
export const cleanUpStep = (id: string): Step => ({
  id,
  title: prose('Clean up'),
  reason: prose('Interface endpoints and instances cost money for every hour until they are deleted, used or not.'),
  hints: [
    prose('What uses a thing goes before the thing.'),
    prose('Delete the endpoints first and wait until their interfaces are gone; then the instance, and wait again.'),
    prose(
      'Then security groups, route table, subnet, VPC, and the role with its profile. DependencyViolation means that an interface is still there: wait, then try again.',
    ),
  ],
  symptoms: [{ seen: prose('Deleting a security group or a subnet says: DependencyViolation') }],
  done: site => nothingLeft(() => leftovers(site)),
  isCleanUp: true,
  action: () => undefined,
});
