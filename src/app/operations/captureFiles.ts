/** Captures in files: what can be opened, and what can be saved as what. */
import type { CaptureFileForm } from '../../capture/captureExport';
import { readCapture } from '../../capture/readCapture';
import { LabError } from '../../core/errors';
import type { Capture } from '../captureModel';
import { FileCapture } from '../fileCapture';

const MEBIBYTE = 1024 * 1024;
/** A file is read as a whole; more would not fit into the editor's memory. */
export const MAX_CAPTURE_FILE_BYTES = 512 * MEBIBYTE;

/** Each form's ending, the one by which a file's name chooses it. */
export const captureFileEndings: Readonly<Record<CaptureFileForm, string>> = {
  pcapng: 'pcapng',
  pcap: 'pcap',
  text: 'txt',
};

/** Throws a LabError `captureFileTooLarge`. */
export function checkCaptureFileSize(name: string, sizeBytes: number, limitBytes = MAX_CAPTURE_FILE_BYTES): void {
  if (sizeBytes <= limitBytes) return;
  const megabytes = (bytes: number) => String(Math.ceil(bytes / MEBIBYTE));
  throw new LabError('captureFileTooLarge', { name, size: megabytes(sizeBytes), limit: megabytes(limitBytes) });
}

/** The capture in a file; one that is cut shows what is whole. Throws a LabError `captureFileUnknown` or `captureLinkUnknown`. */
export function openCaptureFile(name: string, bytes: Uint8Array): Capture {
  checkCaptureFileSize(name, bytes.length);
  const reading = readCapture(bytes);
  switch (reading.kind) {
    case 'packets':
      return new FileCapture(name, reading.pipeline, reading.isCut);
    case 'unknownLink':
      throw new LabError('captureLinkUnknown', { name, linkType: String(reading.linkType) });
    case 'noCapture':
      throw new LabError('captureFileUnknown', { name });
  }
}

/** What a file of that name is to hold. Throws a LabError `captureFormUnavailable` for a form that the capture cannot be saved in. */
export function captureFileContent(capture: Capture, name: string): Uint8Array {
  const forms = capture.exportForms();
  const named = (Object.keys(captureFileEndings) as CaptureFileForm[]).find(form =>
    name.toLowerCase().endsWith(`.${captureFileEndings[form]}`),
  );
  const form = named ?? forms[0] ?? 'text';
  if (forms.includes(form)) return capture.export(form);
  throw new LabError('captureFormUnavailable', { form: captureFileEndings[form] });
}
