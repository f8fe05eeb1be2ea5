import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable';
import type { Log } from '../base/log';

/** The "VPC Endpoint Labs" output channel; made at the first line, so that activation does not pay for it. */
export class OutputLog implements Log, Disposable {
  #channel: vscode.LogOutputChannel | undefined;

  debug(message: string): void {
    this.#open().debug(message);
  }

  info(message: string): void {
    this.#open().info(message);
  }

  warn(message: string): void {
    this.#open().warn(message);
  }

  error(message: string): void {
    this.#open().error(message);
  }

  show(): void {
    this.#open().show(true);
  }

  dispose(): void {
    this.#channel?.dispose();
  }

  #open(): vscode.LogOutputChannel {
    this.#channel ??= vscode.window.createOutputChannel('VPC Endpoint Labs', { log: true });
    return this.#channel;
  }
}
