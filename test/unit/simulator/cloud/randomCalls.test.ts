import assert from 'node:assert/strict';
import { Chance } from '../../../../src/simulator/chance';
import { createPracticeCloud, type OpenPracticeCloud } from '../../../../src/simulator/createPracticeCloud';
import { nodeDigests } from '../../../../src/simulator/nodeDigests';
import { ec2Operations } from '../../../../src/simulator/operations/ec2/ec2Operations';
import { iamOperations } from '../../../../src/simulator/operations/iam/iamOperations';
import { ssmOperations } from '../../../../src/simulator/operations/ssm/ssmOperations';
import {
  deserializeResponse,
  findService,
  type OperationModel,
  ServiceError,
  serializeRequest,
  signRequest,
} from '../../../../src/simulator/protocols/clientCodec';
import { Timeline } from '../../../../src/simulator/timeline';
import { danglingReferences } from '../../../support/danglingReferences';
import { RandomInput } from '../../../support/randomInput';

const callCount = 1000;
const longestPauseMs = 20_000;

function modelsOf(service: string, table: object): readonly OperationModel[] {
  return Object.keys(table).map(name => {
    const found = findService(service)?.actions.get(name);
    assert.ok(found, name);
    return found;
  });
}

const operations = [
  ...modelsOf('ec2', ec2Operations),
  ...modelsOf('iam', iamOperations),
  ...modelsOf('ssm', ssmOperations),
];

class RandomCaller {
  readonly timeline = new Timeline(Date.UTC(2026, 10, 21));
  readonly complaints: string[] = [];
  readonly cloud: OpenPracticeCloud;
  readonly #chance: Chance;
  readonly #inputs: RandomInput;

  constructor(seed: string) {
    this.#chance = new Chance(seed);
    const complain = (message: string) => this.complaints.push(message);
    this.cloud = createPracticeCloud({
      seed,
      pace: 1,
      world: 'default',
      digests: nodeDigests,
      timeline: this.timeline,
      streamHost: () => 'wss://stream.test',
      log: { debug() {}, info() {}, warn: complain, error: complain },
    });
    const { world } = this.cloud;
    const [account] = world.accounts;
    const [region] = [...world.regions].filter(({ place }) => place.accountId === account?.id);
    assert.ok(region);
    this.#inputs = new RandomInput(world, region, this.#chance.fork('inputs'));
  }

  /** Calls something; resolves with what was called and how it ended. */
  async call(): Promise<string> {
    const operation = operations[this.#chance.between(0, operations.length - 1)] as OperationModel;
    const input = this.#inputs.of(operation.input);
    const outcome = await this.#send(operation, input);
    this.timeline.advanceTo(this.timeline.now() + this.#chance.between(0, longestPauseMs));
    return `${operation.name} ${JSON.stringify(input)}: ${outcome}`;
  }

  async #send(operation: OperationModel, input: unknown): Promise<string> {
    const [keys] = this.cloud.accounts;
    assert.ok(keys);
    const { signingName: service } = operation.service;
    const request = await serializeRequest(operation, input, {
      region: 'ap-south-1',
      makeToken: () => this.#chance.uuid(),
    });
    const scope = { service, region: 'ap-south-1', nowMs: this.timeline.now(), digests: nodeDigests };
    const response = await this.cloud.handle(await signRequest(request, keys, scope));
    try {
      await deserializeResponse(operation, response);
      return 'done';
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return error.code;
    }
  }
}

describe('the practice cloud under calls at random', function () {
  this.timeout(30_000);

  for (const seed of ['first', 'second'])
    it(`never fails, never answers what cannot be read, and leaves nothing dangling (${seed})`, async () => {
      const caller = new RandomCaller(seed);
      const seen = new Map<string, number>();
      for (let count = 0; count < callCount; count++) {
        const call = await caller.call();
        const outcome = call.slice(call.lastIndexOf(' ') + 1);
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
        assert.deepEqual(caller.complaints, [], call);
        assert.match(outcome, /^[A-Za-z.]+$/, call);
        assert.deepEqual(danglingReferences(caller.cloud.world), [], call);
      }
      assert.ok((seen.get('done') ?? 0) > callCount / 5, JSON.stringify([...seen]));
      caller.cloud.dispose();
    });
});
