import * as vscode from 'vscode';
import type { CaptureLabels } from '../../protocol/captureLabels';
import type { CaptureOrigin } from './captureOrigin';

/** Where the page's script, style and icons are after the build. */
export function captureResources(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'media');
}

/** The page around the script: nothing from outside, no inline script, labels as data. The page keeps the origin for the next window. */
export function captureHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  labels: CaptureLabels,
  title: string,
  origin: CaptureOrigin,
): string {
  const uri = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(captureResources(extensionUri), name));
  const nonce = [...crypto.getRandomValues(new Uint8Array(16))]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('');
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escapeHtml(title)}</title>
  <link rel="stylesheet" href="${uri('codicon.css')}" id="vscode-codicon-stylesheet">
  <link rel="stylesheet" href="${uri('capture.css')}">
</head>
<body>
  <div id="capture" data-labels="${escapeHtml(JSON.stringify(labels))}" data-origin="${escapeHtml(JSON.stringify(origin))}"></div>
  <script nonce="${nonce}" src="${uri('capture.js')}" type="module"></script>
</body>
</html>`;
}

/** A page that only says something. */
export function captureMessageHtml(sentence: string): string {
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'">
</head>
<body><p>${escapeHtml(sentence)}</p></body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
