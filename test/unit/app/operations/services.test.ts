import assert from 'node:assert/strict';
import type { PlannedChange } from '../../../../src/app/changes/plannedChange';
import { removeMade, runChange } from '../../../../src/app/changes/runChange';
import {
  planAcceptanceChange,
  planLoadBalancerChange,
  planPrincipalChange,
  planPrivateDnsNameChange,
  planVerification,
} from '../../../../src/app/operations/changeService';
import { planService, type ServiceRequest } from '../../../../src/app/operations/planService';
import { planServiceFromInstance } from '../../../../src/app/operations/planServiceFromInstance';
import { readServiceChoices } from '../../../../src/app/operations/readServiceChoices';
import {
  hasConnections,
  planLoadBalancerRemoval,
  planServiceRemoval,
} from '../../../../src/app/operations/removeService';
import { verificationRecordName } from '../../../../src/core/endpointServiceConfiguration';
import type { LabError } from '../../../../src/core/errors';
import { ProviderWorld } from '../../../support/providerWorld';

const request: ServiceRequest = {
  name: 'web',
  isAcceptanceRequired: true,
  principals: [],
  privateDnsName: undefined,
};
const codeOf = (outcome: { readonly kind: string; readonly error?: unknown }) => (outcome.error as LabError)?.code;

describe('operations on endpoint services of the practice cloud', function () {
  this.timeout(30_000);
  let world: ProviderWorld;
  beforeEach(async () => {
    world = await ProviderWorld.start();
  });
  afterEach(() => world.dispose());

  const run = <T>(change: { run: PlannedChange<T>['run'] }) => world.run(runChange(world.provider, change));
  const done = async <T>(change: { run: PlannedChange<T>['run'] }): Promise<T> => {
    const outcome = await run(change);
    if (outcome.kind !== 'done') throw outcome.error;
    return outcome.result;
  };

  describe('from a load balancer', () => {
    it('makes a service that the named account may ask for, and says the AWS CLI lines', async () => {
      const balancer = await world.addLoadBalancer('web');
      const consumer = await world.accountOf(world.consumer);
      const principals = [`arn:aws:iam::${consumer}:root`];
      const plan = planService(world.provider, balancer, { ...request, principals }, { clock: world.timeline });
      const service = await done(plan);
      const details = await world.details(service.id);
      assert.deepEqual(
        details.principals?.map(({ principal, kind }) => [principal, kind]),
        [[principals[0], 'account']],
      );
      assert.equal(details.loadBalancers[0]?.balancer?.name, 'web');
      assert.equal((await world.connect(service.serviceName)).state, 'pendingAcceptance');
      assert.match(plan.commandLines[0] ?? '', /^SERVICE_ID=\$\(aws ec2 create-vpc-endpoint-service-configuration/);
      assert.match(plan.commandLines[1] ?? '', /--service-id "\$SERVICE_ID" --add-allowed-principals/);
    });

    it('is allowed beforehand, and refused when the balancer serves another service', async () => {
      const balancer = await world.addLoadBalancer('web');
      const plan = planService(world.provider, balancer, request, { clock: world.timeline });
      await assert.rejects(world.run(plan.rehearse!({ isRehearsal: true })), { code: 'rehearsalPassed' });
      await done(plan);
      const outcome = await run(planService(world.provider, balancer, request, { clock: world.timeline }));
      assert.equal(codeOf(outcome), 'loadBalancerTaken');
      assert.deepEqual(outcome.kind === 'stopped' && outcome.made, []);
      assert.equal((await world.run(readServiceChoices(world.provider))).freeBalancers.length, 0);
    });

    it('names what is there when a principal is refused, and can remove it', async () => {
      const balancer = await world.addLoadBalancer('web');
      const principals = ['arn:aws:s3:::bucket'];
      const outcome = await run(
        planService(world.provider, balancer, { ...request, principals }, { clock: world.timeline }),
      );
      assert.equal(codeOf(outcome), 'principalRefused');
      const made = outcome.kind === 'stopped' ? outcome.made : [];
      assert.match(made[0]?.label ?? '', /^endpoint service vpce-svc-/);
      assert.deepEqual(await world.run(removeMade(made)), []);
      const { endpointServices } = await world.provider.gateways();
      assert.deepEqual(await world.run(endpointServices.listOwnServices()), []);
    });
  });

  describe('from an instance', () => {
    const planFrom = async (port = 80) => {
      const choices = await world.run(readServiceChoices(world.provider));
      const instance = choices.instances[0]!;
      return planServiceFromInstance(world.provider, choices, { instance, port }, request, { clock: world.timeline });
    };

    it('makes target group, load balancer and listener on the way, and waits until it is active', async () => {
      const plan = await planFrom();
      assert.ok(plan.hourlyPriceUsd > 0);
      const service = await done(plan);
      await world.pass(60_000);
      const [balancer] = (await world.details(service.id)).loadBalancers;
      assert.equal(balancer?.balancer?.state, 'active');
      assert.deepEqual(
        balancer?.listeners.map(({ protocol, port }) => `${protocol} ${port}`),
        ['TCP 80'],
      );
      assert.equal(balancer?.targetGroups[0]?.targets.length, 1);
      assert.ok((balancer?.balancer?.zones.length ?? 0) > 1);
      const { loadBalancers } = await world.provider.gateways();
      const attributes = await world.run(loadBalancers.readLoadBalancerAttributes(balancer!.arn));
      assert.equal(attributes['load_balancing.cross_zone.enabled'], 'true');
    });

    it('cancelled while the load balancer is set up, says what exists and can remove all of it', async () => {
      const abort = new AbortController();
      const plan = await planFrom();
      const report = (text: string) => {
        if (text === 'Waiting for the load balancer') abort.abort();
      };
      const stopped = await world.run(runChange(world.provider, plan, { signal: abort.signal, report }));
      const { loadBalancers } = await world.provider.gateways();
      const made = stopped.kind === 'stopped' ? stopped.made : [];
      assert.deepEqual(
        made.map(({ label }) => label.split(' vpc-labs-')[0]),
        ['target group', 'load balancer'],
      );
      assert.deepEqual(await world.run(removeMade(made)), []);
      assert.deepEqual(await world.run(loadBalancers.listLoadBalancers()), []);
      assert.deepEqual(await world.run(loadBalancers.listTargetGroups()), []);
    });

    it('takes a free name the second time, and warns when no group admits the port', async () => {
      await done(await planFrom());
      const second = await planFrom(8443);
      assert.match(second.warnings.join(' '), /admits TCP 8443/);
      const target = second.facts.find(({ icon }) => icon === 'target');
      assert.match(target?.text ?? '', /-2, made on the way$/);
    });
  });

  describe('changes', () => {
    it('switches acceptance, and connects the next endpoint by itself', async () => {
      const service = await world.addService(await world.addLoadBalancer('web'));
      const plan = planAcceptanceChange({ scope: world.provider, service }, false);
      assert.match(plan.commandLines[0] ?? '', /--no-acceptance-required$/);
      await done(plan);
      assert.equal((await world.details(service.id)).service.isAcceptanceRequired, false);
      assert.equal((await world.connect(service.serviceName)).state, 'pending');
    });

    it('allows and removes principals; those that AWS refuses leave all as it was', async () => {
      const service = await world.addService(await world.addLoadBalancer('web'), false);
      const place = { scope: world.provider, service };
      const root = 'arn:aws:iam::444455556666:root';
      await done(planPrincipalChange(place, { add: [root], remove: [] }));
      const refused = await run(planPrincipalChange(place, { add: ['arn:aws:s3:::bucket'], remove: [] }));
      assert.equal(codeOf(refused), 'principalRefused');
      assert.equal((await world.details(service.id)).principals?.length, 1);
      await done(planPrincipalChange(place, { add: [], remove: [root] }));
      assert.deepEqual((await world.details(service.id)).principals, []);
      assert.match(planPrincipalChange(place, { add: ['*'], remove: [] }).warnings[0] ?? '', /Every AWS account/);
    });

    it('names the TXT record of a private name; a service without one has nothing to verify', async () => {
      const service = await world.addService(await world.addLoadBalancer('web'));
      const place = { scope: world.provider, service };
      assert.equal(codeOf(await run(planVerification(place))), 'requestRefused');
      await done(planPrivateDnsNameChange(place, 'api.example.com'));
      const named = (await world.details(service.id)).service;
      assert.equal(named.privateDnsName?.state, 'pendingVerification');
      assert.match(verificationRecordName(named.privateDnsName!), /^_[a-z0-9]+\.api\.example\.com$/);
      await done(planVerification({ scope: world.provider, service: named }));
      await done(planPrivateDnsNameChange({ scope: world.provider, service: named }, undefined));
      assert.equal((await world.details(service.id)).service.privateDnsName, undefined);
      assert.equal(codeOf(await run(planPrivateDnsNameChange(place, 'no domain'))), 'requestRefused');
    });

    it('exchanges load balancers, but not while endpoints use them', async () => {
      const [one, other] = [await world.addLoadBalancer('one'), await world.addLoadBalancer('other')];
      const service = await world.addService(one);
      const place = { scope: world.provider, service };
      await done(planLoadBalancerChange(place, { add: [other.arn], remove: [one.arn] }));
      assert.deepEqual((await world.details(service.id)).service.loadBalancerArns, [other.arn]);
      await world.connect(service.serviceName);
      const outcome = await run(planLoadBalancerChange(place, { add: [one.arn], remove: [other.arn] }));
      assert.equal(codeOf(outcome), 'serviceHasConnections');
    });

    it('do nothing through a read-only scope', async () => {
      const service = await world.addService(await world.addLoadBalancer('web'));
      const scope = { ...world.provider, isReadOnly: true };
      const outcome = await world.run(runChange(scope, planAcceptanceChange({ scope, service }, false)));
      assert.equal(codeOf(outcome), 'scopeReadOnly');
      assert.equal((await world.details(service.id)).service.isAcceptanceRequired, true);
    });
  });

  describe('deleting', () => {
    it('names the endpoints that hold the service, rejects them, and deletes it', async () => {
      const service = await world.addService(await world.addLoadBalancer('web'));
      const endpoint = await world.connect(service.serviceName);
      const plan = planServiceRemoval(world.provider, await world.details(service.id));
      assert.equal(plan.verb, 'Reject and Delete');
      assert.ok(plan.losses.some(line => line.startsWith(endpoint.id)));
      await done(plan);
      const { endpointServices } = await world.provider.gateways();
      assert.deepEqual(await world.run(endpointServices.listOwnServices()), []);
    });

    it('says so when somebody has connected in the meantime, so that the question can be asked again', async () => {
      const service = await world.addService(await world.addLoadBalancer('web'));
      const before = planServiceRemoval(world.provider, await world.details(service.id));
      assert.equal(before.verb, 'Delete Service');
      await world.connect(service.serviceName);
      const outcome = await run(before);
      assert.ok(outcome.kind === 'stopped' && hasConnections(outcome.error));
      await done(planServiceRemoval(world.provider, await world.details(service.id)));
    });

    it('finds nothing wrong in a service that is gone already', async () => {
      const service = await world.addService(await world.addLoadBalancer('web'));
      const plan = planServiceRemoval(world.provider, await world.details(service.id));
      await done(plan);
      await done(plan);
    });

    it('takes the load balancer with its target group, but not while it serves', async () => {
      const choices = await world.run(readServiceChoices(world.provider));
      const served = { instance: choices.instances[0]!, port: 80 };
      const service = await done(
        planServiceFromInstance(world.provider, choices, served, request, { clock: world.timeline }),
      );
      const details = await world.details(service.id);
      const plan = planLoadBalancerRemoval(world.provider, details.loadBalancers[0]!, world.timeline);
      assert.equal(codeOf(await run(plan)), 'loadBalancerInUse');
      await done(planServiceRemoval(world.provider, details));
      await done(plan);
      const { loadBalancers } = await world.provider.gateways();
      assert.deepEqual(await world.run(loadBalancers.listLoadBalancers()), []);
      assert.deepEqual(await world.run(loadBalancers.listTargetGroups()), []);
    });
  });
});
