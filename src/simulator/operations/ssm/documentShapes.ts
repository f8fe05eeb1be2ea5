import { awsSessionDocuments } from '../../agent/awsSessionDocuments';
import { readSessionDocument, type SessionParameter } from '../../agent/sessionDocument';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ssm } from '../../protocols/wireTypes';
import { type DocumentVersion, latestVersion, type OwnedDocument } from '../../world/ownedDocument';
import type { CallContext } from '../operation';

/** When AWS made its own documents, as far as the practice cloud is concerned. */
const AWS_DOCUMENTS_MADE_MS = Date.UTC(2020, 0, 1);
const SCHEMA_VERSION = '1.0';

/** The account's document of this name, or AWS's. */
export function findDocument({ region }: CallContext, name: string): OwnedDocument | undefined {
  const owned = region.documents.get(name);
  const content = owned ? undefined : awsSessionDocuments.get(name)?.content;
  if (content === undefined) return owned;
  const version = { number: 1, content, versionName: undefined, createdAtMs: AWS_DOCUMENTS_MADE_MS };
  return { name, displayName: undefined, documentType: 'Session', versions: [version], defaultVersion: 1, tags: {} };
}

export function unknownDocument(name: string): ServiceFault {
  return new ServiceFault('InvalidDocument', `Document with name ${name} does not exist.`);
}

export function documentDescription(
  { account }: CallContext,
  document: OwnedDocument,
  version: DocumentVersion,
): Ssm.DocumentDescription {
  const { description, parameters } = readSessionDocument(version.content);
  const shapes = Object.entries(parameters).map(([name, parameter]) => parameterShape(name, parameter));
  return {
    Name: document.name,
    ...(document.displayName === undefined ? {} : { DisplayName: document.displayName }),
    ...(version.versionName === undefined ? {} : { VersionName: version.versionName }),
    Owner: awsSessionDocuments.has(document.name) ? 'Amazon' : account.id,
    CreatedDate: new Date(version.createdAtMs),
    Status: 'Active',
    DocumentVersion: String(version.number),
    ...(description === undefined ? {} : { Description: description }),
    ...(shapes.length > 0 ? { Parameters: shapes } : {}),
    PlatformTypes: ['Windows', 'Linux', 'MacOS'],
    DocumentType: document.documentType,
    SchemaVersion: SCHEMA_VERSION,
    LatestVersion: String(latestVersion(document).number),
    DefaultVersion: String(document.defaultVersion),
    DocumentFormat: 'JSON',
    Tags: Object.entries(document.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

function parameterShape(name: string, parameter: SessionParameter): Ssm.DocumentParameter {
  const { type, description, default: standard } = parameter;
  return {
    Name: name,
    Type: type as Ssm.DocumentParameter['Type'],
    ...(description === undefined ? {} : { Description: description }),
    ...(standard === undefined ? {} : { DefaultValue: standard }),
  };
}
