import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { captureRanges } from '../../../src/core/captureOptions';
import {
  type CommandId,
  commands,
  contextKeys,
  contextValue,
  nodeTags,
  settingKeys,
  views,
  writes,
} from '../../../src/ui/contributions';

interface Manifest {
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: string;
      readonly restrictedConfigurations?: readonly string[];
    };
  };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly icon?: string;
    }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
    readonly menus: Readonly<
      Record<string, readonly { readonly command: string; readonly when?: string; readonly group?: string }[]>
    >;
    readonly configuration: {
      readonly properties: Readonly<
        Record<
          string,
          {
            readonly type: string;
            readonly default: unknown;
            readonly scope?: string;
            readonly minimum?: number;
            readonly maximum?: number;
          }
        >
      >;
    };
  };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const titles = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
const { contributes } = manifest;
const codicons = readFileSync('node_modules/@vscode/codicons/dist/codicon.css', 'utf8');
const whens = [...Object.values(contributes.menus).flat(), ...contributes.viewsWelcome].map(entry => entry.when ?? '');

describe('the manifest and ui/contributions', () => {
  it('declare the same commands', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), Object.keys(commands).sort());
  });

  it('hide from the palette exactly the commands that need a node', () => {
    const hidden = (contributes.menus.commandPalette ?? [])
      .filter(({ when }) => when === 'false')
      .map(({ command }) => command);
    assert.deepEqual(
      hidden.sort(),
      Object.entries(commands)
        .filter(([, place]) => place === 'hidden')
        .map(([id]) => id)
        .sort(),
    );
  });

  it('declare the same views', () => {
    assert.deepEqual(
      Object.values(contributes.views)
        .flat()
        .map(({ id }) => id)
        .sort(),
      Object.values(views).sort(),
    );
  });

  it('declare the same settings, with a default of the type that is read', () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(Object.keys(properties).sort(), Object.keys(settingKeys).sort());
    for (const [key, type] of Object.entries(settingKeys)) assert.equal(typeof properties[key]?.default, type, key);
    for (const [name, { least, most }] of Object.entries(captureRanges)) {
      const { minimum, maximum } = properties[`vpcLabs.capture.${name}`] ?? {};
      assert.deepEqual([minimum, maximum], [least, most], name);
    }
  });

  it('menus name only commands that exist', () => {
    for (const { command } of Object.values(contributes.menus).flat()) assert.ok(command in commands, command);
  });

  it('offer every inline action in the context menu too, which the keyboard opens', () => {
    const entries = contributes.menus['view/item/context'] ?? [];
    const isInline = ({ group }: { readonly group?: string }) => group?.startsWith('inline') ?? false;
    const inMenu = new Set(entries.filter(entry => !isInline(entry)).map(({ command }) => command));
    for (const { command } of entries.filter(isInline)) assert.ok(inMenu.has(command), command);
  });

  it('ask only for context keys, views and node tags that exist', () => {
    const keys = new Set<string>(Object.values(contextKeys));
    const viewIds = new Set<string>(Object.values(views));
    const tags = new Set<string>(nodeTags);
    for (const when of whens) {
      for (const [key] of when.matchAll(/\bvpcLabs\.\w+/g))
        assert.ok(keys.has(key) || viewIds.has(key), `${key} in ${when}`);
      for (const [, tag] of when.matchAll(/;(\w+)(?=;)/g)) assert.ok(tags.has(tag as string), `${tag} in ${when}`);
    }
  });

  it('ask for one fenced tag at a time, as two neighbours share a fence', () => {
    for (const when of whens)
      for (const [, pattern] of when.matchAll(/viewItem =~ \/(.*?)\/(?: |$)/g))
        assert.match(pattern as string, /^;\w+;$/, when);
  });

  it('offer no change on nodes of a read-only scope', () => {
    for (const { command, when = '' } of contributes.menus['view/item/context'] ?? [])
      if (writes.has(command as CommandId))
        assert.ok(when.includes('!(viewItem =~ /;readOnly;/)'), `${command}: ${when}`);
  });

  it('let no workspace, trusted or not, name an endpoint, a profile or a proxy', () => {
    const { properties } = contributes.configuration;
    const restricted = new Set(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations ?? []);
    for (const [key, { scope }] of Object.entries(properties)) {
      if (!/endpoint|profile|proxy|region|credential|url/i.test(key)) continue;
      assert.ok(scope === 'machine' || scope === 'application', `${key} can be set by a workspace`);
      assert.ok(restricted.has(key), `${key} is not restricted`);
    }
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
  });

  it('use every context key in some condition', () => {
    for (const key of Object.values(contextKeys))
      assert.ok(
        whens.some(when => when.includes(key)),
        key,
      );
  });

  it('write each text as a key that package.nls.json explains, and explain no other', () => {
    const used = new Set([...JSON.stringify(manifest).matchAll(/%([\w.]+)%/g)].map(([, key]) => key as string));
    assert.deepEqual([...used].sort(), Object.keys(titles).sort());
    for (const { title, category } of contributes.commands) assert.match(title + category, /^%[\w.]+%%category%$/);
  });

  it('name icons that exist', () => {
    for (const { icon } of contributes.commands) {
      if (icon) assert.ok(codicons.includes(`.codicon-${icon.slice(2, -1)}:before`), icon);
    }
    const files = [...contributes.viewsContainers.activitybar, ...Object.values(contributes.views).flat()].map(
      ({ icon }) => icon,
    );
    for (const file of files) assert.ok(existsSync(file), file);
  });

  it('links of welcome views run commands that exist', () => {
    for (const { contents } of contributes.viewsWelcome) {
      const text = titles[contents.slice(1, -1)] ?? '';
      for (const [, command] of text.matchAll(/\(command:([\w.]+)\)/g))
        assert.ok((command as string) in commands, command);
    }
  });
});

describe('a context value', () => {
  it('fences each fact, so that no tag is found inside another', () => {
    assert.equal(contextValue('endpoint', undefined, 'available'), ';endpoint;available;');
  });
});
