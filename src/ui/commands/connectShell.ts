import type * as vscode from 'vscode';
import { openConnectShell } from '../../app/operations/connectShell';
import { type ConnectWay, connectArguments, requireFitCli } from '../../app/operations/instanceConnectShell';
import type { SecureShellClient } from '../../core/ports/secureShell';
import { t } from '../../words/translation';
import { awsCliVersionLine } from '../awsCliVersion';
import { programPath } from '../programPath';
import type { ShellTerminals } from '../shellTerminals';
import { secureTerminalShell } from '../terminalShell';
import type { InstanceTarget } from '../views/targets';

export interface ConnectShellParts {
  readonly terminals: ShellTerminals;
  readonly secureShell: () => Promise<SecureShellClient>;
}

type ReadyWay = Extract<ConnectWay, { kind: 'ready' }>;

/**
 * Opens a terminal on an instance through an EC2 Instance Connect Endpoint; resolves with it. Rejects with a `LabError` `awsCliUnfit` where it
 * takes an AWS CLI that is not there.
 */
export async function openConnectedTerminal(
  { scope, instance }: InstanceTarget,
  { endpoint, by }: ReadyWay,
  { terminals, secureShell }: ConnectShellParts,
): Promise<vscode.Terminal> {
  if (by === 'ourselves')
    return terminals.openShell(scope, instance, {
      greeting: t('Connecting through {0}…', endpoint.id),
      open: async (size, signal) => {
        const client = await secureShell();
        return secureTerminalShell(await openConnectShell(scope, instance, endpoint, { client, size, signal }));
      },
    });
  requireFitCli(await awsCliVersionLine());
  const program = await programPath('aws');
  return terminals.runProgram(scope, instance, [program, ...connectArguments(scope, instance, endpoint)]);
}
