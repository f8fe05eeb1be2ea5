/** A file as a web server's worker finds it. */
import { describeFileError, fileErrorCode } from '../../files/fileError';
import type { User } from '../../kernel/process';
import type { GuestSystem } from '../../system';

export type SiteFile =
  | { readonly kind: 'file'; readonly path: string; readonly content: Uint8Array; readonly modifiedMs: number }
  | { readonly kind: 'directory' }
  | { readonly kind: 'missing' | 'denied'; readonly reason: string };

const othersMayRead = 0o004;

/** Opens a path as the worker's user, who is neither owner nor in the group of what people put there. */
export async function openSiteFile(system: GuestSystem, user: User, path: string): Promise<SiteFile> {
  const files = system.disk.as(user);
  try {
    const stat = await files.stat(path);
    if (stat.isDirectory) return { kind: 'directory' };
    if ((stat.mode & othersMayRead) === 0) return { kind: 'denied', reason: '13: Permission denied' };
    return { kind: 'file', path, content: await files.readFileBuffer(path), modifiedMs: stat.mtime.getTime() };
  } catch (error) {
    if (fileErrorCode(error) === 'EACCES') return { kind: 'denied', reason: '13: Permission denied' };
    const number = fileErrorCode(error) === 'ENOTDIR' ? 20 : 2;
    return {
      kind: 'missing',
      reason: `${number}: ${number === 2 ? 'No such file or directory' : describeFileError(error)}`,
    };
  }
}

/** The request's path without escapes and without `.` and `..`; undefined when it leaves the root. */
export function cleanPath(path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const parts: string[] = [];
  for (const part of decoded.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return `/${parts.join('/')}${parts.length > 0 && /\/\.{0,2}$/.test(decoded) ? '/' : ''}`;
}

/** By the extension (`/etc/nginx/mime.types`). */
export function contentTypeOf(path: string, otherwise: string): string {
  const extension = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return contentTypes[extension] ?? otherwise;
}

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  xml: 'text/xml',
  txt: 'text/plain',
  js: 'application/javascript',
  json: 'application/json',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  ico: 'image/x-icon',
  pdf: 'application/pdf',
  zip: 'application/zip',
};
