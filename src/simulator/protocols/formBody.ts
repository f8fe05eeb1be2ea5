/** Decodes `application/x-www-form-urlencoded` in order. Undefined when an escape is malformed. */
export function parseForm(body: Uint8Array): readonly (readonly [string, string])[] | undefined {
  const text = new TextDecoder().decode(body);
  try {
    return text
      .split('&')
      .filter(pair => pair !== '')
      .map(pair => {
        const at = pair.indexOf('=');
        return at < 0 ? [decodePart(pair), ''] : [decodePart(pair.slice(0, at)), decodePart(pair.slice(at + 1))];
      });
  } catch {
    return undefined;
  }
}

function decodePart(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/** Parameters as the tree that their dotted names spell. */
export interface ParameterNode {
  value: string | undefined;
  readonly children: Map<string, ParameterNode>;
}

function emptyNode(): ParameterNode {
  return { value: undefined, children: new Map() };
}

export function parameterTree(pairs: readonly (readonly [string, string])[]): ParameterNode {
  const root = emptyNode();
  for (const [name, value] of pairs) nodeAt(root, name.split('.')).value = value;
  return root;
}

function nodeAt(root: ParameterNode, path: readonly string[]): ParameterNode {
  let node = root;
  for (const part of path) {
    const child = node.children.get(part) ?? emptyNode();
    node.children.set(part, child);
    node = child;
  }
  return node;
}
