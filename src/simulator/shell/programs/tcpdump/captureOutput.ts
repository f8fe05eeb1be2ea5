import { cookedBytes, LINK_TYPE_LINUX_SLL2 } from '../../../../packet/headers/cookedFrame';
import { LINK_TYPE_ETHERNET, writePcap } from '../../../../packet/pcap';
import { TcpdumpPrinter } from '../../../../packet/tcpdumpPrinter';
import { describeFileError } from '../../files/fileError';
import { openPath } from '../../files/openPath';
import { encodeText, joinBytes } from '../../kernel/text';
import type { Run } from '../../system';
import { resolveAddress } from '../network/nameService';
import { addressesIn } from './addressesIn';
import type { CapturedFrame } from './capturedFrame';
import type { TcpdumpOptions } from './tcpdumpOptions';

/** Where captured packets go: lines on standard output, or a file. */
export interface CaptureOutput {
  accept(frame: CapturedFrame): Promise<void>;
  flush(): Promise<void>;
}

/** The C library's buffer for an output that is no terminal. */
const bufferBytes = 4_096;
const pcapHeaderBytes = 24;

/** Prints lines; asks the name server for the names of addresses unless `-n`. */
export class PrintedOutput implements CaptureOutput {
  readonly #printer: TcpdumpPrinter;
  readonly #names = new Map<string, string | undefined>();
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #count = 0;
  readonly #isLineBuffered: boolean;

  constructor(
    private readonly run: Run,
    private readonly options: TcpdumpOptions,
    isAnyInterface: boolean,
  ) {
    this.#isLineBuffered = options.isLineBuffered || run.process.files.get(1)?.terminal !== undefined;
    this.#printer = new TcpdumpPrinter({
      numeric: options.isNumeric,
      time: options.time,
      isQuiet: options.isQuiet,
      showsLinkLevel: options.showsLinkLevel,
      hasAbsoluteNumbers: options.hasAbsoluteNumbers,
      verbosity: options.verbosity,
      skipsChecksums: options.skipsChecksums,
      dump: options.dump,
      dumpsLinkLevel: options.dumpsLinkLevel,
      isAnyInterface,
      hostName: address => this.#names.get(address),
    });
  }

  async accept(frame: CapturedFrame): Promise<void> {
    if (!this.options.isNumeric) await this.#learnNames(frame.bytes);
    const number = this.options.showsNumber ? `${String(++this.#count).padStart(5)}  ` : '';
    await this.#write(encodeText(`${number}${this.#printer.print(frame)}\n`));
  }

  async flush(): Promise<void> {
    const bytes = joinBytes(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    await this.run.process.write(1, bytes);
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#isLineBuffered || this.#pendingBytes >= bufferBytes) await this.flush();
  }

  async #learnNames(bytes: Uint8Array): Promise<void> {
    for (const address of addressesIn(bytes)) {
      if (!this.#names.has(address)) this.#names.set(address, await resolveAddress(this.run, address));
    }
  }
}

/** Writes a pcap file. */
export class FileOutput implements CaptureOutput {
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;

  private constructor(
    private readonly run: Run,
    private readonly descriptor: number,
    private readonly isAnyInterface: boolean,
    private readonly isPacketBuffered: boolean,
  ) {}

  /** A text is the reason why the file cannot be written. */
  static async open(
    run: Run,
    path: string,
    options: TcpdumpOptions,
    isAnyInterface: boolean,
  ): Promise<FileOutput | string> {
    const descriptor = path === '-' ? 1 : 3;
    if (path !== '-') {
      try {
        run.process.install(descriptor, await openPath(run.process, run.system.disk, path, 'write'));
      } catch (error) {
        return `${path}: ${describeFileError(error)}`;
      }
    }
    const output = new FileOutput(run, descriptor, isAnyInterface, options.isPacketBuffered);
    const linkType = isAnyInterface ? LINK_TYPE_LINUX_SLL2 : LINK_TYPE_ETHERNET;
    await output.#write(writePcap([], { linkType, snapLength: options.snapshotBytes }));
    return output;
  }

  async accept(frame: CapturedFrame): Promise<void> {
    const bytes = this.isAnyInterface ? cookedBytes(frame.bytes, frame) : frame.bytes;
    const originalBytes = (frame.originalBytes ?? frame.bytes.length) + bytes.length - frame.bytes.length;
    await this.#write(writePcap([{ timeMicros: frame.timeMicros, bytes, originalBytes }]).subarray(pcapHeaderBytes));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.isPacketBuffered || this.#pendingBytes >= bufferBytes) await this.flush();
  }

  async flush(): Promise<void> {
    const bytes = joinBytes(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    await this.run.process.write(this.descriptor, bytes);
  }
}
