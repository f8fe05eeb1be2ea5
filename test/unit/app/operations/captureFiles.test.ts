import assert from 'node:assert/strict';
import {
  captureFileContent,
  checkCaptureFileSize,
  MAX_CAPTURE_FILE_BYTES,
  openCaptureFile,
} from '../../../../src/app/operations/captureFiles';
import { LabError } from '../../../../src/core/errors';
import { unpackColumns } from '../../../../src/packet/packing';
import { writePcap } from '../../../../src/packet/pcap';
import { frameCorpus } from '../../../support/frameCorpus';
import { utf8 } from '../../../support/readPackets';

const records = frameCorpus().map((bytes, index) => ({ timeMicros: 1.7e15 + index, bytes }));
const packets = writePcap(records);
const text = utf8('2026-11-30 12:00:00.000001 IP 10.0.0.1.1 > 10.0.0.2.2: UDP, length 3\n');

const refuses = (work: () => unknown, code: string) =>
  assert.throws(work, (error: unknown) => error instanceof LabError && error.code === code);
const rowsOf = (bytes: Uint8Array, name = 'x') => unpackColumns(openCaptureFile(name, bytes).snapshot().columns);

describe('captures in files', () => {
  it('are shown as captures that are over, with their rows and text', () => {
    const capture = openCaptureFile('web.pcap', packets);
    const { phase, end, scope, instance, verdict } = capture.status;
    assert.deepEqual(
      [phase, end, scope, instance.name, verdict.kind],
      ['stopped', 'fileRead', undefined, 'web.pcap', 'cannotTell'],
    );
    assert.equal(capture.snapshot().count, records.length);
    assert.equal(capture.rawText().text.split('\n').length, records.length + 1);
    const lines = openCaptureFile('web.txt', text);
    assert.deepEqual([lines.snapshot().count, lines.rawText().text], [1, new TextDecoder().decode(text)]);
  });

  it('cannot be started, and stay when they are', async () => {
    const capture = openCaptureFile('web.pcap', packets);
    await Promise.all([capture.start(capture.status.startOptions), capture.stop(), capture.refreshNetwork()]);
    capture.clear();
    assert.equal(capture.snapshot().count, records.length);
  });

  it('are saved in the form that the name says, and open with the same rows', () => {
    const capture = openCaptureFile('web.pcap', packets);
    for (const name of ['a.pcap', 'a.PCAPNG', 'a.txt', 'without']) {
      const content = captureFileContent(capture, name);
      assert.deepEqual(rowsOf(content), rowsOf(packets), name);
    }
    assert.deepEqual(captureFileContent(capture, 'a.pcap'), packets);
    assert.deepEqual(captureFileContent(openCaptureFile('web.txt', text), 'any.name'), text);
  });

  it('say what is wrong: no capture, another link, too large, cut, no bytes to save', () => {
    refuses(() => openCaptureFile('notes.txt', utf8('hello\n')), 'captureFileUnknown');
    refuses(() => openCaptureFile('wifi.pcap', writePcap(records, { linkType: 105 })), 'captureLinkUnknown');
    refuses(() => checkCaptureFileSize('huge.pcap', MAX_CAPTURE_FILE_BYTES + 1), 'captureFileTooLarge');
    assert.equal(openCaptureFile('cut.pcap', packets.subarray(0, -1)).status.end, 'fileCut');
    refuses(() => captureFileContent(openCaptureFile('web.txt', text), 'a.pcap'), 'captureFormUnavailable');
  });
});
