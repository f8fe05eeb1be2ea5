import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { projectFolder } from '../../src/cli/workbench/projectFolder';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};

export interface PageServer {
  readonly address: string;
  close(): Promise<void>;
}

/** Serves one document at `/` and, below it, the built pages and the recorded themes, on 127.0.0.1. */
export async function startPageServer(html: string): Promise<PageServer> {
  const folders = [join(projectFolder(), 'dist/media'), join(projectFolder(), 'test/support/themes')];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    if (path === '/') return response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
    if (path === '/favicon.ico') return response.writeHead(204).end();
    const content = await firstFile(folders.map(folder => join(folder, normalize(path))));
    if (!content) return response.writeHead(404).end();
    return response.setHeader('content-type', contentTypes[extname(path)] ?? 'application/octet-stream').end(content);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

async function firstFile(paths: readonly string[]): Promise<Buffer | undefined> {
  for (const path of paths) {
    const content = await readFile(path).catch(() => undefined);
    if (content) return content;
  }
  return undefined;
}
