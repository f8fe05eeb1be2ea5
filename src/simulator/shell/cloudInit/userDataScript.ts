/** What user data asks for ("Amazon EC2 User Guide: Run commands on your Linux instance at launch"). */

/** The script to run; undefined for user data that is no script, with the reason for the log. */
export interface UserDataScript {
  readonly script: string | undefined;
  readonly complaint: string | undefined;
}

export function readUserData(text: string): UserDataScript {
  if (text.startsWith('#!')) return { script: text, complaint: undefined };
  if (text.startsWith('#cloud-config')) return fromCloudConfig(text);
  if (text.trim() === '') return { script: undefined, complaint: undefined };
  return {
    script: undefined,
    complaint: `__init__.py[WARNING]: Unhandled non-multipart (text/x-not-multipart) userdata: 'b'${text.slice(0, 24).replace(/\s+/g, ' ')}'...'`,
  };
}

/** `packages` and `runcmd` as plain lists; other keys are named in the log. */
function fromCloudConfig(text: string): UserDataScript {
  const lists = new Map<string, string[]>();
  let key = '';
  for (const line of text.split('\n').slice(1)) {
    const top = /^([\w-]+):\s*(.*)$/.exec(line);
    const item = /^\s*-\s+(.*\S)\s*$/.exec(line);
    if (top) {
      key = top[1] as string;
      lists.set(key, []);
    } else if (item) lists.get(key)?.push(unquote(item[1] as string));
  }
  const packages = lists.get('packages') ?? [];
  const lines = [
    ...(packages.length > 0 ? [`dnf -y install ${packages.join(' ')}`] : []),
    ...(lists.get('runcmd') ?? []),
  ];
  const unknown = [...lists.keys()].filter(
    name => !['packages', 'runcmd', 'package_update', 'package_upgrade'].includes(name),
  );
  return {
    script: lines.length > 0 ? `#!/bin/sh\n${lines.join('\n')}\n` : undefined,
    complaint: unknown.length > 0 ? `The practice cloud's cloud-init does not know: ${unknown.join(', ')}` : undefined,
  };
}

/** A quoted item, or a list of words in brackets. */
function unquote(text: string): string {
  const words = /^\[(.*)\]$/.exec(text)?.[1];
  if (words !== undefined)
    return words
      .split(',')
      .map(word => `'${unquote(word.trim())}'`)
      .join(' ');
  return /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
}
