import type { Log } from '../base/log';
import type { WireRequest, WireResponse } from '../core/ports/wire';
import type { SessionService } from './agent/sessionService';
import type { Chance } from './chance';
import type { Digests } from './digests';
import type { ServiceCall } from './network/services/serviceNodes';
import { ec2Operations } from './operations/ec2/ec2Operations';
import { iamOperations } from './operations/iam/iamOperations';
import type { CallContext, Operation, OperationTable } from './operations/operation';
import { ssmOperations } from './operations/ssm/ssmOperations';
import { stsOperations } from './operations/sts/stsOperations';
import { checkPermission } from './permissions';
import { type PresentedSignature, parseAuthorization } from './protocols/authorizationHeader';
import { type DecodedRequest, decodeRequest, encodeAnswer, encodeFault } from './protocols/serverCodec';
import { ServiceFault } from './protocols/serviceFault';
import {
  findServiceBySigningName,
  guessService,
  type OperationModel,
  type ServiceModel,
} from './protocols/serviceModels';
import { missingToken, signInFaults } from './protocols/signInFaults';
import { signIn } from './signIn';
import type { Principal } from './world/principal';
import type { World } from './world/world';
import { homeRegion, practiceRegions } from './world/zones';

export interface FrontDoorOptions {
  readonly world: World;
  readonly sessions: SessionService;
  readonly digests: Digests;
  readonly chance: Chance;
  readonly log: Log;
}

const tables: Readonly<Record<string, OperationTable>> = {
  ec2: ec2Operations,
  iam: iamOperations,
  ssm: ssmOperations,
  sts: stsOperations,
};

const readingVerbs = /^(?:Describe|Get|List|Simulate)/;

/** Where every API request comes in: who is it, what is asked, may they, do it, answer. */
export class FrontDoor {
  readonly #options: FrontDoorOptions;
  readonly #reported = new Set<string>();

  constructor(options: FrontDoorOptions) {
    this.#options = options;
  }

  /** Answers a request; `via` says by which way it came when it came from inside the simulated network. Never rejects. */
  async answer(request: WireRequest, via?: ServiceCall): Promise<WireResponse> {
    const requestId = this.#options.chance.uuid();
    let service = guessService(request);
    try {
      const presented = parseAuthorization(request.headers.authorization);
      service = presented ? this.#serviceOf(presented, service) : service;
      if (!presented) throw missingToken(service.protocol);
      return await this.#serve(service, request, presented, requestId, via);
    } catch (error) {
      return encodeFault(service, this.#asFault(error), requestId);
    }
  }

  /** Only who has a key of ours gets a word into the log. */
  #serviceOf({ service, accessKeyId }: PresentedSignature, guessed: ServiceModel): ServiceModel {
    const found = findServiceBySigningName(service);
    if (found) return found;
    if (this.#options.world.issuedKeys(accessKeyId)) this.#report(service);
    throw unsupported(guessed, service);
  }

  async #serve(
    service: ServiceModel,
    request: WireRequest,
    presented: PresentedSignature,
    requestId: string,
    via: ServiceCall | undefined,
  ): Promise<WireResponse> {
    const { world, digests } = this.#options;
    const caller = await signIn(world, digests, service, request, presented);
    if (via && via.service !== service.signingName)
      throw signInFaults[service.protocol].wrongScope(
        `Credential should be scoped to correct service: '${via.service}'.`,
      );
    const decoded = decodeRequest(service, request);
    const context = this.#contextOf(caller, presented);
    const operation = this.#operationOf(decoded.operation);
    checkPermission(decoded.operation, caller, context.account, context.region, via);
    if (service.protocol === 'ec2Query') refuseDryRun(decoded);
    const output = operation(decoded.input as never, context);
    if (!readingVerbs.test(decoded.operation.name)) world.settle();
    return encodeAnswer(decoded.operation, output, requestId);
  }

  #contextOf(caller: Principal, { region }: PresentedSignature): CallContext {
    const { world, sessions, log } = this.#options;
    const at = practiceRegions.find(name => name === region) ?? homeRegion;
    return {
      world,
      account: world.account(caller.accountId),
      region: world.region({ accountId: caller.accountId, region: at }),
      caller,
      nowMs: world.timeline.now(),
      sessions,
      log,
    };
  }

  /** An operation that AWS has and we do not simulate is refused by name. */
  #operationOf({ service, name }: OperationModel): Operation<never, object> {
    const table = tables[service.name];
    const found = table && Object.hasOwn(table, name) ? table[name] : undefined;
    if (found) return found;
    this.#report(`${service.name}:${name}`);
    throw unsupported(service, `${service.name}:${name}`);
  }

  #report(what: string): void {
    if (this.#reported.has(what)) return;
    this.#reported.add(what);
    this.#options.log.warn(`Practice cloud: ${what} was asked for and is not simulated`);
  }

  #asFault(error: unknown): ServiceFault {
    if (error instanceof ServiceFault) return error;
    this.#options.log.error(
      `Practice cloud: an operation failed: ${error instanceof Error ? error.stack : String(error)}`,
    );
    return new ServiceFault('InternalError', 'An internal error has occurred', 500);
  }
}

function unsupported({ protocol }: ServiceModel, what: string): ServiceFault {
  const code = protocol === 'awsJson1_1' ? 'UnsupportedOperationException' : 'UnsupportedOperation';
  return new ServiceFault(code, `The practice cloud does not simulate ${what}.`);
}

/** Says what would have happened as far as permissions go, and does nothing. */
function refuseDryRun({ input }: DecodedRequest): void {
  if ((input as { readonly DryRun?: unknown }).DryRun === true)
    throw new ServiceFault('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
}
