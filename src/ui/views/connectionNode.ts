import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import { requestOf } from '../../app/requests/endpointRequests';
import type { PendingRequest } from '../../app/requests/pendingRequests';
import type { EndpointConnection } from '../../core/endpointService';
import {
  awaitsAcceptance,
  type EndpointServiceConfiguration,
  holdsService,
} from '../../core/endpointServiceConfiguration';
import { endpointStateWords } from '../../words/endpointStates';
import { contextValue } from '../contributions';
import { stateIcon } from './endpointNode';
import type { RequestTarget, ValueTarget } from './targets';
import type { TreeNode } from './treeNode';

/** Somebody's endpoint under a service. */
export class ConnectionNode implements TreeNode, RequestTarget, ValueTarget {
  readonly id: string;

  constructor(
    parentId: string,
    readonly scope: Scope,
    private readonly service: EndpointServiceConfiguration,
    private readonly connection: EndpointConnection,
  ) {
    this.id = `${parentId}/${connection.endpointId}`;
  }

  get request(): PendingRequest {
    return requestOf(this.connection, [this.service]);
  }

  get copyText(): string {
    return this.connection.endpointId;
  }

  item(): vscode.TreeItem {
    const { endpointId, ownerId, endpointRegion, state } = this.connection;
    const words = endpointStateWords(state);
    const item = new vscode.TreeItem(endpointId);
    item.description = [ownerId, words].join(' · ');
    item.tooltip = endpointRegion;
    item.iconPath = stateIcon(state);
    item.contextValue = contextValue(
      'request',
      awaitsAcceptance(this.connection) ? 'waiting' : holdsService(this.connection) ? 'rejectable' : undefined,
      'copyable',
    );
    return item;
  }
}
