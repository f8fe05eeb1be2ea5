import { usageText } from './failures';
import { openOutput } from './outputStream';
import type { CliSession } from './session';

/** The manual pages are not part of this guest. */
export async function printHelp(session: CliSession): Promise<number> {
  const output = await openOutput(session);
  await output.write(`${usageText}\nThe manual pages of the AWS CLI are not installed on this practice instance.\n`);
  await output.close();
  return 0;
}
