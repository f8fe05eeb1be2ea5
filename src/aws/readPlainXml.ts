/** An element with children: repeated ones are an array, one without children is its text. */
export type XmlObject = Record<string, unknown>;

interface OpenElement {
  readonly tag: string;
  value: XmlObject | string | undefined;
}

const slash = 0x2f;
const prologue = /^[ \t\n]*(?:<\?[^>]*\?>[ \t\n]*)?(?=<)/;
const plainName = /^[A-Za-z_][\w.:-]*$/;
const rootWithAttributes = /^([\w.:-]+)((?: [\w.:-]+="[^"&]*")*)$/;
const entity = /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-zA-Z][a-zA-Z0-9]{0,30}));/g;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * What `parseXML` of `@aws-sdk/xml-builder` makes of a reply, several times faster: that one reads character by character, and its first
 * pages, read by code that was never compiled, hold up the event loop. This reads only what AWS writes every day: elements with children
 * or text, and attributes of the root. Undefined for everything else, comments and mistakes included, which the SDK's own reader then
 * takes or refuses.
 */
export function readPlainXml(xml: string): XmlObject | undefined {
  const start = prologue.exec(xml)?.[0].length;
  if (start === undefined || xml.includes('\r')) return undefined;
  const names = new Map<string, string>();
  const root = readRootTag(xml.slice(start + 1, xml.indexOf('>', start)), names);
  if (!root) return undefined;
  const open: OpenElement[] = [{ tag: root.tag, value: undefined }];
  for (let at = xml.indexOf('>', start); ; ) {
    // `at` is the end of a tag; what follows it is a text or the next tag.
    const next = xml.indexOf('<', at);
    const end = xml.indexOf('>', next);
    if (next < 0 || end < 0) return undefined;
    const top = open[open.length - 1] as OpenElement;
    const isClosing = xml.charCodeAt(next + 1) === slash;
    if (next > at + 1) {
      const text = textBetween(xml, at + 1, next);
      if (isClosing && top.value === undefined) top.value = text;
      else if (text !== '') return undefined;
    }
    if (isClosing) {
      if (end !== next + 2 + top.tag.length || !xml.startsWith(top.tag, next + 2)) return undefined;
      open.pop();
      const parent = open[open.length - 1];
      if (!parent) return withAttributes(top, root.attributes);
      addChild(parent, top.tag, top.value ?? '');
    } else {
      const isEmpty = xml.charCodeAt(end - 1) === slash;
      const tag = nameOf(xml.slice(next + 1, isEmpty ? end - 1 : end), names);
      if (tag === undefined) return undefined;
      if (isEmpty) addChild(top, tag, '');
      else open.push({ tag, value: undefined });
    }
    at = end;
  }
}

function readRootTag(source: string, names: Map<string, string>) {
  const [, name = '', attributes = ''] = rootWithAttributes.exec(source) ?? [];
  const tag = nameOf(name, names);
  const pairs = [...attributes.matchAll(/ ([^=]+)="([^"]*)"/g)].map(
    ([, key = '', value = '']) => [key, value] as const,
  );
  if (tag === undefined || pairs.some(([key]) => nameOf(key, names) === undefined)) return undefined;
  return { tag, attributes: pairs };
}

/** The same string each time, which is quicker to find as a key. */
function nameOf(source: string, names: Map<string, string>): string | undefined {
  const known = names.get(source);
  if (known !== undefined) return known;
  // A name that every object has would be taken for one that was there before.
  if (!plainName.test(source) || source in Object.prototype) return undefined;
  names.set(source, source);
  return source;
}

/** Empty for the space between two tags. A copy: a slice would keep the whole reply in memory. */
function textBetween(xml: string, from: number, to: number): string {
  const text = (xml.charAt(from) + xml.slice(from + 1, to)).replace(entity, (_, hex, decimal, name) => {
    if (hex) return String.fromCharCode(Number.parseInt(hex, 16));
    return decimal ? String.fromCharCode(Number.parseInt(decimal, 10)) : (entities[name] ?? '');
  });
  return text.trim() === '' && text.includes('\n') ? '' : text;
}

function addChild(parent: OpenElement, tag: string, value: unknown): void {
  if (typeof parent.value !== 'object') parent.value = {};
  const siblings = parent.value;
  if (!(tag in siblings)) siblings[tag] = value;
  else if (Array.isArray(siblings[tag])) siblings[tag].push(value);
  else siblings[tag] = [siblings[tag], value];
}

function withAttributes(
  { tag, value = '' }: OpenElement,
  attributes: readonly (readonly [string, string])[],
): XmlObject | undefined {
  if (attributes.length === 0) return { [tag]: value };
  if (typeof value === 'string' && value !== '') return undefined;
  return { [tag]: Object.assign(value === '' ? {} : value, Object.fromEntries(attributes)) };
}
