import assert from 'node:assert/strict';
import type { Scope } from '../../src/app/appModel';
import { runChange } from '../../src/app/changes/runChange';
import type { PeeringDetails } from '../../src/app/peering/peeringDetails';
import { PeeringStore } from '../../src/app/peering/peeringStore';
import { type PeeringEndChoice, readPeeringEnds } from '../../src/app/peering/readPeeringEnds';
import type { PeeringConnectionId } from '../../src/core/ids';
import { PracticeScopes } from './practiceScopes';

interface Change<Result> {
  run: Parameters<typeof runChange<Result>>[1]['run'];
}

/** Two accounts with a VPC each that may be peered, on virtual time. */
export class PeeringRig {
  readonly practice = new PracticeScopes();
  readonly store = new PeeringStore(this.practice.timeline);

  get provider(): Scope {
    return this.practice.provider;
  }

  get consumer(): Scope {
    return this.practice.consumer;
  }

  /** A new VPC with one subnet that uses its main table. */
  async vpc(scope: Scope, cidrBlock: string): Promise<PeeringEndChoice> {
    const { vpcs } = await this.practice.run(scope.gateways());
    const { id } = await this.practice.run(vpcs.createVpc({ cidrBlock, tags: {} }));
    await this.practice.run(
      vpcs.createSubnet({
        vpcId: id,
        cidrBlock: cidrBlock.replace(/\/.*/, '/24'),
        availabilityZone: undefined,
        tags: {},
      }),
    );
    const found = (await this.practice.run(readPeeringEnds(scope))).find(({ vpcId }) => vpcId === id);
    assert.ok(found);
    return found;
  }

  /** What a change made; rejects with what stopped it. */
  async do<Result>(scope: Scope, change: Change<Result>): Promise<Result> {
    const outcome = await this.practice.run(runChange(scope, change));
    if (outcome.kind === 'stopped') throw outcome.error;
    return outcome.result;
  }

  async details(scope: Scope, id: PeeringConnectionId): Promise<PeeringDetails> {
    await this.practice.run(this.store.refresh(scope));
    const found = this.store.find(scope, id);
    assert.ok(found);
    return found;
  }

  dispose(): void {
    this.store.dispose();
    this.practice.dispose();
  }
}
