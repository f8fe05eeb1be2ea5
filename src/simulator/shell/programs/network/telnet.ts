/** telnet(1) of the Linux NetKit, without its negotiation: enough to see whether a port answers. */
import { ConnectError } from '../../../network/hostNetwork';
import type { Program } from '../../system';
import { complain, print } from '../console';
import { connectFailureText, connectToAny } from './httpClient';
import { lookupFailureText, resolveHost } from './nameService';
import { relay } from './netcat';

/** As long as the kernel tries. */
const patienceMs = 135_000;

export const telnet: Program = async run => {
  const [name, portText = '23'] = run.args.filter(arg => !arg.startsWith('-'));
  const port = Number(portText);
  if (name === undefined || !(port >= 1 && port <= 65_535)) return complain(run, `${portText}: bad port`);
  const lookup = await resolveHost(run, name);
  if (lookup.kind !== 'found') return complain(run, `${name}: ${lookupFailureText(lookup)}\n${name}: Unknown host`);
  const plan = { addresses: lookup.addresses, port, timeoutMs: patienceMs, signal: run.process.abortSignal };
  let tried = '';
  try {
    const connection = await connectToAny(run, plan, async address => {
      tried = address;
      await print(run, `Trying ${address}...\n`);
    });
    await print(run, `Connected to ${name}.\nEscape character is '^]'.\n`);
    await relay(run, connection);
    await print(run, 'Connection closed by foreign host.\n');
    return 1;
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    return complain(run, `connect to address ${tried}: ${connectFailureText(error)}`);
  }
};
