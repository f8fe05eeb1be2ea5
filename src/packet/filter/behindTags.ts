import type { FilterNode } from './filterSyntax';

const TAG_BYTES = 4;

/**
 * After `vlan`, all that is written behind it looks at what follows the tag, even where it stands under another `or` (pcap-filter(7)).
 * Gives each condition behind one or more `vlan` its distance.
 */
export function markBehindTags(root: FilterNode): FilterNode {
  return new TagMarker().mark(root);
}

class TagMarker {
  #tagBytes = 0;

  mark(node: FilterNode): FilterNode {
    switch (node.kind) {
      case 'not':
        return { kind: 'not', operand: this.mark(node.operand) };
      case 'and':
      case 'or': {
        const left = this.mark(node.left);
        return { kind: node.kind, left, right: this.mark(node.right) };
      }
      default: {
        const tagBytes = this.#tagBytes;
        if (node.kind === 'vlan') this.#tagBytes += TAG_BYTES;
        return tagBytes === 0 ? node : { kind: 'behindTags', tagBytes, operand: node };
      }
    }
  }
}
