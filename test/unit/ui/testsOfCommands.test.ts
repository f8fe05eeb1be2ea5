import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandId, commands } from '../../../src/ui/contributions';
import { type NamedTest, testsOfCommands } from './testsOfCommands';

describe('the tests of the commands', () => {
  const sources = new Map<string, string>();
  const sourceOf = ({ file }: NamedTest) => {
    const known = sources.get(file) ?? readFileSync(join('test', file), 'utf8');
    sources.set(file, known);
    return known;
  };
  const all = Object.entries(testsOfCommands) as readonly [CommandId, readonly NamedTest[]][];

  it('are listed for every command that is declared: one on the right path and two on wrong ones', () => {
    assert.deepEqual(Object.keys(testsOfCommands).sort(), Object.keys(commands).sort());
    for (const [id, tests] of all) {
      const names = new Set(tests.map(({ file, title }) => `${file}: ${title}`));
      assert.equal(names.size, tests.length, `${id} names a test twice`);
      assert.ok(tests.length >= 3, id);
    }
  });

  it('exist under these titles', () => {
    const missing = all.flatMap(([, tests]) =>
      tests.filter(test => ![`it('${test.title}'`, `it("${test.title}"`].some(call => sourceOf(test).includes(call))),
    );
    assert.deepEqual(missing, []);
  });

  it('run each command in VS Code at least once', () => {
    const support = readFileSync('test/support/hostCommands.ts', 'utf8');
    const never = all.filter(([id, tests]) => {
      const forms = [`'${id}'`, `\${noun}.${id.split('.')[2]}`];
      const hosts = tests.filter(({ file }) => file.startsWith('host/')).map(sourceOf);
      return ![...hosts, support].some(source => forms.some(form => source.includes(form)));
    });
    assert.deepEqual(
      never.map(([id]) => id),
      [],
    );
  });
});
