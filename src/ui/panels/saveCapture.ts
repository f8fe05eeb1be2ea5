import * as vscode from 'vscode';
import type { Capture } from '../../app/captureModel';
import { captureFileContent, captureFileEndings } from '../../app/operations/captureFiles';
import type { CaptureFileForm } from '../../capture/captureExport';
import { t } from '../../words/translation';

/** Asks where unless told; resolves with the file's path, or undefined when nothing was saved. */
export async function saveCapture(capture: Capture, where?: vscode.Uri): Promise<string | undefined> {
  const uri =
    where ?? (await vscode.window.showSaveDialog({ filters: saveFilters(capture), title: t('Save Capture') }));
  if (!uri) return undefined;
  await vscode.workspace.fs.writeFile(uri, captureFileContent(capture, uri.path));
  return uri.fsPath;
}

function saveFilters(capture: Capture): Record<string, string[]> {
  const titles: Readonly<Record<CaptureFileForm, string>> = {
    pcapng: t('Packets for Wireshark'),
    pcap: t('Packets (pcap)'),
    text: t("tcpdump's Text"),
  };
  return Object.fromEntries(capture.exportForms().map(form => [titles[form], [captureFileEndings[form]]]));
}
