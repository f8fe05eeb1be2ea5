import { LabError } from '../../core/errors';
import { type Instance, nameOrId } from '../../core/network';
import type { Prediction } from '../../core/prediction/prediction';
import { awsServiceName } from '../../core/serviceNames';
import { predictionSentence } from '../../words/predictions';
import { t } from '../../words/translation';
import type { Scope } from '../appModel';
import { captureParts } from '../captureNetwork';
import { packageInstallers } from '../captureProbe';
import { awsCommand } from '../changes/awsCommand';
import type { ChangeContext, PlannedChange } from '../changes/plannedChange';
import { predictService } from '../predictService';
import type { SessionPorts } from '../sessionPorts';
import { runOnInstance } from './runOnInstance';

/** A small instance with cold metadata takes half a minute. */
const INSTALL_LIMIT_SECONDS = 240;
/** `timeout` of coreutils says so when it ended the command. */
const TIMED_OUT = 124;
/** What our own line says when none of the installers is there. */
const NO_INSTALLER = 90;

/**
 * Where the package repository of Amazon Linux leads from the instance, by the rules alone: it is a bucket of S3. Undefined for an instance
 * without an interface. Rejects with a `LabError` or the signal's reason.
 */
export async function predictRepository(
  scope: Scope,
  { networkInterfaceIds: [card] }: Instance,
  signal: AbortSignal,
): Promise<Prediction | undefined> {
  if (card === undefined) return undefined;
  const { network } = await scope.gateways();
  const snapshot = await network.readSnapshot([...captureParts, 'natGateways'], { signal });
  return predictService(snapshot, card, awsServiceName(scope.region, 's3'));
}

/**
 * Installing tcpdump on an instance, with the program that its distribution has for that, through a session. It makes nothing at AWS. Rejects
 * with `repositoryUnreachable`, `captureNotPermitted`, `installFailed` or what a session rejects with; no session stays behind.
 */
export function planTcpdumpInstall(
  scope: Scope,
  instance: Instance,
  repository: Prediction | undefined,
  ports: SessionPorts,
): PlannedChange<void> {
  const name = nameOrId(instance);
  const sentence = repository ? predictionSentence(repository) : '';
  const isCutOff = repository?.outcome.kind === 'dropped';
  return {
    label: t('Install tcpdump'),
    doing: t('Installing tcpdump on {0}', name),
    facts: [
      { icon: 'vm', label: t('Instance'), text: `${name} · ${instance.id}` },
      { icon: 'package', label: t('Command'), text: `sudo dnf -y install tcpdump` },
      ...(sentence && !isCutOff ? [{ icon: 'cloud-download', label: t('Repository'), text: sentence }] : []),
    ],
    warnings: isCutOff
      ? [
          t('The repository of Amazon Linux is in S3, and will not be reached. {0}', sentence),
          t('Make a gateway endpoint for S3 first, or a way to the internet.'),
        ]
      : [],
    hourlyPriceUsd: 0,
    commandLines: [
      awsCommand(scope, 'ssm', 'start-session', {
        target: instance.id,
        'document-name': 'AWS-StartInteractiveCommand',
        parameters: JSON.stringify({ command: ['sudo dnf -y install tcpdump'] }),
      }),
    ],
    run: context => install(scope, instance, repository, ports, context),
  };
}

async function install(
  scope: Scope,
  instance: Instance,
  repository: Prediction | undefined,
  ports: SessionPorts,
  { signal, report }: ChangeContext,
): Promise<void> {
  const { sessions } = await scope.gateways();
  const { output, exitCode } = await runOnInstance(sessions, instance.id, installCommand(), {
    ports,
    signal,
    timeLimitMs: (INSTALL_LIMIT_SECONDS + 30) * 1_000,
    register: ports.registerOf?.(scope),
    onText: text => {
      const line = lastLine(text);
      if (line) report(line);
    },
  });
  if (exitCode === 0) return;
  throw installError(output, exitCode, instance, repository);
}

/** Each of the installers without questions, without long patience for a repository that does not answer, and not for ever. */
export function installCommand(): string {
  const patience = '--setopt=timeout=10 --setopt=retries=2';
  const lines: Readonly<Record<(typeof packageInstallers)[number], string>> = {
    dnf: `dnf -y ${patience} install tcpdump`,
    yum: `yum -y ${patience} install tcpdump`,
    'apt-get':
      `sh -c 'export DEBIAN_FRONTEND=noninteractive; set -- -y -o Acquire::http::Timeout=10 -o Acquire::Retries=1;` +
      ` apt-get "$@" update && apt-get "$@" install tcpdump'`,
  };
  const limited = `$root timeout --foreground -k 30 ${INSTALL_LIMIT_SECONDS}`;
  const choices = packageInstallers.map(
    name => `if command -v ${name} >/dev/null; then echo "==installer ${name}"; ${limited} ${lines[name]}; `,
  );
  return `root='sudo -n'; [ "$(id -u)" = 0 ] && root=; ${choices.join('el')}else exit ${NO_INSTALLER}; fi`;
}

const noRepository =
  /failed to download metadata|cannot (?:download|find a valid baseurl|prepare internal mirrorlist)|curl error|status code: \d+|could not resolve|temporary failure resolving|could not connect|connection timed out|timeout was reached|(?:unable|failed) to fetch|all mirrors were tried|error downloading packages/i;
const noSudo = /^sudo: (?:a password is required|a terminal is required)|is not (?:in the sudoers file|allowed to)/m;

/** What the installer's words mean, in the order in which they explain most. */
export function installError(
  output: string,
  exitCode: number,
  { id: instanceId }: Pick<Instance, 'id'>,
  repository: Prediction | undefined,
): LabError {
  const lines = output
    .split(/[\r\n]+/)
    .map(line => line.trim())
    .filter(Boolean);
  const installer = /^==installer (\S+)$/m.exec(output)?.[1] ?? '';
  if (exitCode === NO_INSTALLER)
    return new LabError('installFailed', { instanceId, detail: t('no dnf, yum or apt-get') });
  if (noSudo.test(output)) return new LabError('captureNotPermitted', { instanceId, detail: lines.at(-1) ?? '' });
  const said = lines.find(line => noRepository.test(line));
  if (said !== undefined || exitCode === TIMED_OUT) {
    const endpointId =
      repository?.outcome.kind === 'reachesEndpoint' ? { endpointId: repository.outcome.endpointId } : {};
    return new LabError('repositoryUnreachable', {
      instanceId,
      installer,
      detail: shortened(said ?? ''),
      ...endpointId,
    });
  }
  return new LabError('installFailed', { instanceId, installer, detail: shortened(lines.at(-1) ?? '') });
}

function lastLine(text: string): string {
  return shortened(
    text
      .split(/[\r\n]+/)
      .map(line => line.trim())
      .filter(line => line !== '' && !line.startsWith('=='))
      .at(-1) ?? '',
  );
}

function shortened(line: string): string {
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
