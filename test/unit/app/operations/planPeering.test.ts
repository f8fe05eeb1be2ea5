import assert from 'node:assert/strict';
import type { Scope } from '../../../../src/app/appModel';
import { runChange } from '../../../../src/app/changes/runChange';
import { defaultRoutes, peeringRoutes } from '../../../../src/app/operations/peeringRoutes';
import { planPeering } from '../../../../src/app/operations/planPeering';
import { canAnswer, planPeeringAnswer } from '../../../../src/app/operations/planPeeringAnswer';
import { planPeeringDns } from '../../../../src/app/operations/planPeeringDns';
import { planPeeringRemoval } from '../../../../src/app/operations/planPeeringRemoval';
import { planPeeringRoutes } from '../../../../src/app/operations/planPeeringRoutes';
import { openSides } from '../../../../src/app/peering/openSides';
import { PeeringStore } from '../../../../src/app/peering/peeringStore';
import { PendingStore } from '../../../../src/app/requests/pendingStore';
import { LabError } from '../../../../src/core/errors';
import { vpcId } from '../../../../src/core/ids';
import type { PeeringSide } from '../../../../src/core/peering';
import { PeeringRig } from '../../../support/peeringRig';
import { PracticeScopes } from '../../../support/practiceScopes';

const ownEnd = ({ accountId, region, vpcId }: PeeringSide) => ({ accountId, region, vpcId, cidrBlocks: [] });

describe('peering two VPCs', () => {
  let rig: PeeringRig;
  before(() => PracticeScopes.load());
  beforeEach(() => {
    rig = new PeeringRig();
  });
  afterEach(() => rig.dispose());

  const ends = async () => ({
    own: await rig.vpc(rig.provider, '10.71.0.0/16'),
    other: await rig.vpc(rig.consumer, '10.72.0.0/16'),
    name: undefined,
  });

  it('asks for it, accepts it as the other account, and is active', async () => {
    const plan = planPeering(rig.provider, { ...(await ends()), name: "a'b", accepter: rig.consumer });
    assert.match(plan.commandLines[0] ?? '', /^PEERING_ID=\$\(aws ec2 create-vpc-peering-connection .*--query /);
    assert.equal((await rig.do(rig.provider, plan)).state, 'active');
  });

  it('leaves it waiting for an account that is not at hand, and shows it in that inbox', async () => {
    const { id, state } = await rig.do(rig.provider, planPeering(rig.provider, await ends()));
    assert.equal(state, 'pendingAcceptance');
    const inbox = new PendingStore(rig.practice.timeline);
    assert.deepEqual(
      (await rig.practice.run(inbox.load(rig.consumer))).map(entry => [entry.kind, entry.id]),
      [['peering', id]],
    );
    assert.deepEqual(await rig.practice.run(inbox.load(rig.provider)), []);
    inbox.dispose();
  });

  it('peers VPCs of two regions', async () => {
    const [, consumerThere] = rig.practice.in('us-east-1');
    assert.ok(consumerThere);
    const own = await rig.vpc(rig.provider, '10.71.0.0/16');
    const other = await rig.vpc(consumerThere, '10.72.0.0/16');
    const plan = planPeering(rig.provider, { own, other, name: undefined, accepter: consumerThere });
    assert.equal((await rig.do(rig.provider, plan)).accepter.region, 'us-east-1');
  });

  it('sees overlapping ranges, and a VPC with itself, before anything is asked', async () => {
    const own = await rig.vpc(rig.provider, '10.71.0.0/16');
    const other = await rig.vpc(rig.consumer, '10.71.0.0/16');
    const plan = planPeering(rig.provider, { own, other, name: undefined });
    assert.match(plan.warnings[0] ?? '', /10\.71\.0\.0\/16/);
    await assert.rejects(rig.do(rig.provider, plan), { code: 'peeringOverlap' });
    const itself = planPeering(rig.provider, { own, other: own, name: undefined });
    await assert.rejects(rig.do(rig.provider, itself), { code: 'peeringWithItself' });
    assert.deepEqual(await rig.practice.run(rig.store.refresh(rig.provider)), []);
  });

  it('does not ask twice for the same two VPCs, from whichever side', async () => {
    const input = await ends();
    const { id } = await rig.do(rig.provider, planPeering(rig.provider, input));
    await assert.rejects(rig.do(rig.provider, planPeering(rig.provider, input)), (error: LabError) => {
      assert.equal(error.code, 'peeringExists');
      assert.equal(error.parameters.id, id);
      return true;
    });
    const back = planPeering(rig.consumer, { own: input.other, other: input.own, name: undefined });
    await assert.rejects(rig.do(rig.consumer, back), { code: 'peeringExists' });
  });

  it('says what AWS finds wrong only afterwards, and names nothing to remove', async () => {
    const { own, other } = await ends();
    const lost = { ...other, vpcId: vpcId('vpc-00000000000000bad'), cidrBlocks: [] };
    const outcome = await rig.practice.run(
      runChange(rig.provider, planPeering(rig.provider, { own, other: lost, name: undefined })),
    );
    assert.ok(outcome.kind === 'stopped' && outcome.error instanceof LabError);
    assert.equal(outcome.error.code, 'peeringFailed');
    assert.deepEqual(outcome.made, []);
  });

  it('names what exists when the accepter may not be changed, and takes it away', async () => {
    const input = { ...(await ends()), accepter: { ...rig.consumer, isReadOnly: true } };
    const outcome = await rig.practice.run(runChange(rig.provider, planPeering(rig.provider, input)));
    assert.ok(outcome.kind === 'stopped' && outcome.made[0]);
    await rig.practice.run(outcome.made[0].remove({}));
    const [left] = await rig.practice.run(rig.store.refresh(rig.provider));
    assert.equal(left?.connection.state, 'deleted');
  });

  it('does nothing through a scope that is read-only', async () => {
    const plan = planPeering(rig.provider, await ends());
    await assert.rejects(rig.do({ ...rig.provider, isReadOnly: true }, plan), { code: 'scopeReadOnly' });
  });

  describe('that wait', () => {
    const waiting = async () => {
      const { id } = await rig.do(rig.provider, planPeering(rig.provider, await ends()));
      return rig.details(rig.consumer, id);
    };

    it('are accepted by the other account, or rejected', async () => {
      const details = await waiting();
      assert.ok(canAnswer(details));
      assert.deepEqual(details.lacks[0], { kind: 'notAccepted', accountId: details.connection.accepter.accountId });
      await rig.do(rig.consumer, planPeeringAnswer(rig.consumer, 'accept', details));
      assert.equal((await rig.details(rig.consumer, details.connection.id)).connection.state, 'active');
    });

    it('cannot be accepted by the account that asked, nor once rejected', async () => {
      const details = await waiting();
      assert.equal(canAnswer(await rig.details(rig.provider, details.connection.id)), false);
      await assert.rejects(rig.do(rig.provider, planPeeringAnswer(rig.provider, 'accept', details)), {
        code: 'peeringNotAnswerable',
      });
      await rig.do(rig.consumer, planPeeringAnswer(rig.consumer, 'reject', details));
      await assert.rejects(rig.do(rig.consumer, planPeeringAnswer(rig.consumer, 'accept', details)), {
        code: 'peeringNotAnswerable',
      });
    });
  });

  describe('once active', () => {
    const active = async () => {
      const input = { ...(await ends()), accepter: rig.consumer };
      return rig.do(rig.provider, planPeering(rig.provider, input));
    };
    const scopes = () => [rig.provider, rig.consumer];
    const wanted = async (connection: Awaited<ReturnType<typeof active>>) =>
      peeringRoutes(connection, await rig.practice.run(openSides(connection, scopes())));

    it('get routes both ways, after which nothing of the routes is missing and none is wanted', async () => {
      const connection = await active();
      const before = await rig.details(rig.provider, connection.id);
      assert.deepEqual(
        before.lacks.map(({ kind }) => kind),
        ['noRoute', 'notAdmitted'],
      );
      const routes = await wanted(connection);
      assert.deepEqual(
        routes.map(({ scope, route }) => [scope.label, route.destination]),
        [
          ['provider', '10.72.0.0/16'],
          ['consumer', '10.71.0.0/16'],
        ],
      );
      const plan = planPeeringRoutes(connection, routes);
      assert.equal(plan.commandLines.length, 2);
      await rig.do(rig.provider, plan);
      for (const scope of scopes()) {
        const { lacks, sides } = await rig.details(scope, connection.id);
        assert.deepEqual(
          lacks.map(({ kind }) => kind),
          ['notAdmitted'],
        );
        assert.equal(sides.find(({ isOwn }) => isOwn)?.tables?.[0]?.routes.length, 1);
      }
      assert.deepEqual(await wanted(connection), []);
    });

    it('show the other account’s tables and what it lacks, where a scope sees them', async () => {
      const { id } = await active();
      const silent = { ...rig.consumer, gateways: () => Promise.reject(new Error('no answer')) };
      const seen = async (others: readonly Scope[]) => {
        const store = new PeeringStore(rig.practice.timeline, { scopes: [rig.provider, ...others] });
        await rig.practice.run(store.refresh(rig.provider));
        const found = store.find(rig.provider, id);
        store.dispose();
        return [found?.sides.map(({ isOwn, tables }) => [isOwn, tables?.length]), found?.lacks.map(({ kind }) => kind)];
      };
      const alone = [
        [
          [true, 1],
          [false, undefined],
        ],
        ['noRoute', 'notAdmitted'],
      ];
      assert.deepEqual(await seen([]), alone);
      assert.deepEqual(await seen([silent]), alone);
      assert.deepEqual(await seen([rig.consumer]), [
        [
          [true, 1],
          [false, 1],
        ],
        ['noRoute', 'notAdmitted', 'noRoute', 'notAdmitted'],
      ]);
    });

    it('replace a route only when it leads nowhere, unless asked to', async () => {
      const connection = await active();
      const [own] = await wanted(connection);
      assert.ok(own);
      const { internetAccess, routes } = await rig.practice.run(rig.provider.gateways());
      const gateway = await rig.practice.run(internetAccess.createInternetGateway({}));
      await rig.practice.run(internetAccess.attachInternetGateway(gateway.id, connection.requester.vpcId));
      const target = { kind: 'internetGateway', id: gateway.id } as const;
      await rig.practice.run(routes.createRoute({ ...own.route, target }));
      const all = await wanted(connection);
      assert.equal(defaultRoutes(all).length, 1);
      const plan = planPeeringRoutes(connection, all);
      assert.match(plan.warnings[0] ?? '', /elsewhere/);
      await rig.do(rig.provider, plan);
      assert.deepEqual(await wanted(connection), []);
    });

    it('leave no half of the routes unnamed when the second is refused', async () => {
      const connection = await active();
      const [one, two] = await wanted(connection);
      assert.ok(one && two);
      const readOnly = { ...two, scope: { ...two.scope, isReadOnly: true } };
      const outcome = await rig.practice.run(runChange(rig.provider, planPeeringRoutes(connection, [one, readOnly])));
      assert.ok(outcome.kind === 'stopped');
      assert.deepEqual(
        outcome.made.map(({ id }) => id),
        [`${one.table.id}/10.72.0.0/16`],
      );
    });

    it('answer names privately when each side says so, but not for a VPC without DNS host names', async () => {
      const connection = await active();
      const details = await rig.details(rig.provider, connection.id);
      const plan = planPeeringDns(rig.provider, details, 'requester', true);
      await assert.rejects(rig.do(rig.provider, plan), { code: 'peeringDnsNeedsVpcAttributes' });
      for (const [scope, id] of [
        [rig.provider, connection.requester.vpcId],
        [rig.consumer, connection.accepter.vpcId],
      ] as const) {
        const { network } = await rig.practice.run(scope.gateways());
        await rig.practice.run(network.setVpcDnsAttribute(id, 'enableDnsHostnames', true));
      }
      await rig.do(rig.provider, plan);
      assert.equal(
        (await rig.details(rig.provider, connection.id)).connection.requester.allowsRemoteDnsResolution,
        true,
      );
      const foreign = planPeeringDns(rig.provider, details, 'accepter', true);
      await assert.rejects(rig.do(rig.provider, foreign), { code: 'peeringNotAnswerable' });
    });

    it('are deleted with their routes, or leave black holes that are named before', async () => {
      const connection = await active();
      await rig.do(rig.provider, planPeeringRoutes(connection, await wanted(connection)));
      const details = await rig.details(rig.provider, connection.id);
      assert.match(planPeeringRemoval(rig.provider, details, false).losses.join('\n'), /10\.72\.0\.0\/16 .*black hole/);
      await rig.do(rig.provider, planPeeringRemoval(rig.provider, details, true));
      assert.deepEqual((await rig.details(rig.provider, connection.id)).lacks, []);
      const there = await rig.details(rig.consumer, connection.id);
      assert.deepEqual(
        there.lacks.map(({ kind }) => kind),
        ['blackhole'],
      );
    });

    it('are not deleted while rejected, and deleting them again is no error', async () => {
      const connection = await active();
      const details = await rig.details(rig.provider, connection.id);
      await rig.do(rig.provider, planPeeringRemoval(rig.provider, details, false));
      await rig.do(rig.provider, planPeeringRemoval(rig.provider, details, false));
      const again = { own: ownEnd(connection.requester), other: ownEnd(connection.accepter), name: undefined };
      const { id } = await rig.do(rig.provider, planPeering(rig.provider, again));
      const waiting = await rig.details(rig.consumer, id);
      await rig.do(rig.consumer, planPeeringAnswer(rig.consumer, 'reject', waiting));
      await assert.rejects(rig.do(rig.provider, planPeeringRemoval(rig.provider, waiting, false)), {
        code: 'peeringNotAnswerable',
      });
    });
  });
});
