import './capture.css';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { CaptureApp } from './captureApp';

const root = document.getElementById('capture') as HTMLElement;
const labels = JSON.parse(root.dataset.labels ?? '{}') as CaptureLabels;
const app = new CaptureApp(labels, JSON.parse(root.dataset.origin ?? 'null'));
root.append(app);
app.begin();
