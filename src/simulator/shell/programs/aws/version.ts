import { kernelRelease } from '../kernelRelease';

/** Amazon Linux 2023's own package of the AWS CLI. */
const version = '2.31.35';
export const versionText = `aws-cli/${version} Python/3.9.24 Linux/${kernelRelease} source/x86_64.amzn.2023`;

/** As it stands in requests: with the command that sends them. */
export function userAgent(service: string, command: string): string {
  const sender = service === '' ? '' : ` md/command#${service}.${command}`;
  return `aws-cli/${version} md/awscrt#0.28.4 ua/2.1 os/linux#${kernelRelease} md/arch#x86_64 lang/python#3.9.24 md/pyimpl#CPython cfg/retry-mode#standard md/installer#source md/prompt#off${sender}`;
}
