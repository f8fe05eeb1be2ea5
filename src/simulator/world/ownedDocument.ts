import type { Tags } from '../../core/network';

/** One version of a document. */
export interface DocumentVersion {
  /** From 1. */
  readonly number: number;
  readonly content: string;
  readonly versionName: string | undefined;
  readonly createdAtMs: number;
}

/** A Systems Manager document of an account in a region. */
export interface OwnedDocument {
  readonly name: string;
  readonly displayName: string | undefined;
  readonly documentType: 'Session';
  /** At least one, in order. */
  readonly versions: readonly DocumentVersion[];
  readonly defaultVersion: number;
  readonly tags: Tags;
}

export function latestVersion({ versions }: OwnedDocument): DocumentVersion {
  return versions.at(-1) as DocumentVersion;
}

/** By number; undefined when there is no such version. */
export function findVersion({ versions }: OwnedDocument, number: number): DocumentVersion | undefined {
  return versions.find(version => version.number === number);
}
