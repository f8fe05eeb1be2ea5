import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.cwd(), 'package.json'));

const { markSchemasPure } = (await import(pathToFileURL('esbuild.mjs').href)) as {
  markSchemasPure(source: string): string;
};

function schemaSource(client: string): string {
  const folder = dirname(require.resolve(`@aws-sdk/${client}/package.json`));
  return readFileSync(join(folder, 'dist-es/schemas/schemas_0.js'), 'utf8');
}

/** The declarations of a schema module as values, imports aside. */
function evaluate(source: string): Record<string, unknown> {
  const names = [...source.matchAll(/^export (?:var|const) ([\w$]+) = /gm)].map(match => match[1] as string);
  const exceptions = [...source.matchAll(/^import \{ ([^}]+) \}/gm)].flatMap(match => match[1]?.split(',') ?? []);
  const imported = exceptions.map(name => name.trim().split(' as ').at(-1) as string).filter(name => name !== '');
  const body = source.replace(/^import .*$/gm, '').replace(/^export /gm, '');
  const values = imported.map(name => (name === 'TypeRegistry' ? Registry : class {}));
  return new Function(...imported, `${body}; return { ${names.join(', ')} };`)(...values);
}

/** Stands in for the SDK's register of errors, which schema modules fill while they load. */
class Registry {
  static for(): Registry {
    return new Registry();
  }

  copyFrom(): void {}

  registerError(): void {}
}

/** A schema with its lazy references named instead of followed. */
function comparable(value: unknown): unknown {
  if (typeof value === 'function') return value.toString();
  if (Array.isArray(value)) return value.map(comparable);
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, comparable(entry)]));
  }
  return value;
}

describe('marking SDK schemas as pure', () => {
  for (const client of ['client-ec2', 'client-sts', 'client-ssm']) {
    it(`changes no schema of ${client}`, () => {
      const source = schemaSource(client);
      const marked = markSchemasPure(source);
      const original = evaluate(source);
      assert.ok(Object.keys(original).length > 10);
      assert.deepEqual(comparable(evaluate(marked)), comparable(original));
    });

    it(`wraps every top-level schema of ${client}`, () => {
      const marked = markSchemasPure(schemaSource(client));
      assert.deepEqual(marked.match(/^(?:export )?(?:var|const) [\w$]+ = \[-?\d/gm), null);
    });
  }
});
