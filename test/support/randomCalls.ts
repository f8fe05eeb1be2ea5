import assert from 'node:assert/strict';
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

/** Calls of every simulated action, with plausible, wrong and nonsensical input, at random times. The same seed makes the same calls. */
export class RandomCalls {
  readonly #cloud: OpenPracticeCloud;
  readonly #timeline: Timeline;
  readonly #chance: Chance;
  readonly #inputs: RandomInput;

  constructor({ cloud, timeline, seed }: { cloud: OpenPracticeCloud; timeline: Timeline; seed: string }) {
    this.#cloud = cloud;
    this.#timeline = timeline;
    this.#chance = new Chance(seed);
    const [account] = cloud.world.accounts;
    const [region] = [...cloud.world.regions].filter(({ place }) => place.accountId === account?.id);
    assert.ok(region);
    this.#inputs = new RandomInput(cloud.world, region, this.#chance.fork('inputs'));
  }

  /** Calls something a moment later and lets some time pass; resolves with what was called and how it ended. */
  async call(): Promise<{ readonly text: string; readonly outcome: string }> {
    const operation = operations[this.#chance.between(0, operations.length - 1)] as OperationModel;
    const input = this.#inputs.of(operation.input);
    this.#timeline.advanceTo(this.#timeline.now() + 1);
    const outcome = await this.#send(operation, input);
    this.#timeline.advanceTo(this.#timeline.now() + this.#chance.between(0, longestPauseMs));
    return { text: `${operation.name} ${JSON.stringify(input)}: ${outcome}`, outcome };
  }

  async #send(operation: OperationModel, input: unknown): Promise<string> {
    const [keys] = this.#cloud.accounts;
    assert.ok(keys);
    const { signingName: service } = operation.service;
    const request = await serializeRequest(operation, input, {
      region: 'ap-south-1',
      makeToken: () => this.#chance.uuid(),
    });
    const scope = { service, region: 'ap-south-1', nowMs: this.#timeline.now(), digests: nodeDigests };
    const response = await this.#cloud.handle(await signRequest(request, keys, scope));
    try {
      await deserializeResponse(operation, response);
      return 'done';
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return error.code;
    }
  }
}
