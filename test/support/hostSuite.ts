import { format } from 'node:util';
import CountingReporter from './countingReporter.cjs';
import { hostOutputMark } from './hostOutputMark';

/**
 * Runs tests inside the extension host. `load` requires the test files; it is called once mocha's globals exist. Rejects when a
 * test failed or none ran: VS Code turns that into a non-zero exit.
 */
export async function runSuite(load: () => void): Promise<void> {
  // VS Code 1.103 hands out an ES module that is required as its bare namespace: imported, mocha is the same everywhere.
  const { default: Mocha } = await import('mocha');
  Mocha.reporters.Base.consoleLog = (...values) => {
    for (const line of format(...values).split('\n')) console.log(hostOutputMark + line);
  };
  const mocha = new Mocha({ ui: 'bdd', timeout: 120_000, color: false, forbidOnly: true, reporter: CountingReporter });
  // What Mocha#loadFiles does around each file.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  load();
  const { passes, failures } = await new Promise<{ passes: number; failures: number }>(resolve => {
    const runner = mocha.run(() => resolve(runner.stats ?? { passes: 0, failures: 1 }));
  });
  if (failures > 0) throw new Error(`${failures} tests failed.`);
  if (passes === 0) throw new Error('No test ran.');
}
