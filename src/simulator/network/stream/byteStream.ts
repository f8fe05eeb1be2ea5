/** Bytes in order, both ways. A TcpConnection is one, and so is what runs inside of it. */
export interface ByteStream {
  write(bytes: Uint8Array): void;
  /** Next bytes; undefined when the other end has finished. */
  read(): Promise<Uint8Array | undefined>;
  /** No more bytes from this end. */
  close(): void;
}
