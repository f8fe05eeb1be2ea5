import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sdkErrorClass } from '../../../src/aws/sdkErrorClass';

const require = createRequire(join(process.cwd(), 'package.json'));
const { shareErrorClasses } = (await import(pathToFileURL('esbuild.mjs').href)) as {
  shareErrorClasses(source: string): string;
};

type ErrorClass = (new (facts: object) => Error) & { readonly shapeId?: string };

/** Stands in for the client's own base of its errors. */
class Base extends Error {
  constructor(facts: object) {
    super();
    Object.assign(this, facts);
  }
}

function evaluate(source: string): Record<string, ErrorClass> {
  const names = [...source.matchAll(/^export (?:class|const) (\w+) /gm)].map(match => match[1] as string);
  const body = source.replace(/^import .*$/gm, '').replace(/^export /gm, '');
  return new Function('__BaseException', 'sdkErrorClass', `${body}; return { ${names.join(', ')} };`)(
    Base,
    sdkErrorClass,
  );
}

/** All that a program can tell of a class and of an error made by it. */
function comparable(Class: ErrorClass): object {
  const error = new Class({ message: 'no', Message: 'No', $metadata: { requestId: 'one' }, name: 'Renamed' });
  const isOne = [error instanceof Class, error instanceof Base, error.constructor === Class];
  // A class that is called becomes itself at the first error, so the name is asked for after that.
  return { name: Class.name, shapeId: Class.shapeId, isOne, own: Object.entries(error), text: String(error) };
}

describe('the classes of errors that SDK clients share', () => {
  for (const client of ['client-ssm', 'client-kms', 'client-iam', 'client-sts', 'client-sso-oidc']) {
    it(`are those that ${client} writes out`, () => {
      const folder = dirname(require.resolve(`@aws-sdk/${client}/package.json`));
      const source = readFileSync(join(folder, 'dist-es/models/errors.js'), 'utf8');
      const shared = shareErrorClasses(source);
      // One says that the SDK may try again, and stays as it is.
      assert.ok((shared.match(/\bclass\b/g)?.length ?? 0) <= 1, shared);
      const [written, called] = [evaluate(source), evaluate(shared)];
      assert.ok(Object.keys(written).length > 5);
      assert.deepEqual(Object.keys(called), Object.keys(written));
      for (const [name, Class] of Object.entries(written)) {
        assert.deepEqual(comparable(called[name] as ErrorClass), comparable(Class));
      }
    });
  }
});
