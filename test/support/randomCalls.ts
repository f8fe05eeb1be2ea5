import assert from 'node:assert/strict';
import { type AccountId, type Region, region } from '../../src/core/ids';
import type { Place } from '../../src/core/network';
import type { WireRequest, WireResponse } from '../../src/core/ports/wire';
import { operationTables } from '../../src/simulator/callDesk';
import { Chance } from '../../src/simulator/chance';
import type { OpenPracticeCloud } from '../../src/simulator/createPracticeCloud';
import { nodeDigests } from '../../src/simulator/nodeDigests';
import {
  deserializeResponse,
  findService,
  type OperationModel,
  ServiceError,
  serializeRequest,
  signRequest,
} from '../../src/simulator/protocols/clientCodec';
import type { Timeline } from '../../src/simulator/timeline';
import { RandomInput } from './randomInput';

const longestPauseMs = 20_000;

/** Everything that is simulated. */
const operations: readonly OperationModel[] = Object.entries(operationTables).flatMap(([service, table]) =>
  Object.keys(table).map(name => {
    const found = findService(service)?.actions.get(name);
    assert.ok(found, name);
    return found;
  }),
);

export interface RandomCallsOptions {
  readonly cloud: OpenPracticeCloud;
  readonly timeline: Timeline;
  readonly seed: string;
  /** Where calls are made, each account in each; the first account's home region when left out. */
  readonly everywhere?: readonly Region[];
  /** Of so many requests one is damaged before it is signed; none when left out. */
  readonly oneDamagedIn?: number;
}

/** Calls of every simulated action, with plausible, wrong and nonsensical input, at random times. The same seed makes the same calls. */
export class RandomCalls {
  readonly #options: RandomCallsOptions;
  readonly #chance: Chance;
  readonly #places: readonly Place[];
  readonly #inputs = new Map<Place, RandomInput>();

  constructor(options: RandomCallsOptions) {
    this.#options = options;
    this.#chance = new Chance(options.seed);
    const accounts = options.cloud.accounts.slice(0, options.everywhere ? undefined : 1);
    const regions = options.everywhere ?? [region('ap-south-1')];
    this.#places = accounts.flatMap(({ accountId }) =>
      regions.map(name => ({ accountId: accountId as AccountId, region: name })),
    );
  }

  /** Calls something a moment later and lets some time pass; resolves with what was called and how it ended. */
  async call(): Promise<{ readonly text: string; readonly outcome: string }> {
    const operation = this.#pick(operations);
    const place = this.#pick(this.#places);
    const input = this.#inputsOf(place).of(operation.input);
    this.#pass(1);
    const isDamaged = this.#chance.between(1, this.#options.oneDamagedIn ?? Number.MAX_SAFE_INTEGER) === 1;
    const outcome = await this.#send(operation, input, place, isDamaged);
    this.#pass(this.#chance.between(0, longestPauseMs));
    return { text: `${operation.name} ${JSON.stringify(input)}${isDamaged ? ', damaged' : ''}: ${outcome}`, outcome };
  }

  #pass(durationMs: number): void {
    const { timeline } = this.#options;
    timeline.advanceTo(timeline.now() + durationMs);
  }

  /** What is in a place; in one that nobody has looked at yet, what is at home. */
  #inputsOf(place: Place): RandomInput {
    const known = this.#inputs.get(place);
    if (known) return known;
    const { world } = this.#options.cloud;
    const isHere = ({ place: other }: { readonly place: Place }) =>
      other.accountId === place.accountId && other.region === place.region;
    const regions = [...world.regions];
    const found = regions.find(isHere);
    const [home] = regions;
    assert.ok(home);
    const inputs = new RandomInput(
      world,
      found ?? home,
      this.#chance.fork(`inputs ${place.accountId} ${place.region}`),
    );
    if (found) this.#inputs.set(place, inputs);
    return inputs;
  }

  async #send(operation: OperationModel, input: unknown, place: Place, isDamaged: boolean): Promise<string> {
    const { cloud, timeline } = this.#options;
    const keys = cloud.accounts.find(({ accountId }) => accountId === place.accountId);
    assert.ok(keys);
    const { signingName: service } = operation.service;
    const scope = { service, region: place.region, nowMs: timeline.now(), digests: nodeDigests };
    const makeToken = () => this.#chance.uuid();
    const whole = await serializeRequest(operation, input, { region: place.region, makeToken });
    const request = isDamaged ? this.#damage(whole) : whole;
    const response = await cloud.handle(await signRequest(request, keys, scope));
    return isDamaged ? damagedOutcome(response) : outcomeOf(operation, response);
  }

  /** Cuts, repeats or overwrites a part of the body, or of the query where there is no body. */
  #damage(request: WireRequest): WireRequest {
    if (request.body.length > 0) return { ...request, body: this.#damagedBytes(request.body) };
    const query = new TextDecoder('latin1').decode(this.#damagedBytes(new TextEncoder().encode(request.query)));
    return { ...request, query: query.replace(/[^\w=&%.~-]/g, '-') };
  }

  #damagedBytes(bytes: Uint8Array): Uint8Array {
    const from = this.#chance.between(0, bytes.length);
    const to = this.#chance.between(from, bytes.length);
    const noise = Uint8Array.from({ length: this.#chance.between(0, 8) }, () => this.#chance.between(0, 255));
    const parts = this.#pick([
      [bytes.subarray(0, from)],
      [bytes.subarray(0, to), bytes.subarray(from)],
      [bytes.subarray(0, from), bytes.subarray(to)],
      [bytes.subarray(0, from), noise, bytes.subarray(Math.min(bytes.length, from + noise.length))],
    ]);
    return Uint8Array.from(parts.flatMap(part => [...part]));
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.#chance.between(0, values.length - 1)] as T;
  }
}

async function outcomeOf(operation: OperationModel, response: WireResponse): Promise<string> {
  try {
    await deserializeResponse(operation, response);
    return 'done';
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return error.code;
  }
}

/** What a damaged request asks for is anybody's guess, but never is it the fault of the service. */
function damagedOutcome({ status }: WireResponse): string {
  return status < 300 ? 'done' : String(status);
}
