import type { Tags } from '../../../core/network';
import type { CallOptions } from '../../../core/ports/calls';
import type { CloudGateways } from '../../../core/ports/gateways';
import { labTag, runTag } from '../../../labs/labWorld';
import type { Ledger, LedgerRun } from '../ledger';
import type { LedgerThing } from '../things/ledgerThing';

export interface ActionContext extends CallOptions {
  readonly gateways: CloudGateways;
  readonly ledger: Ledger;
  /** With the scope whose account it is done in. */
  readonly run: LedgerRun;
  readonly nowMs: number;
}

/**
 * Makes and changes things for a run: what will be made, and the value that will be changed, stands on the ledger before the call. The client
 * token is the ledger entry's own, so that a repeated call makes nothing twice.
 */
export class Maker {
  readonly gateways: CloudGateways;
  readonly call: CallOptions;

  constructor(private readonly context: ActionContext) {
    this.gateways = context.gateways;
    this.call = { signal: context.signal };
  }

  /** Resolves with the id of what was made. */
  async make(thing: LedgerThing, make: (tags: Tags, clientToken: string) => Promise<string>): Promise<string> {
    const { ledger, run, nowMs } = this.context;
    const entry = await ledger.intend(run, thing, nowMs);
    const name = 'name' in thing ? { Name: thing.name } : {};
    const tags: Tags = { [labTag]: run.labId, [runTag]: run.runId, ...name };
    const resourceId = await make(tags, `vpc-labs-${entry.id}`);
    await ledger.made(entry.id, resourceId);
    return resourceId;
  }

  /** Changes something of a resource. Of one that the run made itself nothing needs to be given back: it goes whole. */
  async change(resourceId: string, thing: LedgerThing, change: () => Promise<unknown>): Promise<void> {
    if (await this.isOwn(resourceId)) await change();
    else
      await this.make(thing, async () => {
        await change();
        return resourceId;
      });
  }

  async isOwn(resourceId: string): Promise<boolean> {
    const { ledger, run } = this.context;
    const entries = await ledger.open(run.runId);
    return entries.some(entry => entry.resourceId === resourceId && 'name' in entry.thing);
  }

  /** Strikes off the ledger what the run itself has taken away. */
  async gone(resourceId: string): Promise<void> {
    const { ledger, run } = this.context;
    for (const entry of await ledger.open(run.runId)) if (entry.resourceId === resourceId) await ledger.gone(entry.id);
  }
}
