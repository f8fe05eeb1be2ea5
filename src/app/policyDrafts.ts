import type { ScopeId, VpcEndpointId } from '../core/ids';
import type { Memory } from './appModel';
import { policyDraftsKey } from './remembered';

/** So many texts of 20 KB are kept at most; the oldest go first. */
const DRAFTS_MAX = 20;

/** Policies that were saved in the editor and not yet applied: kept over a reload of the window. They hold no secret: AWS shows them to whoever may see the endpoint. */
export class PolicyDrafts {
  constructor(private readonly memory: Memory) {}

  find(scopeId: ScopeId, endpointId: VpcEndpointId): string | undefined {
    return this.#all().find(([key]) => key === keyOf(scopeId, endpointId))?.[1];
  }

  keep(scopeId: ScopeId, endpointId: VpcEndpointId, text: string): void {
    const key = keyOf(scopeId, endpointId);
    this.#write([...this.#all().filter(([other]) => other !== key), [key, text] as const].slice(-DRAFTS_MAX));
  }

  /** Once it is applied. */
  forget(scopeId: ScopeId, endpointId: VpcEndpointId): void {
    const key = keyOf(scopeId, endpointId);
    this.#write(this.#all().filter(([other]) => other !== key));
  }

  #all(): readonly Draft[] {
    const stored = this.memory.get(policyDraftsKey);
    return Array.isArray(stored) ? stored.filter(isDraft) : [];
  }

  #write(drafts: readonly Draft[]): void {
    void this.memory.update(policyDraftsKey, drafts);
  }
}

type Draft = readonly [key: string, text: string];

function isDraft(value: unknown): value is Draft {
  return Array.isArray(value) && value.length === 2 && value.every(part => typeof part === 'string');
}

function keyOf(scopeId: ScopeId, endpointId: VpcEndpointId): string {
  return `${scopeId}/${endpointId}`;
}
