import * as vscode from 'vscode';
import { captureFileEndings, checkCaptureFileSize, openCaptureFile } from '../../app/operations/captureFiles';
import { LabError } from '../../core/errors';
import { t } from '../../words/translation';
import type { CapturePanels } from '../panels/capturePanels';
import { saveCapture } from '../panels/saveCapture';
import type { DocumentTarget } from '../views/targets';

/** Opens a capture that was saved, ours or another's; resolves with the file's path. */
export function openCaptureFileCommand(panels: CapturePanels) {
  return async (target: DocumentTarget | undefined): Promise<string | undefined> => {
    const uri = target ? uriOf(target) : await chooseFile();
    if (!uri) return undefined;
    await showCaptureFile(uri, panels);
    return uri.fsPath;
  };
}

/** Reads a capture file and shows it, in a panel that the editor has kept if there is one. */
export async function showCaptureFile(
  uri: vscode.Uri,
  panels: CapturePanels,
  panel?: vscode.WebviewPanel,
): Promise<void> {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  panels.openFile(uri.toString(), openCaptureFile(name, await readFile(uri, name)), panel);
}

/** Saves what the panel shows that is worked in; resolves with the file's path. */
export function saveCaptureCommand(panels: CapturePanels) {
  return async (target: DocumentTarget | undefined): Promise<string | undefined> => {
    const capture = panels.active;
    if (!capture) throw new LabError('noCaptureOpen');
    return saveCapture(capture, target && uriOf(target));
  };
}

const uriOf = ({ scheme, path }: DocumentTarget) => vscode.Uri.from({ scheme, path });

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: t('Open Capture File'),
      filters: { [t('Captures')]: [...Object.values(captureFileEndings), 'cap', 'log'], [t('All Files')]: ['*'] },
    })) ?? [];
  return uri;
}

async function readFile(uri: vscode.Uri, name: string): Promise<Uint8Array> {
  try {
    checkCaptureFileSize(name, (await vscode.workspace.fs.stat(uri)).size);
    return await vscode.workspace.fs.readFile(uri);
  } catch (caught) {
    if (caught instanceof LabError) throw caught;
    throw new LabError('fileUnreadable', { file: uri.fsPath }, { cause: caught });
  }
}
