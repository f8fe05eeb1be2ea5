import * as vscode from 'vscode';
import type { EndpointDetails, InstanceEntry, ResourceStore, Scope, ScopeStore } from '../app/appModel';
import { CaptureSession } from '../app/captureSession';
import type { ServiceDetails } from '../app/serviceDetails';
import type { SessionPorts } from '../app/sessionPorts';
import type { CaptureLimits } from '../core/captureOptions';
import type { SecureShellClient } from '../core/ports/secureShell';
import { captureEndpointCommand, captureOnInstanceCommand } from './commands/capture';
import { openCaptureFileCommand, saveCaptureCommand, showCaptureFile } from './commands/captureFiles';
import { capturePairCommand } from './commands/capturePair';
import { installTcpdumpCommand } from './commands/installTcpdump';
import { openShellCommand } from './commands/openShell';
import type { OutputLog } from './outputLog';
import { CapturePanels } from './panels/capturePanels';
import type { OfferRemedy } from './panels/captureRemedy';
import { restoreCapture } from './panels/restoreCapture';
import { setting } from './settings';
import { ShellTerminals } from './shellTerminals';

export interface SessionWiringOptions {
  readonly scopes: ScopeStore;
  readonly endpoints: ResourceStore<EndpointDetails>;
  readonly instances: ResourceStore<InstanceEntry>;
  readonly services: ResourceStore<ServiceDetails>;
  readonly extensionUri: vscode.Uri;
  readonly log: OutputLog;
  readonly ports: SessionPorts;
  readonly secureShell: () => Promise<SecureShellClient>;
  /** Shows an endpoint in the sidebar. */
  revealEndpoint(scope: Scope, endpointId: string): Promise<void>;
  /** The button beside an error of a capture. */
  readonly offerRemedy: OfferRemedy;
  /** A panel or terminal of this scope has become the one that is worked in. */
  onFocus(scope: Scope): void;
}

/** The commands that talk to an instance; loaded with the first of them. */
export function wireSessions(options: SessionWiringOptions) {
  const {
    scopes,
    endpoints,
    instances,
    services,
    extensionUri,
    log,
    ports,
    secureShell,
    revealEndpoint,
    offerRemedy,
    onFocus,
  } = options;
  const terminals = new ShellTerminals(onFocus);
  const panels = new CapturePanels({
    extensionUri,
    log,
    revealEndpoint,
    offerRemedy,
    onFocus,
    makeCapture: (target, startOptions) =>
      new CaptureSession(target, { ports, limits: captureLimits(), startOptions, changes: endpoints.onDidChange }),
  });
  return {
    captureEndpoint: captureEndpointCommand(scopes, endpoints, instances, panels),
    captureOnInstance: captureOnInstanceCommand(scopes, instances, panels),
    capturePair: capturePairCommand({ scopes, instances, services, panels }),
    openCaptureFile: openCaptureFileCommand(panels),
    saveCapture: saveCaptureCommand(panels),
    installTcpdump: installTcpdumpCommand(scopes, instances, { ports, panels }),
    openShell: openShellCommand(scopes, instances, { ports, terminals }),
    restoreCapture: (panel: vscode.WebviewPanel, pageState: unknown) =>
      restoreCapture(panel, pageState, {
        scopes,
        panels,
        readFile: (uri, kept) => showCaptureFile(vscode.Uri.parse(uri), panels, kept),
      }),
    terminals,
    secureShell,
    dispose: () => {
      terminals.dispose();
      panels.dispose();
    },
  };
}

function captureLimits(): CaptureLimits {
  return {
    mode: setting('vpcLabs.capture.mode'),
    packetLimit: setting('vpcLabs.capture.packetLimit'),
    timeLimitSeconds: setting('vpcLabs.capture.timeLimitSeconds'),
    snapLengthBytes: setting('vpcLabs.capture.snapLengthBytes'),
  };
}
