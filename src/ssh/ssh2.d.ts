/** The parts of `ssh2` that we use (mscdex/ssh2:README.md), which brings no types of its own. */
declare module 'ssh2/lib/client.js' {
  import type { Duplex } from 'node:stream';

  interface ClientConfig {
    readonly sock: Duplex;
    readonly username: string;
    readonly privateKey: string;
    readonly authHandler: readonly string[];
    readonly algorithms: { readonly cipher: readonly string[] };
    readonly readyTimeout: number;
    /** Told the host key in SSH's own form; false breaks off. */
    readonly hostVerifier: (key: Buffer) => boolean;
  }

  interface ClientError extends Error {
    readonly level?: string;
  }

  interface ShellChannel extends Duplex {
    setWindow(rows: number, columns: number, heightPixels: number, widthPixels: number): void;
    on(event: 'exit', listener: (status: number | null) => void): this;
    on(event: 'data', listener: (bytes: Buffer) => void): this;
    on(event: 'close', listener: () => void): this;
  }

  export default class Client {
    connect(config: ClientConfig): this;
    shell(
      terminal: { readonly term: string; readonly cols: number; readonly rows: number },
      opened: (error: Error | undefined, channel: ShellChannel) => void,
    ): this;
    end(): this;
    on(event: 'ready' | 'close', listener: () => void): this;
    on(event: 'error', listener: (error: ClientError) => void): this;
  }
}

declare module 'ssh2/lib/keygen.js' {
  const keygen: {
    generateKeyPairSync(kind: 'ed25519', options: { readonly comment: string }): { private: string; public: string };
  };
  export default keygen;
}
