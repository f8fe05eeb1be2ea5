import type { ServiceCall } from './network/services/serviceNodes';
import type { Principal } from './world/principal';

/** An API call of somebody known, read but not yet judged: all that the world hears of a request. */
export interface Call {
  readonly caller: Principal;
  /** Of the credential scope; one that the practice cloud does not have counts as its home region. */
  readonly region: string;
  /** As the AWS CLI calls it: `ec2`. */
  readonly service: string;
  /** As in `Action`: `CreateVpc`. */
  readonly operation: string;
  readonly input: unknown;
  /** By which way it came, when it came from inside the simulated network. */
  readonly via: ServiceCall | undefined;
}

const readingVerbs = /^(?:Decode|Decrypt|Describe|Get(?!SessionToken)|Head|List|Search|Simulate)/;

/** Whether a call can change nothing. */
export function isReading({ operation }: Pick<Call, 'operation'>): boolean {
  return readingVerbs.test(operation);
}
