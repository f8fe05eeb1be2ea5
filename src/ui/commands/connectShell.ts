import * as vscode from 'vscode';
import { openConnectShell } from '../../app/operations/connectShell';
import { type ConnectWay, cliFitness, connectArguments } from '../../app/operations/instanceConnectShell';
import { AWS_CLI_INSTALL_PAGE } from '../../app/remedies/awsCliInstallPage';
import type { SecureShellClient } from '../../core/ports/secureShell';
import { cliFitnessWords } from '../../words/shellWays';
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

/** Opens a terminal on an instance through an EC2 Instance Connect Endpoint; resolves with it, or with nothing when the AWS CLI is not fit. */
export async function openConnectedTerminal(
  { scope, instance }: InstanceTarget,
  { endpoint, by }: ReadyWay,
  { terminals, secureShell }: ConnectShellParts,
): Promise<vscode.Terminal | undefined> {
  if (by === 'ourselves')
    return terminals.openShell(scope, instance, {
      greeting: t('Connecting through {0}…', endpoint.id),
      open: async (size, signal) => {
        const client = await secureShell();
        return secureTerminalShell(await openConnectShell(scope, instance, endpoint, { client, size, signal }));
      },
    });
  const problem = cliFitnessWords(cliFitness(await awsCliVersionLine()));
  if (problem) {
    offerInstallation(problem);
    return undefined;
  }
  const program = await programPath('aws');
  return terminals.runProgram(scope, instance, [program, ...connectArguments(scope, instance, endpoint)]);
}

function offerInstallation(problem: string): void {
  const install = t('How to Install');
  void vscode.window.showErrorMessage(problem, install).then(async answer => {
    if (answer === install) await vscode.env.openExternal(vscode.Uri.parse(AWS_CLI_INSTALL_PAGE));
  });
}
