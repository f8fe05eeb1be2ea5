/** The repository that dnf is set up with, its metadata, and the error when it cannot be had. */
import { amazonLinuxRelease } from '../../../world/packageRepository';
import { rootUser } from '../../kernel/process';
import { decodeText } from '../../kernel/text';
import type { Run } from '../../system';
import { print } from '../console';
import { formatDate } from '../dates';
import { progressLine } from './layout';
import { DownloadError, download } from './repositoryDownload';

const repositoryFile = '/etc/yum.repos.d/amazonlinux.repo';
/** What dnf keeps of the metadata: the base of the repository and when it was read. */
const cacheFile = '/var/cache/dnf/amazonlinux.json';
/** `metadata_expire` of the image. */
const metadataLifeMs = 48 * 3_600_000;
/** librepo tries a mirror list four times for each of dnf's three. */
const tries = 12;

export interface Repository {
  readonly baseUrl: string;
}

interface Cached extends Repository {
  readonly readAtMs: number;
}

export interface RepositoryOptions {
  readonly isQuiet: boolean;
  /** dnf.conf(5): `timeout`. */
  readonly timeoutMs: number;
}

/** Reads the metadata, from the cache while it is fresh. Undefined, with the reason printed, when there is none. */
export async function openRepository(
  run: Run,
  options: RepositoryOptions & { readonly mustBeFresh?: boolean },
): Promise<Repository | undefined> {
  const nowMs = run.process.timeline.now();
  const cached = await readCache(run);
  if (cached && !options.mustBeFresh && nowMs - cached.readAtMs < metadataLifeMs) {
    if (!options.isQuiet) await print(run, `${ageLine(cached.readAtMs, nowMs)}\n`);
    return cached;
  }
  const repository = await fetchMetadata(run, options);
  if (!repository) return undefined;
  const kept: Cached = { ...repository, readAtMs: run.process.timeline.now() };
  await run.system.disk
    .as(rootUser)
    .writeFile(cacheFile, JSON.stringify(kept))
    .catch(() => undefined);
  return repository;
}

async function readCache(run: Run): Promise<Cached | undefined> {
  const text = await run.system.disk
    .as(rootUser)
    .readFile(cacheFile)
    .catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Cached);
}

export async function forgetMetadata(run: Run): Promise<void> {
  await run.system.disk.as(rootUser).rm(cacheFile, { force: true });
}

function ageLine(readAtMs: number, nowMs: number): string {
  const seconds = Math.floor((nowMs - readAtMs) / 1000);
  const two = (number: number) => String(number).padStart(2, '0');
  const age = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `Last metadata expiration check: ${age} ago on ${formatDate(readAtMs, '%c')}.`;
}

async function fetchMetadata(run: Run, { isQuiet, timeoutMs }: RepositoryOptions): Promise<Repository | undefined> {
  const listUrl = await mirrorListUrl(run);
  if (listUrl === undefined) return undefined;
  const startMs = run.process.timeline.now();
  const show = async (bytes: number) => {
    if (isQuiet) return;
    const line = progressLine(run, 'Amazon Linux 2023 repository', bytes, run.process.timeline.now() - startMs);
    await print(run, line);
  };
  const list = await fetchPatiently(run, listUrl, timeoutMs);
  if (list instanceof Uint8Array) {
    const baseUrl = decodeText(list).trim().replace(/\/$/, '');
    const index = await fetchPatiently(run, `${baseUrl}/repodata/repomd.xml`, timeoutMs);
    const primary = await fetchPatiently(run, `${baseUrl}/repodata/primary.xml.gz`, timeoutMs);
    if (index instanceof Uint8Array && primary instanceof Uint8Array) {
      await show(list.length + index.length + primary.length);
      return { baseUrl };
    }
  }
  await show(0);
  await complainOf(run, list instanceof Uint8Array ? ['Cannot download repomd.xml'] : list);
  return undefined;
}

/** The content, or what went wrong each time. */
async function fetchPatiently(run: Run, url: string, timeoutMs: number): Promise<Uint8Array | readonly string[]> {
  const failures: string[] = [];
  for (let attempt = 0; attempt < tries; attempt++) {
    try {
      return await download(run, url, timeoutMs);
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      failures.push(error.message);
      if (error.message.startsWith('Status code')) break;
    }
  }
  return failures;
}

async function complainOf(run: Run, failures: readonly string[]): Promise<void> {
  const distinct = [...new Set(failures)];
  const lines = [
    "Errors during downloading metadata for repository 'amazonlinux':",
    ...distinct.map(failure => `  - ${failure}`),
    `Error: Failed to download metadata for repo 'amazonlinux': Cannot prepare internal mirrorlist: ${failures.at(-1)}`,
    'Ignoring repositories: amazonlinux',
  ];
  await run.process.write(2, lines.map(line => `${line}\n`).join(''));
}

/** The repository file's mirror list with its variables filled in (dnf.conf(5), `/etc/dnf/vars`). Undefined when none is enabled. */
async function mirrorListUrl(run: Run): Promise<string | undefined> {
  const files = run.system.disk.as(rootUser);
  const text = await files.readFile(repositoryFile).catch(() => '');
  const pattern = /^mirrorlist\s*=\s*(\S+)/m.exec(text)?.[1];
  if (pattern === undefined || /^enabled\s*=\s*(?:0|false|no)\s*$/im.test(text)) {
    await run.process.write(
      2,
      'Error: There are no enabled repositories in "/etc/yum.repos.d", "/etc/yum/repos.d", "/etc/distro.repos.d".\n',
    );
    return undefined;
  }
  const values = new Map([
    ['releasever', amazonLinuxRelease],
    ['basearch', 'x86_64'],
  ]);
  for (const name of await files.readdir('/etc/dnf/vars').catch(() => []))
    values.set(name, (await files.readFile(`/etc/dnf/vars/${name}`)).split('\n')[0] ?? '');
  return pattern.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => values.get(name) ?? whole);
}
