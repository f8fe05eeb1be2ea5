import type { Log } from '../base/log';
import type { SessionService } from './agent/sessionService';
import { type Call, isReading } from './call';
import type { Digests } from './digests';
import { ActiveFaults } from './faults/activeFaults';
import { LateReads } from './faults/lateReads';
import { ec2Operations } from './operations/ec2/ec2Operations';
import { elbv2Operations } from './operations/elbv2/elbv2Operations';
import { iamOperations } from './operations/iam/iamOperations';
import { instanceConnectOperations } from './operations/instanceConnect/instanceConnectOperations';
import { kmsOperations } from './operations/kms/kmsOperations';
import type { CallContext, Operation, OperationTable } from './operations/operation';
import { s3Operations } from './operations/s3/s3Operations';
import { ssmOperations } from './operations/ssm/ssmOperations';
import { stsOperations } from './operations/sts/stsOperations';
import { checkPermission } from './permissions/checkPermission';
import { ServiceFault } from './protocols/serviceFault';
import { findService, type OperationModel, type ServiceModel } from './protocols/serviceModels';
import type { World } from './world/world';
import { homeRegion, practiceRegions } from './world/zones';

/** What is simulated of each service, by the name that the AWS CLI uses. */
export const operationTables: Readonly<Record<string, OperationTable>> = {
  ec2: ec2Operations,
  'ec2-instance-connect': instanceConnectOperations,
  elbv2: elbv2Operations,
  iam: iamOperations,
  kms: kmsOperations,
  s3: s3Operations,
  ssm: ssmOperations,
  sts: stsOperations,
};

/** Services whose operations ask for permission themselves, because what they act on has a policy of its own. */
const ownPermissions: readonly string[] = ['s3'];

export interface CallDeskOptions {
  readonly world: World;
  readonly sessions: SessionService;
  readonly digests: Digests;
  readonly log: Log;
  /** Hears of every call that may change something, before it is judged. */
  readonly onCall?: (call: Call) => void;
}

/** Judges calls and carries them out: may they, is it simulated, do it. Where a call came from, and how it is answered, is not known here. */
export class CallDesk {
  readonly #options: CallDeskOptions;
  readonly #reported = new Set<string>();
  /** What goes wrong on demand. */
  readonly faults: ActiveFaults;
  readonly #lateReads = new LateReads();

  constructor(options: CallDeskOptions) {
    this.#options = options;
    this.faults = new ActiveFaults(options.world);
  }

  /** Resolves with the operation's output; rejects with a ServiceFault when AWS would refuse. */
  async perform(call: Call): Promise<object> {
    const operation = modelOf(call);
    let context = this.#contextOf(call);
    const carryOut = this.#operationOf(operation);
    if (isReading(call)) context = this.#lagging(context);
    else this.#willChange(call, context);
    if (!ownPermissions.includes(call.service)) checkPermission({ operation, input: call.input, context });
    if (operation.service.protocol === 'ec2Query') refuseDryRun(call.input);
    const work = () => carryOut(call.input as never, context);
    return isReading(call) ? work() : context.world.change(work);
  }

  #willChange(call: Call, { region, nowMs }: CallContext): void {
    this.#options.onCall?.(call);
    if (this.faults.readLagMs > 0) this.#lateReads.willChange(region, nowMs);
  }

  #lagging(context: CallContext): CallContext {
    const lagMs = this.faults.readLagMs;
    return lagMs > 0 ? { ...context, region: this.#lateReads.seen(context.region, context.nowMs, lagMs) } : context;
  }

  /** What was asked for and is not simulated goes into the log, once. */
  report(what: string): void {
    if (this.#reported.has(what)) return;
    this.#reported.add(what);
    this.#options.log.warn(`Practice cloud: ${what} was asked for and is not simulated`);
  }

  #contextOf({ caller, region, via }: Call): CallContext {
    const { world, sessions, digests, log } = this.#options;
    const at = practiceRegions.find(name => name === region) ?? homeRegion;
    return {
      world,
      account: world.account(caller.accountId),
      region: world.region({ accountId: caller.accountId, region: at }),
      caller,
      via,
      nowMs: world.timeline.now(),
      digests,
      sessions,
      log,
    };
  }

  /** An operation that AWS has and we do not simulate is refused by name. */
  #operationOf({ service, name }: OperationModel): Operation<never, object> {
    const table = operationTables[service.name];
    const found = table && Object.hasOwn(table, name) ? table[name] : undefined;
    if (found) return found;
    this.report(`${service.name}:${name}`);
    throw notSimulated(service, `${service.name}:${name}`);
  }
}

function modelOf({ service, operation }: Call): OperationModel {
  const found = findService(service)?.actions.get(operation);
  if (!found) throw new RangeError(`AWS has no ${service}:${operation}`);
  return found;
}

/** How a service refuses what the practice cloud does not simulate. */
export function notSimulated({ protocol }: ServiceModel, what: string): ServiceFault {
  const code = protocol === 'awsJson1_1' ? 'UnsupportedOperationException' : 'UnsupportedOperation';
  return new ServiceFault(code, `The practice cloud does not simulate ${what}.`);
}

/** Says what would have happened as far as permissions go, and does nothing. */
function refuseDryRun(input: unknown): void {
  if ((input as { readonly DryRun?: unknown }).DryRun === true)
    throw new ServiceFault('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
}
