import type { Scope } from '../../src/app/appModel';
import type { ErrorCode, LabError } from '../../src/core/errors';
import { instanceId } from '../../src/core/ids';

/** An error of the running extension, whose class is another than the one in the tests' own bundle. */
export async function extensionError(scope: Scope, code: ErrorCode): Promise<LabError> {
  const { sessions } = await scope.gateways();
  const document = { name: 'SSM-SessionManagerRunShell' } as const;
  const caught: unknown = await sessions.startSession(instanceId('i-00000000000000000'), document).then(
    () => Promise.reject(new Error('there is no such instance')),
    error => error,
  );
  return new (caught as { constructor: typeof LabError }).constructor(code);
}
