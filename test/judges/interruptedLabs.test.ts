/** Every lab is stopped dead at each of its changes, the answer lost; a new process then cleans up with what stands on the ledger. */
import assert from 'node:assert/strict';
import { cleanUp } from '../../src/app/labs/cleanUp';
import type { InstanceWork } from '../../src/app/labs/instanceWork';
import { readLabWorld } from '../../src/app/labs/readLabWorld';
import { type LabAccount, runLab } from '../../src/app/labs/runLab';
import { ProcessLedgerLog } from '../../src/cli/lab/processLedgerLog';
import { LabError } from '../../src/core/errors';
import { judge } from '../../src/core/judge';
import type { CloudGateways } from '../../src/core/ports/gateways';
import { need } from '../../src/core/reading';
import type { Reading } from '../../src/core/snapshot';
import type { Breakage, Lab } from '../../src/labs/lab';
import { labs } from '../../src/labs/labs';
import type { AccountRole } from '../../src/labs/labWorld';
import { labLedger } from '../support/labLedger';
import { ec2Service, instanceInterfaceId, snapshot } from '../support/networkBuilders';
import { PracticeScopes } from '../support/practiceScopes';

const runId = 'stopped';

/** Nothing is captured here, so the run has to go on without proofs: as it does after a mistake on purpose, which this one is not. */
const noMistake: Breakage = { id: 'none', title: '' as Breakage['title'], alter: action => [action] };

const nothing = { packets: 0, conversations: [], untrackedPackets: 0, names: [] };
const silent = (commandLine: string) => ({ commandLine, exitCode: 0, output: '' });
const work: InstanceWork = {
  run: async (_instance, commandLine) => silent(commandLine),
  logIn: async (_instance, _endpoint, commandLine) => silent(commandLine),
  captureWhile: async (_watch, { commandLine }) => ({
    result: silent(commandLine),
    capture: nothing,
    verdict: judge(nothing, snapshot({}), {
      networkInterfaceId: instanceInterfaceId,
      serviceName: ec2Service,
      port: 443,
    }),
    packetLines: [],
  }),
};

/** Lets a number of changes through; the last one is done but not answered, and nothing is possible from then on. */
class Crash {
  changes = 0;

  constructor(private readonly lastChange: number) {}

  wrap(gateways: CloudGateways): CloudGateways {
    return new Proxy(gateways, { get: (whole, key) => this.#gateway(Reflect.get(whole, key)) });
  }

  #gateway(gateway: unknown): unknown {
    if (typeof gateway !== 'object' || gateway === null) return gateway;
    return new Proxy(gateway, {
      get: (port, name) => {
        const method: unknown = Reflect.get(port, name);
        return typeof method === 'function'
          ? (...given: readonly unknown[]) => this.#call(String(name), () => method.apply(port, given))
          : method;
      },
    });
  }

  async #call(name: string, call: () => Promise<unknown>): Promise<unknown> {
    if (this.changes >= this.lastChange) throw new LabError('cloudUnreachable');
    if (/^(?:list|find|read|has|describe|who)/.test(name)) return call();
    this.changes++;
    const isLast = this.changes === this.lastChange;
    const answer = await call();
    if (isLast) throw new LabError('cloudUnreachable');
    return answer;
  }
}

/** What there is in an account, by ids, and what its VPCs are set to. */
async function inventory(gateways: CloudGateways, lab: Lab): Promise<readonly string[]> {
  const world = await readLabWorld(new Map([['student', gateways]]), lab, runId);
  const site = world.get('student');
  assert.ok(site);
  const { snapshot: network } = site;
  const parts: readonly (Reading<readonly { readonly id: string; readonly state?: string }[]> | undefined)[] = [
    network.vpcs,
    network.subnets,
    network.routeTables,
    network.internetGateways,
    network.natGateways,
    network.securityGroups,
    network.networkInterfaces,
    network.endpoints,
    network.instances,
    site.instanceConnectEndpoints,
  ];
  const things = parts.flatMap(part => (part?.known ? part.value : []));
  const living = things.filter(({ state }) => !['deleted', 'deleteComplete', 'terminated'].includes(state ?? ''));
  const profiles = await gateways.roles.listInstanceProfiles();
  const attributes = [...network.dnsAttributes].map(([vpcId, each]) => JSON.stringify([vpcId, need(each)]));
  const rules = need(network.securityGroups).flatMap(group => group.rules.map(({ id }) => id));
  return [...living.map(({ id }) => id), ...profiles.map(({ name }) => name), ...attributes, ...rules].sort();
}

/** Resolves with how many changes the lab made before it was stopped. */
async function stopAt(lab: Lab, lastChange: number): Promise<number> {
  const practice = new PracticeScopes('default-vpc');
  try {
    const scopes = practice.scopes.slice(0, lab.accounts.length);
    const real = await Promise.all(scopes.map(async scope => [scope.id, await scope.gateways()] as const));
    const look = () => practice.run(Promise.all(real.map(([, gateways]) => inventory(gateways, lab))));
    const before = await look();
    const crash = new Crash(lastChange);
    const accounts = new Map<AccountRole, LabAccount>();
    for (const [index, role] of lab.accounts.entries()) {
      const [scopeId, gateways] = real[index] ?? assert.fail();
      accounts.set(role, { scopeId, gateways: crash.wrap(gateways), work });
    }
    const log = new ProcessLedgerLog();
    const clock = practice.timeline;
    const timing = { clock, runId, pollMs: 1000, patienceMs: 120_000 };
    await practice.run(runLab(lab, { accounts, ledger: labLedger(log), breakage: noMistake, isKept: true, ...timing }));
    const survivors = await practice.run(
      cleanUp({ gateways: new Map(real), ledger: labLedger(log), ...timing, patienceMs: 600_000 }),
    );
    assert.deepEqual(survivors, [], `${lab.id}, stopped at change ${lastChange}`);
    assert.deepEqual(await look(), before, `${lab.id}, stopped at change ${lastChange}`);
    return crash.changes;
  } finally {
    practice.dispose();
  }
}

describe('a lab that is stopped dead', function () {
  this.timeout(20 * 60_000);

  before(() => PracticeScopes.load());

  for (const lab of labs) {
    it(`leaves nothing of ${lab.id} behind, whatever its last change was`, async () => {
      const all = await stopAt(lab, Number.POSITIVE_INFINITY);
      assert.ok(all >= 5, `${all} changes`);
      for (let last = 1; last <= all; last++) assert.equal(await stopAt(lab, last), last);
    });
  }
});
