import assert from 'node:assert/strict';
import { commands } from 'vscode';
import type { Scope } from '../../src/app/appModel';
import type { EndpointServiceConfiguration } from '../../src/core/endpointServiceConfiguration';
import type { VpcEndpoint } from '../../src/core/network';
import { type CommandId, views } from '../../src/ui/contributions';
import type { RequestNode } from '../../src/ui/views/requestNode';
import { editor } from '../support/editorWatch';
import {
  type Answers,
  acceptAll,
  acceptUntil,
  answerAll,
  dismiss,
  giveUp,
  practiceScopes,
  refusal,
  run,
  runFromPalette,
  whileDismissing,
  whileReadOnly,
  withoutNetwork,
} from '../support/hostCommands';
import { makeBalancer, ServiceSite } from '../support/serviceSite';
import { waitUntil } from '../support/waitUntil';

/** The commands that change a service, with what Enter alone does not answer. */
const changes = [
  ['vpcLabs.service.changeAcceptance', []],
  ['vpcLabs.service.changePrivateDnsName', [[/^A domain name of yours/, 'shop.example.com']]],
  ['vpcLabs.service.verifyPrivateDnsName', []],
  ['vpcLabs.service.allowPrincipal', [[/^Who may ask/, '444455556666']]],
  ['vpcLabs.service.removePrincipal', [[/^Who may no longer/, '444455556666']]],
  ['vpcLabs.service.changeLoadBalancers', [[/^Which load balancers/, ['shop', 'spare']]]],
] as const satisfies readonly (readonly [CommandId, Answers])[];

describe('commands of endpoint services in VS Code', () => {
  let scope: Scope;
  let consumer: Scope;
  let site: ServiceSite;
  let service: EndpointServiceConfiguration;
  let endpoint: VpcEndpoint;

  const gateway = async () => (await scope.gateways()).endpointServices;
  const fresh = async () => {
    const found = await (await gateway()).findOwnService(service.id);
    assert.ok(found);
    return found;
  };
  const principals = async () =>
    (await (await gateway()).listAllowedPrincipals(service.id)).map(({ principal }) => principal);
  /** All that the commands change; a verification goes on by itself. */
  const everything = async () => {
    const { isAcceptanceRequired, privateDnsName, loadBalancerArns } = await fresh();
    return [isAcceptanceRequired, privateDnsName?.name, loadBalancerArns, await principals()];
  };
  const shown = () => editor.tree(views.services).labels(editor.tree(views.services).underScope('provider'));
  const showing = (name: string) =>
    waitUntil(
      () => shown().includes(name),
      () => `the view to show ${name}; it shows ${shown()}`,
    );

  before(async function () {
    this.timeout(180_000);
    await run('vpcLabs.practice.reset');
    ({ provider: scope, consumer } = await practiceScopes());
    [site] = await Promise.all([ServiceSite.open(scope, consumer), makeBalancer(scope, 'spare')]);
    service = site.service;
  });

  it('show a service that somebody else made after a refresh', async () => {
    await run('vpcLabs.services.refresh');
    await showing('shop');
  });

  it('change acceptance, private name, principals and load balancers', async () => {
    for (const [id, answers] of changes) {
      assert.equal(await answerAll(run(id, { scope, service }), answers), true, id);
      if (id === 'vpcLabs.service.allowPrincipal')
        assert.deepEqual(await principals(), ['*', 'arn:aws:iam::444455556666:root']);
    }
    const { isAcceptanceRequired, privateDnsName, loadBalancerArns } = await fresh();
    assert.deepEqual(
      [isAcceptanceRequired, privateDnsName?.name, loadBalancerArns.length, await principals()],
      [false, 'shop.example.com', 2, ['*']],
    );
    // As it was, so that each can be asked for once more.
    for (const [id, answers] of [
      ['vpcLabs.service.changeLoadBalancers', [[/^Which load balancers/, 'shop']]],
      ['vpcLabs.service.allowPrincipal', [[/^Who may ask/, '444455556666']]],
    ] as const)
      assert.equal(await answerAll(run(id, { scope, service }), answers), true, id);
  });

  it('change nothing when they are given up at their summary', async () => {
    const before = await everything();
    for (const [id, answers] of changes) {
      assert.equal(await giveUp(run(id, { scope, service }), answers), false, id);
    }
    assert.deepEqual(await everything(), before);
  });

  it('change nothing through a scope that is read-only, and say so', async () => {
    const before = await everything();
    await whileReadOnly(scope, async () => {
      for (const [id, answers] of changes) {
        assert.match(await refusal(run(id, { scope, service }), answers), /read-only/, id);
      }
      assert.match(await refusal(run('vpcLabs.service.create', { scope })), /read-only/);
    });
    assert.deepEqual(await everything(), before);
  });

  it('lead back from each question to the one before, also past one that was not asked', async () => {
    const running = run('vpcLabs.service.create', { scope });
    await acceptUntil(2);
    await commands.executeCommand('workbench.action.quickInputBack');
    await waitUntil(() => editor.questions.at(-1)?.step === 1, 'the first question again');
    assert.equal(await dismiss(running), undefined);
  });

  it('make a service of a free load balancer with Enter throughout, and show it', async () => {
    assert.equal(await giveUp(run('vpcLabs.service.create', { scope })), undefined);
    const before = (await (await gateway()).listOwnServices()).length;
    assert.equal(before, 1);
    const made = await acceptAll(run<EndpointServiceConfiguration | undefined>('vpcLabs.service.create', { scope }));
    assert.equal(made?.isAcceptanceRequired, true);
    await showing('spare');
    assert.ok(made);
    const notes = editor.notes.length;
    for (const id of ['vpcLabs.service.verifyPrivateDnsName', 'vpcLabs.service.removePrincipal'] as const)
      assert.equal(await run(id, { scope, service: made }), false, id);
    assert.match(editor.notes.slice(notes).join(), /no private DNS name\..*allows nobody but its own account/);
    assert.equal(await run('vpcLabs.service.delete', { scope, service: made }), true);
  });

  it('say so when there is nothing to offer, to change or to delete', async () => {
    const notes = editor.notes.length;
    assert.equal(await run('vpcLabs.service.create', { scope: withoutNetwork(consumer) }), undefined);
    assert.equal(await runFromPalette('vpcLabs.service.changeAcceptance', /^consumer$/), false);
    assert.equal(await runFromPalette('vpcLabs.service.delete', /^consumer$/), false);
    assert.equal(await runFromPalette('vpcLabs.loadBalancer.delete', /^consumer$/), false);
    const said = editor.notes.slice(notes);
    assert.equal(said.length, 4);
    for (const note of said) assert.match(note, /^consumer has (?:no|neither)/);
  });

  it('answer requests from the palette after one dialog that names who asks, and not when it is dismissed', async () => {
    const notes = editor.notes.length;
    assert.deepEqual(await run('vpcLabs.request.accept'), []);
    assert.deepEqual(editor.notes.slice(notes), ['Nobody waits for an answer.']);
    const { endpointServices } = await scope.gateways();
    await endpointServices.modifyService(service.id, { isAcceptanceRequired: true });
    endpoint = await site.ask();
    const rejected = await site.ask();
    for (const each of [endpoint, rejected]) await site.waitForState(each, 'pendingAcceptance');
    await run('vpcLabs.pending.refresh');
    await whileDismissing(async () =>
      assert.deepEqual(await runFromPalette('vpcLabs.request.accept', /^Account 4444/), []),
    );
    assert.match(editor.dialogs.at(-1)?.detail ?? '', new RegExp(endpoint.id));
    await site.waitForState(endpoint, 'pendingAcceptance');
    const inbox = editor.tree(views.pending);
    const requests = () => inbox.underScope('provider')?.filter((node): node is RequestNode => 'request' in node) ?? [];
    await waitUntil(() => requests().length === 2, 'the inbox to show both');
    const nodeOf = ({ id }: VpcEndpoint) => requests().find(({ request }) => request.id === id);
    await whileReadOnly(scope, async () => {
      assert.match(await refusal(run('vpcLabs.request.reject', nodeOf(rejected))), /read-only/);
    });
    assert.deepEqual(await run('vpcLabs.request.reject', nodeOf(rejected)), [rejected.id]);
    assert.deepEqual(await run('vpcLabs.request.accept', nodeOf(endpoint)), [endpoint.id]);
    await site.waitForState(endpoint, 'available');
  });

  it('keep a load balancer that serves, and say so', async () => {
    assert.ok(await refusal(runFromPalette('vpcLabs.loadBalancer.delete', /^provider$/, /^shop$/)));
    await whileDismissing(async () =>
      assert.equal(await runFromPalette('vpcLabs.loadBalancer.delete', /^provider$/, /^spare$/), false),
    );
  });

  it('delete a service after one dialog that names who uses it, and not when it is dismissed', async () => {
    await whileDismissing(async () => assert.equal(await run('vpcLabs.service.delete', { scope, service }), false));
    assert.match(editor.dialogs.at(-1)?.detail ?? '', new RegExp(endpoint.id));
    await whileReadOnly(scope, async () => {
      assert.match(await refusal(run('vpcLabs.service.delete', { scope, service })), /read-only/);
    });
    service = await fresh();
    assert.equal(await run('vpcLabs.service.delete', { scope, service }), true);
    await waitUntil(() => !shown().includes('shop'), 'the view to forget it');
    assert.equal(await run('vpcLabs.service.delete', { scope, service }), true);
  });

  it('say so when the service is gone in the meantime', async () => {
    for (const [id, answers] of changes)
      assert.match(await refusal(run(id, { scope, service }), answers), /does not exist|is gone/, id);
  });

  it('delete a load balancer that serves nothing', async () => {
    assert.equal(await runFromPalette('vpcLabs.loadBalancer.delete', /^provider$/, /^spare$/), true);
    const { loadBalancers } = await scope.gateways();
    assert.deepEqual(
      (await loadBalancers.listLoadBalancers()).map(({ name }) => name),
      ['shop'],
    );
  });
});
