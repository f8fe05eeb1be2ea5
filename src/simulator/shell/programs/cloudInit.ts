import { finishedFile } from '../cloudInit/firstBoot';
import { rootUser } from '../kernel/process';
import type { Program } from '../system';
import { print } from './console';

/** cloud-init(1): `status [--wait]`. */
export const cloudInit: Program = async run => {
  const [verb = '', ...options] = run.args;
  if (verb === '--version' || verb === '-v') {
    await print(run, '/usr/bin/cloud-init 22.2.2\n');
    return 0;
  }
  if (verb !== 'status') {
    await run.process.write(2, `usage: /usr/bin/cloud-init [-h] [--version] {status} ...\n`);
    return 2;
  }
  const files = run.system.disk.as(rootUser);
  const isDone = async () => !run.system.hasFirstBoot || (await files.exists(finishedFile));
  for (;;) {
    if (await isDone()) break;
    if (!options.includes('--wait')) {
      await print(run, 'status: running\n');
      return 0;
    }
    await print(run, '.');
    await run.process.sleep(250);
  }
  await print(run, options.includes('--wait') ? '\nstatus: done\n' : 'status: done\n');
  return 0;
};
