/** AWS's configuration files (AWS CLI User Guide, "Configuration and credential file settings"). */

/** Settings by name, of each section by its title; an indented setting is called `outer.inner`. */
export type IniFile = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Undefined when the text is no such file. */
export function parseIniFile(text: string): IniFile | undefined {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let outer = '';
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    const title = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (title !== undefined) {
      section = sections.get(title) ?? new Map();
      sections.set(title, section);
      continue;
    }
    const [, indent = '', name = '', value = ''] = /^(\s*)([^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (!section || name === '') return undefined;
    if (indent === '') outer = name.toLowerCase();
    section.set(indent === '' ? outer : `${outer}.${name.toLowerCase()}`, value);
  }
  return sections;
}

/** The text with one setting changed or added, everything else as it was. */
export function withSetting(text: string, title: string, name: string, value: string): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const setting = `${name} = ${value}`;
  const start = lines.findIndex(line => line.trim() === `[${title}]`);
  if (start < 0) return `${[...lines, `[${title}]`, setting].join('\n')}\n`;
  const next = lines.findIndex((line, index) => index > start && line.startsWith('['));
  const end = next < 0 ? lines.length : next;
  const at = lines.findIndex(
    (line, index) => index > start && index < end && /^([^\s=:#;]+)\s*[=:]/.exec(line)?.[1] === name,
  );
  if (at >= 0) lines[at] = setting;
  else lines.splice(lastFilled(lines, start, end) + 1, 0, setting);
  return `${lines.join('\n')}\n`;
}

function lastFilled(lines: readonly string[], start: number, end: number): number {
  let at = end - 1;
  while (at > start && lines[at]?.trim() === '') at--;
  return at;
}
