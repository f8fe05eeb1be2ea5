import type { Log } from '../base/log';
import type { WireRequest, WireResponse } from '../core/ports/wire';
import type { Call } from './call';
import { type CallDesk, notSimulated } from './callDesk';
import type { Chance } from './chance';
import type { Digests } from './digests';
import type { ServiceCall } from './network/services/serviceNodes';
import { answerPackageDownload } from './packageDownload';
import { type PresentedSignature, parseAuthorization } from './protocols/authorizationHeader';
import { type PresignedSignature, parsePresigned } from './protocols/presignedQuery';
import { readPayload } from './protocols/rest/readPayload';
import { endpointRegion } from './protocols/rest/s3Scope';
import { decodeRequest, encodeAnswer, encodeFault } from './protocols/serverCodec';
import { ServiceFault } from './protocols/serviceFault';
import { findServiceBySigningName, guessService, type ServiceModel } from './protocols/serviceModels';
import { missingToken, signInFaults } from './protocols/signInFaults';
import { isPresigned, signIn } from './signIn';
import type { World } from './world/world';

export interface FrontDoorOptions {
  readonly world: World;
  readonly desk: CallDesk;
  readonly digests: Digests;
  readonly chance: Chance;
  readonly log: Log;
}

/** Where every API request comes in as bytes: who is it, what is asked, and how is the answer put. */
export class FrontDoor {
  readonly #options: FrontDoorOptions;

  constructor(options: FrontDoorOptions) {
    this.#options = options;
  }

  /** Answers a request; `via` says by which way it came when it came from inside the simulated network. Never rejects. */
  async answer(request: WireRequest, via?: ServiceCall): Promise<WireResponse> {
    const download = answerPackageDownload(this.#options.world, request, via);
    if (download) return download;
    const requestId = this.#options.chance.uuid();
    let service = guessService(request);
    try {
      const presented = parseAuthorization(request.headers.authorization) ?? parsePresigned(request.query);
      service = presented ? this.#serviceOf(presented, service) : service;
      if (!presented) throw missingToken(service.protocol);
      return await this.#serve(service, request, presented, requestId, via);
    } catch (error) {
      return encodeFault(service, this.#asFault(error), requestId, request.method);
    }
  }

  /** Only who has a key of ours gets a word into the log. */
  #serviceOf({ service, accessKeyId }: PresentedSignature, guessed: ServiceModel): ServiceModel {
    const { world, desk } = this.#options;
    const found = findServiceBySigningName(service);
    if (found) return found;
    if (world.issuedKeys(accessKeyId)) desk.report(service);
    throw notSimulated(guessed, service);
  }

  async #serve(
    service: ServiceModel,
    request: WireRequest,
    presented: PresentedSignature | PresignedSignature,
    requestId: string,
    via: ServiceCall | undefined,
  ): Promise<WireResponse> {
    const { world, digests, desk } = this.#options;
    const caller = await signIn(world, digests, service, request, presented);
    if (via && via.service !== service.signingName)
      throw signInFaults[service.protocol].wrongScope(
        `Credential should be scoped to correct service: '${via.service}'.`,
      );
    const isS3 = service.protocol === 'restXml';
    const region = isS3 ? endpointRegion(request, presented.region) : presented.region;
    const whole = isS3 ? await readPayload(request, digests, isPresigned(presented)) : request;
    const { operation, input } = decodeRequest(service, whole);
    const call: Call = {
      caller,
      region,
      service: service.name,
      operation: operation.name,
      input,
      via,
    };
    await this.#disturb(service, operation.name);
    return encodeAnswer(operation, await desk.perform(call), requestId);
  }

  /** Lets a fault in force have its way with a call. */
  async #disturb(service: ServiceModel, operation: string): Promise<void> {
    const { world, desk } = this.#options;
    const { delayMs, refusal } = desk.faults.meet(service, operation);
    if (delayMs > 0) await new Promise<void>(resolve => world.timeline.after(delayMs, resolve));
    if (refusal) throw refusal;
  }

  #asFault(error: unknown): ServiceFault {
    if (error instanceof ServiceFault) return error;
    this.#options.log.error(
      `Practice cloud: an operation failed: ${error instanceof Error ? error.stack : String(error)}`,
    );
    return new ServiceFault('InternalError', 'An internal error has occurred', 500);
  }
}
