import assert from 'node:assert/strict';
import type { Scope } from '../../../../src/app/appModel';
import { runChange } from '../../../../src/app/changes/runChange';
import { installError, planTcpdumpInstall, predictRepository } from '../../../../src/app/operations/installTcpdump';
import { runOnInstance } from '../../../../src/app/operations/runOnInstance';
import { LabError } from '../../../../src/core/errors';
import { instanceId } from '../../../../src/core/ids';
import type { Instance } from '../../../../src/core/network';
import { valueOr } from '../../../../src/core/reading';
import { PracticeScopes } from '../../../support/practiceScopes';

const ID = instanceId('i-0123456789abcdef0');

/** The consumer's instance, without tcpdump. */
class Site {
  readonly practice = new PracticeScopes();
  readonly scope: Scope = this.practice.consumer;
  readonly instance: Instance;
  readonly reports: string[] = [];

  private constructor(instance: Instance) {
    this.instance = instance;
  }

  static async open(): Promise<Site> {
    const first = new PracticeScopes();
    const { instances } = await first.consumer.gateways();
    const [instance] = await first.run(instances.listInstances());
    first.dispose();
    assert.ok(instance);
    const site = new Site(instance);
    await site.online();
    await site.shell('sudo dnf -y remove tcpdump');
    return site;
  }

  async online(): Promise<void> {
    const { instances } = await this.scope.gateways();
    const isOnline = async () => (await instances.listSessionManagerStatus()).get(this.instance.id) === 'online';
    while (!(await this.practice.run(isOnline()))) await this.practice.pass(5_000);
  }

  async shell(command: string): Promise<string> {
    const { sessions } = await this.scope.gateways();
    const { ports } = this.practice;
    const { output } = await this.practice.run(runOnInstance(sessions, this.instance.id, command, { ports }));
    return output.trim();
  }

  /** Nobody answers any more where the repository's name leads. */
  silenceRepository(): Promise<string> {
    const name = 'al2023-repos-ap-south-1-de612dc2.s3.dualstack.ap-south-1.amazonaws.com';
    return this.shell(`sudo dnf clean all; echo 10.99.99.99 ${name} | sudo tee -a /etc/hosts`);
  }

  /** Takes away every way out of the VPC. */
  async cutOff(): Promise<void> {
    const { network, routes } = await this.scope.gateways();
    const { routeTables } = await this.practice.run(network.readSnapshot(['routeTables']));
    for (const { id, routes: rows } of valueOr(routeTables, []))
      for (const { destination, target } of rows)
        if (target.kind !== 'local' && destination.kind === 'cidr')
          await this.practice.run(routes.deleteRoute({ routeTableId: id, destination: destination.cidr }));
  }

  async plan() {
    const repository = await this.practice.run(
      predictRepository(this.scope, this.instance, new AbortController().signal),
    );
    return planTcpdumpInstall(this.scope, this.instance, repository, this.practice.ports);
  }

  async install(scope: Scope = this.scope, signal = new AbortController().signal) {
    const change = await this.plan();
    return this.practice.run(runChange(scope, change, { signal, report: line => this.reports.push(line) }));
  }
}

describe('installing tcpdump on an instance', () => {
  before(PracticeScopes.load);

  it('names instance, command and the way to the repository, installs it, and tells how far it is', async () => {
    const site = await Site.open();
    const change = await site.plan();
    assert.match(change.facts.map(({ text }) => text).join('\n'), /i-[0-9a-f]+\nsudo dnf -y install tcpdump\n.*s3/);
    assert.deepEqual(change.warnings, []);
    assert.match(change.commandLines[0] ?? '', /^aws ssm start-session .*AWS-StartInteractiveCommand/);
    const { kind } = await site.install();
    assert.equal(kind, 'done');
    assert.equal(await site.shell('command -v tcpdump'), '/usr/sbin/tcpdump');
    assert.ok(site.reports.length > 0);
    assert.ok(site.reports.every(line => !line.includes('vpc-labs-')));
    site.practice.dispose();
  });

  it('is refused through a scope that is read-only', async () => {
    const site = await Site.open();
    const outcome = await site.install({ ...site.scope, isReadOnly: true });
    assert.ok(outcome.kind === 'stopped' && outcome.error instanceof LabError);
    assert.equal(outcome.error.code, 'scopeReadOnly');
    site.practice.dispose();
  });

  it('says that sudo wants a password', async () => {
    const site = await Site.open();
    await site.shell('sudo rm /etc/sudoers.d/ssm-agent-users');
    const outcome = await site.install();
    assert.ok(outcome.kind === 'stopped' && outcome.error instanceof LabError);
    assert.equal(outcome.error.code, 'captureNotPermitted');
    site.practice.dispose();
  });

  it('warns of a subnet without a way to the repository, and names what is missing', async () => {
    const site = await Site.open();
    await site.cutOff();
    const { warnings } = await site.plan();
    assert.match(
      warnings[0] ?? '',
      /repository of Amazon Linux is in S3, and will not be reached\..* has no route there/,
    );
    assert.match(warnings[1] ?? '', /gateway endpoint for S3/);
    site.practice.dispose();
  });

  it('does not wait long for a repository that does not answer, and says so', async () => {
    const site = await Site.open();
    await site.silenceRepository();
    const startMs = site.practice.timeline.now();
    const outcome = await site.install();
    assert.ok(outcome.kind === 'stopped' && outcome.error instanceof LabError);
    const { code, parameters } = outcome.error;
    assert.deepEqual([code, parameters.installer], ['repositoryUnreachable', 'dnf']);
    assert.match(parameters.detail ?? '', /Timeout was reached|Failed to connect/);
    assert.ok(site.practice.timeline.now() - startMs < 240_000);
    site.practice.dispose();
  });

  it('leaves no session and no dnf when it is cancelled', async () => {
    const site = await Site.open();
    await site.silenceRepository();
    const abort = new AbortController();
    const change = await site.plan();
    const running = runChange(site.scope, change, { signal: abort.signal, report: line => site.reports.push(line) });
    await site.practice.pass(20_000);
    abort.abort();
    const outcome = await site.practice.run(running);
    assert.ok(outcome.kind === 'stopped' && outcome.error instanceof Error);
    assert.equal(outcome.error.name, 'AbortError');
    await site.practice.pass(1_000);
    assert.equal(await site.shell('pgrep -x dnf; command -v tcpdump'), '');
    site.practice.dispose();
  });
});

describe('what the installer says', () => {
  const said = (output: string, exitCode: number) => {
    const { code, parameters } = installError(output, exitCode, { id: ID }, undefined);
    return [code, parameters.detail, parameters.installer];
  };

  it('is that the repository cannot be reached, by each of the programs', () => {
    const dnf = 'Curl error (28): Timeout was reached for https://al2023-repos.s3.amazonaws.com';
    assert.deepEqual(said(`==installer dnf\n  - ${dnf}\nError: it failed\n`, 1), [
      'repositoryUnreachable',
      `- ${dnf}`,
      'dnf',
    ]);
    const yum = 'Cannot find a valid baseurl for repo: amzn2-core/2/x86_64';
    assert.deepEqual(said(`==installer yum\n${yum}\n`, 1), ['repositoryUnreachable', yum, 'yum']);
    const apt = "Err:1 http://deb.debian.org stable InRelease Temporary failure resolving 'deb.debian.org'";
    assert.deepEqual(said(`==installer apt-get\n${apt}\nE: x\n`, 100), ['repositoryUnreachable', apt, 'apt-get']);
    assert.deepEqual(said('==installer dnf\n', 124), ['repositoryUnreachable', '', 'dnf']);
  });

  it('is that sudo refuses, that there is no installer, or its own last words', () => {
    assert.equal(said('==installer dnf\nsudo: a password is required\n', 1)[0], 'captureNotPermitted');
    assert.equal(said('', 90)[0], 'installFailed');
    const full = 'Error: At least 3MB more space needed on the / filesystem.';
    assert.deepEqual(said(`==installer dnf\nx\n${full}\n`, 1), ['installFailed', full, 'dnf']);
  });
});
