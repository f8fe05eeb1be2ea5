import type { Loadable, Scope } from '../../app/appModel';
import { groupItems, groupKeyOf } from '../../app/arrangement/groupItems';
import { matchText, prepareTexts } from '../../app/arrangement/matchText';
import { delay } from '../../base/clock';
import { t } from '../../words/translation';
import type { ArrangedView, ResourceNode } from './arrangedView';
import { FailureNode } from './failureNode';
import { GroupNode } from './groupNode';
import { MessageNode } from './messageNode';
import { MoreNode } from './moreNode';
import { ScopeNode } from './scopeNode';
import type { TreeNode } from './treeNode';

/** How many lines a list grows by: more at once would hold up the editor. */
const portion = 500;
/** How long one slow scope may hold up the others of its view. */
const patienceMs = 400;

/** One scope of a view: its resources, filtered, grouped and in portions. One node for each resource, as long as it is there. */
export class ScopeBranch<T extends object> {
  readonly node: ScopeNode;
  readonly #nodes = new Map<string, ResourceNode<T>>();
  readonly #groups = new Map<string, GroupNode<T>>();
  readonly #parents = new WeakMap<TreeNode, TreeNode>();
  /** How many lines are shown under a node, where it is not one portion. */
  readonly #limits = new Map<string, number>();

  constructor(
    private readonly view: ArrangedView<T>,
    readonly scope: Scope,
  ) {
    this.node = new ScopeNode(view.options.viewId, scope, () => this.#children());
  }

  parentOf(node: TreeNode): TreeNode | undefined {
    return this.#parents.get(node);
  }

  /** The node of a resource, in a portion that is shown; undefined when there is none such, or the filter hides it. */
  find(id: string): ResourceNode<T> | undefined {
    const { store } = this.view.options;
    const value = store.find(this.scope, id);
    const shown = this.#shownItems();
    if (value === undefined || !shown.includes(value)) return undefined;
    this.#rows(this.node, shown);
    const { parent, items } = this.#placeOf(value, shown);
    const index = items.indexOf(value);
    if (index >= this.#limitOf(parent)) this.#limits.set(parent.id, (Math.floor(index / portion) + 1) * portion);
    const node = this.#nodeOf(value);
    this.#parents.set(node, parent);
    return node;
  }

  /** Takes a newer value; resolves with the node that must be drawn again for it. */
  update(id: string): TreeNode {
    const node = this.#nodes.get(id);
    const value = this.view.options.store.find(this.scope, id);
    if (!node || value === undefined) return this.node;
    const stays = this.#looksAlike(node.value, value);
    node.value = value;
    return stays ? node : this.node;
  }

  async #children(): Promise<readonly TreeNode[]> {
    const { store } = this.view.options;
    const known = store.get(this.scope);
    if (!known.value && !known.error) void this.view.whileReading(() => store.load(this.scope).catch(() => undefined));
    await this.#firstRows();
    await this.#prepareFilter();
    const state = store.get(this.scope);
    const items = this.#shownItems();
    this.#forget(state);
    const rows = this.#arranged(items);
    const notices = this.view.options.notices?.(this.scope) ?? [];
    return [...notices, ...this.#troubles(state), ...rows, ...this.#remarks(state, items.length)];
  }

  /** Waits for them, but not for long: the editor shows nothing new of a tree before all that is open in it has come. */
  async #firstRows(): Promise<void> {
    const { store, clock } = this.view.options;
    const patience = new AbortController();
    await Promise.race([store.firstRows(this.scope), delay(clock, patienceMs, patience.signal)]);
    patience.abort();
  }

  async #prepareFilter(): Promise<void> {
    const { filter, options } = this.view;
    const { clock, facets, store } = options;
    if (facets && filter) await prepareTexts(clock, facets, store.get(this.scope).value ?? []);
  }

  #arranged(items: readonly T[]): readonly TreeNode[] {
    const { grouping, options } = this.view;
    if (!options.facets || !grouping) return this.#rows(this.node, items);
    return groupItems(options.facets, grouping, items).map(group => {
      const id = `${this.node.id}/by/${grouping}/${group.key}`;
      const node = this.#groups.get(id) ?? new GroupNode(id, group, made => this.#rows(made, made.group.items));
      node.group = group;
      this.#groups.set(id, node);
      this.#parents.set(node, this.node);
      return node;
    });
  }

  #placeOf(value: T, shown: readonly T[]): { readonly parent: TreeNode; readonly items: readonly T[] } {
    const { grouping, options } = this.view;
    if (!options.facets || !grouping) return { parent: this.node, items: shown };
    this.#arranged(shown);
    const key = groupKeyOf(options.facets, grouping, value);
    const group = this.#groups.get(`${this.node.id}/by/${grouping}/${key}`);
    return group ? { parent: group, items: group.group.items } : { parent: this.node, items: shown };
  }

  #rows(parent: TreeNode, items: readonly T[]): readonly TreeNode[] {
    const limit = this.#limitOf(parent);
    const nodes: TreeNode[] = items.slice(0, limit).map(item => this.#nodeOf(item));
    for (const node of nodes) this.#parents.set(node, parent);
    if (items.length <= limit) return nodes;
    const next = Math.min(portion, items.length - limit);
    const showMore = () => {
      this.#limits.set(parent.id, limit + portion);
      this.view.redraw(parent);
    };
    return [...nodes, new MoreNode(parent.id, next, items.length, showMore)];
  }

  #limitOf(parent: TreeNode): number {
    return this.#limits.get(parent.id) ?? portion;
  }

  #shownItems(): readonly T[] {
    const { options, filter } = this.view;
    const items = options.store.get(this.scope).value ?? [];
    return options.facets && filter ? items.filter(matchText(options.facets, filter)) : items;
  }

  #nodeOf(value: T): ResourceNode<T> {
    const id = this.view.options.store.idOf(value);
    const known = this.#nodes.get(id);
    if (known) {
      known.value = value;
      return known;
    }
    const made = this.view.options.makeNode(this.scope, value);
    this.#nodes.set(id, made);
    return made;
  }

  /** Whether a newer value stands where the older stood, and its groups look the same. */
  #looksAlike(old: T, value: T): boolean {
    const { options, filter, grouping } = this.view;
    const { facets } = options;
    if (!facets) return true;
    const matches = matchText(facets, filter);
    if (matches(old) !== matches(value)) return false;
    if (!grouping) return true;
    const isSameGroup = groupKeyOf(facets, grouping, old) === groupKeyOf(facets, grouping, value);
    return isSameGroup && facets.stateOf(old).words === facets.stateOf(value).words;
  }

  /** Nodes of resources that are gone, once it is known that they are. */
  #forget({ value, isPartial }: Loadable<readonly T[]>): void {
    if (!value || isPartial || this.#nodes.size === 0) return;
    const { store } = this.view.options;
    const ids = new Set(value.map(item => store.idOf(item)));
    for (const id of this.#nodes.keys()) if (!ids.has(id)) this.#nodes.delete(id);
  }

  #troubles({ error, value, isPartial }: Loadable<readonly T[]>): readonly TreeNode[] {
    if (!error) return [];
    const { store } = this.view.options;
    const retry = () =>
      this.view.whileReading(async () => {
        await store.refresh(this.scope).catch(() => undefined);
        this.view.redraw(this.node);
      });
    const failure = new FailureNode(this.node.id, error, retry, this.scope);
    if (!value || !isPartial) return [failure];
    const text = t('Incomplete: {0} came before the reading failed.', value.length);
    return [failure, new MessageNode(`${this.node.id}/incomplete`, text, 'warning')];
  }

  /** What is said under the rows: that more is coming, that there is nothing, or that nothing matches. */
  #remarks({ value, isPartial, isLoading, error }: Loadable<readonly T[]>, shownCount: number): readonly TreeNode[] {
    const { id } = this.node;
    const { options, filter } = this.view;
    if (isLoading && (isPartial || !value)) {
      const text = value ? t('Reading… {0} so far', value.length) : t('Reading…');
      return [new MessageNode(`${id}/reading`, text, 'loading~spin')];
    }
    if (!value || shownCount > 0) return [];
    if (value.length > 0) {
      const command = { command: 'vpcLabs.view.clearFilter', title: '', arguments: [{ viewId: options.viewId }] };
      return [
        new MessageNode(
          `${id}/unmatched`,
          t('None of {0} matches “{1}”. Clear the filter…', value.length, filter),
          'filter',
          command,
        ),
      ];
    }
    if (error || isPartial) return [];
    const command = options.emptyCommand?.(this.scope);
    return [new MessageNode(`${id}/empty`, options.emptyText(), command ? 'add' : 'info', command)];
  }
}
