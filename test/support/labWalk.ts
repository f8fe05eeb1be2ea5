import assert from 'node:assert/strict';
import { checkLab } from '../../src/app/labs/checkLab';
import { checkWords } from '../../src/app/labs/labWords';
import { type CommandResult, runOnInstance } from '../../src/app/operations/runOnInstance';
import { silentLog } from '../../src/base/log';
import { wallClock } from '../../src/compose';
import { instanceId } from '../../src/core/ids';
import type { Lab } from '../../src/labs/lab';
import type { LabWorldKind } from '../../src/simulator/worldKinds';
import { nodeChannelPorts } from '../../src/ssm/node/nodeChannelPorts';
import { composeScope } from '../bench/loopbackScope';
import { AwsCli } from './awsCli';
import { LoopbackCloud } from './loopbackCloud';

export type AccountName = 'provider' | 'consumer';

/** How long a state of AWS may take at the fast pace. */
const stateLimitMs = 60_000;
const pauseMs = 300;
const ports = nodeChannelPorts(wallClock, silentLog);

/** A lab's world behind `npm run cloud`: the AWS CLI for the calls, Session Manager for what is typed on instances. */
export class LabWalk {
  private constructor(private readonly cloud: LoopbackCloud) {}

  static async start(world: LabWorldKind): Promise<LabWalk> {
    return new LabWalk(await LoopbackCloud.start('--world', world, '--pace', 'fast'));
  }

  async stop(): Promise<void> {
    await this.cloud.stop();
  }

  get region(): string {
    return this.cloud.announcement.region;
  }

  accountId(name: AccountName): string {
    return this.cloud.account(name).accountId;
  }

  /** Each step of the lab that can be seen by looking is done, whoever did it, but for those that the walk leaves out; proofs take packets. */
  async isDone(lab: Lab, ...leftOut: readonly string[]): Promise<void> {
    const { announcement } = this.cloud;
    const names: readonly AccountName[] = ['provider', 'consumer'];
    const gateways = await Promise.all(
      lab.accounts.map(async (role, index) => {
        const account = this.cloud.account(names[index] ?? 'provider');
        return [role, await composeScope({ ...announcement, accounts: [account] }).gateways()] as const;
      }),
    );
    const standings = await checkLab(lab, new Map(gateways));
    const open = standings.flatMap(({ step, check }) =>
      check && check.state !== 'holds' && !leftOut.includes(step.id) ? [`${step.id} ${checkWords(check)}`] : [],
    );
    assert.deepEqual(open, []);
  }

  as(name: AccountName): Student {
    return new Student(this.cloud, name);
  }
}

/** Someone with the keys of one account. A line is split at its spaces; what holds spaces is given as a word of its own. */
export class Student {
  readonly #cli: AwsCli;

  constructor(
    private readonly cloud: LoopbackCloud,
    private readonly account: AccountName,
  ) {
    this.#cli = new AwsCli(cloud, cloud.account(account));
  }

  /** What the CLI printed as JSON; `{}` when it printed nothing. */
  ask<T>(line: string, ...words: readonly string[]): Promise<T> {
    return this.#cli.ask<T>(...line.split(' '), ...words);
  }

  /** One text out of the answer, by a JMESPath expression without spaces; throws when there is none. */
  async pick(line: string, query: string, ...words: readonly string[]): Promise<string> {
    const picked = await this.ask<unknown>(line, ...words, '--query', query);
    if (typeof picked !== 'string') throw new Error(`aws ${line} has no ${query}: ${JSON.stringify(picked)}`);
    return picked;
  }

  /** AWS refuses the call with this code, and the CLI ends with status 254. */
  async isRefused(code: string, line: string, ...words: readonly string[]): Promise<void> {
    const { status, stderr } = await this.#cli.run(...line.split(' '), ...words);
    const found = /An error occurred \((\S+)\) when calling/.exec(stderr)?.[1];
    assert.deepEqual([found, status], [code, 254], `aws ${line}: ${stderr}`);
  }

  /** Asks again and again until the expression gives this value. */
  async becomes(expected: unknown, line: string, query: string): Promise<void> {
    const endMs = Date.now() + stateLimitMs;
    for (;;) {
      const value = await this.ask<unknown>(line, '--query', query);
      try {
        return assert.deepEqual(value, expected);
      } catch (cause) {
        if (Date.now() > endMs) throw new Error(`aws ${line} --query ${query}`, { cause });
      }
      await new Promise(resolve => setTimeout(resolve, pauseMs));
    }
  }

  /** Waits until no endpoint with this id and none of its interfaces is left. */
  async isGone(endpointId: string): Promise<void> {
    await this.becomes(
      [],
      `ec2 describe-vpc-endpoints --filters Name=vpc-endpoint-id,Values=${endpointId}`,
      'VpcEndpoints',
    );
    await this.becomes(
      [],
      'ec2 describe-network-interfaces',
      `NetworkInterfaces[?contains(Description,'${endpointId}')].Description`,
    );
  }

  /** Runs a line in a shell on an instance through a Session Manager session of its own. */
  async type(instance: string, line: string): Promise<CommandResult> {
    const { announcement } = this.cloud;
    const scope = composeScope({ ...announcement, accounts: [this.cloud.account(this.account)] });
    const { sessions } = await scope.gateways();
    return runOnInstance(sessions, instanceId(instance), line, { ports });
  }

  /** The same, for a line that must succeed; resolves with what it showed. */
  async shows(instance: string, line: string): Promise<string> {
    const { exitCode, output } = await this.type(instance, line);
    assert.equal(exitCode, 0, `${line}: ${output}`);
    return output;
  }
}
