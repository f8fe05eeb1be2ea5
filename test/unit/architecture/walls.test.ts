import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { cycles } from './cycles';
import { readSourceFiles, type SourceFile, specifiers, withoutComments } from './sourceFiles';
import { hostEdges, portableRooms, roomOf, sharedLeaves, topLevel, unversioned, walls, wiring } from './walls';

const files = readSourceFiles(['src', 'media']);

/** Why this import is not allowed, if it is not. */
function objection(file: SourceFile, specifier: string, target: string | undefined): string | undefined {
  const from = roomOf(file.path);
  if (target === undefined) return packageObjection(file, specifier);
  if (wiring.test(target)) return wiring.test(file.path) ? undefined : 'wiring is imported by nobody';
  if (wiring.test(file.path)) return undefined;
  const to = roomOf(target);
  const wall = walls[from];
  if (!wall) return `no wall says what ${from} may import`;
  if (to === from || to === 'base' || wall.rooms.includes(to)) return undefined;
  if (from.startsWith('simulator') && to.startsWith('simulator')) return undefined;
  if (sharedLeaves.users.test(file.path) && sharedLeaves.leaves.test(target)) return undefined;
  return `${from} may not import ${to}`;
}

function packageObjection(file: SourceFile, specifier: string): string | undefined {
  const from = roomOf(file.path);
  if (specifier === 'vscode') {
    return from === 'ui' || /^src\/(?:extension|wireEditor)\.ts$/.test(file.path)
      ? undefined
      : 'vscode is for ui and what wires the editor';
  }
  if (wiring.test(file.path)) return undefined;
  if (specifier.startsWith('node:')) {
    const isAllowed = !portableRooms.includes(from.split('/')[0] as string) && from !== 'media';
    return isAllowed || hostEdges.test(file.path) ? undefined : `${from} runs without Node`;
  }
  const allowed = walls[from]?.packages ?? [];
  const isAllowed = allowed.some(name => (name.endsWith('/') ? specifier.startsWith(name) : specifier === name));
  return isAllowed ? undefined : `${from} may not import the package ${specifier}`;
}

/** `process` is also what runs in a simulated shell: it counts only in a file that does not bind the name itself. */
function usesNode(code: string): boolean {
  const bindsProcess = /\b(?:const|let)\s+process\b|[({,]\s*(?:readonly\s+)?process\s*[,:)}=?]|\bprocess\s*=>/.test(
    code,
  );
  return (
    /(?<![.\w'"`])(?:Buffer\b(?=[.<(])|__dirname|__filename|global\.)/.test(code) ||
    (!bindsProcess && /(?<![.\w'"`])process\./.test(code))
  );
}

describe('the rooms', () => {
  it('import only what the table of walls allows', () => {
    const broken = files.flatMap(file =>
      file.imports.flatMap(({ specifier, target }) => {
        const reason = objection(file, specifier, target);
        return reason ? [`${file.path} imports '${specifier}': ${reason}`] : [];
      }),
    );
    assert.deepEqual(broken, []);
  });

  it('have no import cycles, type-only imports included', () => {
    const edges = new Map(files.map(({ path, imports }) => [path, imports.flatMap(({ target }) => target ?? [])]));
    assert.deepEqual(cycles(edges), []);
  });

  it('use no global of Node where they must run without it', () => {
    const portable = files.filter(
      ({ path }) =>
        path.startsWith('src/') &&
        portableRooms.includes(roomOf(path).split('/')[0] as string) &&
        !hostEdges.test(path),
    );
    const uses = portable.filter(({ code }) => usesNode(code));
    assert.deepEqual(
      uses.map(({ path }) => path),
      [],
    );
  });

  it('import their own files without an extension and never through a forwarding index', () => {
    const odd = files.flatMap(({ path, imports }) =>
      imports
        .filter(({ specifier }) => /^\..*(\.[jt]s|\/index|\/)$/.test(specifier))
        .map(({ specifier }) => `${path}: ${specifier}`),
    );
    assert.deepEqual(odd, []);
    assert.deepEqual(
      files.map(({ path }) => path).filter(path => path.endsWith('/index.ts')),
      [],
    );
  });

  it('are not called utils, helper or manager', () => {
    const vague = files.map(({ path }) => path).filter(path => /utils?|helpers?|manager/i.test(path));
    assert.deepEqual(vague, []);
  });
});

describe('the top of the project', () => {
  it('holds only the entries that the design names', () => {
    const entries = readdirSync('.').filter(name => !unversioned.includes(name) && !/\.(vsix|log)$/.test(name));
    assert.deepEqual(
      entries.filter(name => !topLevel.includes(name)),
      [],
    );
  });
});

describe('reading imports', () => {
  it('finds every form and ignores comments', () => {
    const code = withoutComments(`
      import a from './a'; import type { B } from "./b"; export * from './c';
      import './d'; const e = await import('./e'); type F = import('./f').F; const g = require('./g');
      import {
        h,
      } from './h';
      // import x from './x'
      /* import y from './y' */
      const url = 'http://example.test/z'; const slash = /\\/\\//; import i from './i';
    `);
    assert.deepEqual(specifiers(code), ['./a', './b', './c', './d', './e', './f', './g', './h', './i']);
  });

  it('finds cycles of any length', () => {
    const edges = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', []],
      ['e', ['e']],
    ]);
    assert.deepEqual(cycles(edges), [['a', 'b', 'c'], ['e']]);
  });
});
