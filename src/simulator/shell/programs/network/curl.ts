/** curl(1) for http and https. */
import type { Program, Run } from '../../system';
import { complain, print } from '../console';
import { type CurlOptions, curlVersion, readCurlOptions } from './curlOptions';
import { CurlFailure, Transfer } from './curlTransfer';

export const curl: Program = async run => {
  if (run.args.includes('-V') || run.args.includes('--version')) {
    await print(
      run,
      `curl ${curlVersion} (x86_64-amazon-linux-gnu) libcurl/${curlVersion} OpenSSL/3.2.2\nProtocols: http https\n`,
    );
    return 0;
  }
  const options = readCurlOptions(run.args);
  if (typeof options === 'string') {
    await complain(run, options);
    return complain(run, "try 'curl --help' or 'curl --manual' for more information", 2);
  }
  if (options.urls.length === 0) return complain(run, '(2) no URL specified', 2);
  let status = 0;
  for (const [index, url] of options.urls.entries()) status = await fetchOne(run, options, url, index);
  return status;
};

async function fetchOne(run: Run, options: CurlOptions, urlText: string, index: number): Promise<number> {
  const transfer = new Transfer(run, options);
  try {
    await transfer.fetch(urlText, index);
    return 0;
  } catch (error) {
    if (!(error instanceof CurlFailure)) throw error;
    if (options.showsErrors) await complain(run, `(${error.status}) ${error.message}`);
    return error.status;
  } finally {
    if (!run.process.status) await transfer.writeOut();
    transfer.close();
  }
}
