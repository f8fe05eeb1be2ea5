import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import { canAnswer } from '../../app/operations/planPeeringAnswer';
import { isLive, type PeeringDetails } from '../../app/peering/peeringDetails';
import type { ResourceReference } from '../../app/resourceAddresses';
import { nameTag, type Tags } from '../../core/network';
import type { PeeringState } from '../../core/peering';
import { peeringStateWords } from '../../words/peering';
import { t } from '../../words/translation';
import { contextValue } from '../contributions';
import { peeringDetailNodes } from './peeringDetailNodes';
import { resourceTags } from './resourceTags';
import type { ResourceNode } from './resourceView';
import { spokenLine } from './spokenLine';
import type { PeeringTarget, ResourceTarget, TaggedTarget, ValueTarget } from './targets';
import type { TreeNode } from './treeNode';

const stateIcons: Readonly<Record<PeeringState, readonly [icon: string, color: string | undefined]>> = {
  initiatingRequest: ['loading~spin', undefined],
  pendingAcceptance: ['watch', 'list.warningForeground'],
  provisioning: ['loading~spin', undefined],
  active: ['pass-filled', 'testing.iconPassed'],
  rejected: ['error', 'list.errorForeground'],
  expired: ['error', 'list.errorForeground'],
  failed: ['error', 'list.errorForeground'],
  deleting: ['loading~spin', undefined],
  deleted: ['circle-slash', undefined],
};

/** A peering connection; opens into its two sides and what is missing between them. */
export class PeeringNode
  implements ResourceNode<PeeringDetails>, PeeringTarget, ResourceTarget, TaggedTarget, ValueTarget
{
  readonly id: string;

  constructor(
    view: string,
    readonly scope: Scope,
    public value: PeeringDetails,
    private readonly nowMs: () => number,
  ) {
    this.id = `${view}/${scope.id}/${value.connection.id}`;
  }

  get peering(): PeeringDetails {
    return this.value;
  }

  get tagged(): { readonly id: string; readonly tags: Tags } {
    const { connection, sides } = this.value;
    return { id: connection.id, tags: (sides.find(({ isOwn }) => isOwn) ?? sides[0]).side.tags };
  }

  get resource(): ResourceReference {
    return { id: this.value.connection.id, ownerId: this.value.connection.requester.accountId };
  }

  get copyText(): string {
    return this.value.connection.id;
  }

  item(): vscode.TreeItem {
    const { connection, lacks } = this.value;
    const { requester, accepter, statusMessage } = connection;
    const name = nameTag(this.tagged.tags) ?? connection.id;
    const words = peeringStateWords(connection.state);
    const missing = connection.state === 'active' && lacks.length > 0 ? t('{0} missing', lacks.length) : '';
    const state = [words, missing].filter(Boolean).join(' · ');
    const [icon, color] = missing ? ['warning', 'list.warningForeground'] : stateIcons[connection.state];
    const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = `${state} · ${requester.vpcId} → ${accepter.vpcId}`;
    item.iconPath = new vscode.ThemeIcon(icon as string, color ? new vscode.ThemeColor(color) : undefined);
    item.tooltip = [connection.id, statusMessage].join('\n');
    item.accessibilityInformation = { label: spokenLine(item, t('peering')) };
    item.contextValue = contextValue(
      'peering',
      canAnswer(this.value) ? 'answerable' : undefined,
      isLive(connection) ? 'deletable' : undefined,
      connection.state === 'active' ? 'available' : undefined,
      'taggable',
      ...resourceTags(this),
      'copyable',
    );
    return item;
  }

  children(): readonly TreeNode[] {
    return peeringDetailNodes(this.id, this.value, this.nowMs);
  }
}
