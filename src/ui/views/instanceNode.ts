import * as vscode from 'vscode';
import type { InstanceEntry, Scope } from '../../app/appModel';
import { readInstanceDetails } from '../../app/instanceDetails';
import type { ResourceReference } from '../../app/resourceAddresses';
import { type Instance, type InstanceState, nameOrId, type Tags } from '../../core/network';
import { instanceStateWords } from '../../words/instanceStates';
import { reachWords } from '../../words/sessionReach';
import { contextValue } from '../contributions';
import { instanceDetailNodes } from './instanceDetailNodes';
import { resourceTags } from './resourceTags';
import type { ResourceNode } from './resourceView';
import { spokenLine } from './spokenLine';
import type { InstanceTarget, ResourceTarget, TaggedTarget, ValueTarget } from './targets';
import type { TreeNode } from './treeNode';

const stateIcons: Readonly<Record<InstanceState, readonly [icon: string, color: string | undefined]>> = {
  pending: ['loading~spin', undefined],
  running: ['vm-running', 'testing.iconPassed'],
  shuttingDown: ['loading~spin', undefined],
  terminated: ['circle-slash', undefined],
  stopping: ['loading~spin', undefined],
  stopped: ['vm-outline', undefined],
};

/** An instance, with whether Session Manager reaches it. */
export class InstanceNode
  implements ResourceNode<InstanceEntry>, InstanceTarget, ResourceTarget, TaggedTarget, ValueTarget
{
  readonly id: string;

  constructor(
    view: string,
    readonly scope: Scope,
    public value: InstanceEntry,
    private readonly nowMs: () => number,
  ) {
    this.id = `${view}/${scope.id}/${value.instance.id}`;
  }

  get instance(): Instance {
    return this.value.instance;
  }

  get tagged(): { readonly id: string; readonly tags: Tags } {
    return this.instance;
  }

  get resource(): ResourceReference {
    return { id: this.instance.id };
  }

  get copyText(): string {
    return this.instance.id;
  }

  item(): vscode.TreeItem {
    const { instance } = this;
    const name = nameOrId(instance);
    const [icon, color] = stateIcons[instance.state];
    const state = instanceStateWords(instance.state);
    const { reach } = this.value;
    const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = [instance.privateIpAddress, reachWords(reach)].filter(Boolean).join(' · ');
    item.iconPath = new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
    item.tooltip = [instance.id, instance.instanceType, state].join('\n');
    item.accessibilityInformation = { label: spokenLine(item, state) };
    item.contextValue = contextValue(
      'instance',
      reach.kind === 'online' ? 'online' : undefined,
      instance.state === 'stopped' ? 'startable' : undefined,
      instance.state === 'running' ? 'running' : undefined,
      instance.state === 'terminated' || instance.state === 'shuttingDown' ? undefined : 'deletable',
      instance.instanceProfileArn === undefined && instance.state !== 'terminated' ? 'profileless' : undefined,
      'taggable',
      ...resourceTags(this),
      'copyable',
    );
    return item;
  }

  async children(): Promise<readonly TreeNode[]> {
    const details = await readInstanceDetails(this.scope, this.value);
    return instanceDetailNodes(this.id, this.scope, this.value, details, this.nowMs);
  }
}
