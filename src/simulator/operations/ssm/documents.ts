import { awsSessionDocuments } from '../../agent/awsSessionDocuments';
import { readSessionDocument, type SessionDocument } from '../../agent/sessionDocument';
import { PREFERENCES_DOCUMENT } from '../../agent/sessionService';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ssm } from '../../protocols/wireTypes';
import { findVersion, latestVersion, type OwnedDocument } from '../../world/ownedDocument';
import type { PlaceState } from '../../world/placeState';
import type { CallContext, OperationTable } from '../operation';
import { documentDescription, findDocument, unknownDocument } from './documentShapes';
import { invalidMember } from './invalidMember';
import { listDocuments } from './listDocuments';

const NAME_FORM = /^[a-zA-Z0-9_\-.]{3,128}$/;
/** "CreateDocument": names that AWS keeps for itself. */
const RESERVED_NAMES = /^(?:aws|amazon|amzn)/i;
const LARGEST_CONTENT = 65_536;

/** The Session document that an account has of this name; the one with its preferences counts in its latest version. */
export function ownedSessionDocument(region: PlaceState, name: string): SessionDocument | undefined {
  const owned = region.documents.get(name);
  if (!owned) return undefined;
  const version = name === PREFERENCES_DOCUMENT ? latestVersion(owned) : findVersion(owned, owned.defaultVersion);
  return version && readSessionDocument(version.content);
}

function createDocument(input: Ssm.CreateDocumentRequest, context: CallContext): Ssm.CreateDocumentResult {
  const { region, nowMs } = context;
  const { Name = '', Content = '', DocumentType = 'Command', DisplayName, VersionName, Tags = [] } = input;
  if (DocumentType !== 'Session') throw notSimulated(`documents of type ${DocumentType}`);
  if (input.Attachments?.length || input.Requires?.length) throw notSimulated('attachments of documents');
  if (!NAME_FORM.test(Name) || RESERVED_NAMES.test(Name)) throw wrongName(Name);
  if (region.documents.has(Name))
    throw new ServiceFault('DocumentAlreadyExists', `Document with same name ${Name} already exists`);
  checkContent(Content, input.DocumentFormat);
  const document: OwnedDocument = {
    name: Name,
    displayName: DisplayName,
    documentType: DocumentType,
    versions: [{ number: 1, content: Content, versionName: VersionName, createdAtMs: nowMs }],
    defaultVersion: 1,
    tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
  };
  region.documents.set(Name, document);
  return { DocumentDescription: documentDescription(context, document, latestVersion(document)) };
}

function updateDocument(input: Ssm.UpdateDocumentRequest, context: CallContext): Ssm.UpdateDocumentResult {
  const { Name = '', Content = '', DocumentVersion = '$LATEST', VersionName } = input;
  const document = ownDocument(context, Name);
  const latest = latestVersion(document);
  if (DocumentVersion !== '$LATEST' && DocumentVersion !== String(latest.number))
    throw new ServiceFault('InvalidDocumentVersion', 'Only the latest version of a document can be updated.');
  checkContent(Content, input.DocumentFormat);
  if (document.versions.some(({ content }) => content === Content))
    throw new ServiceFault(
      'DuplicateDocumentContent',
      'The content of the association document matches another document. Change the content of the document and try again.',
    );
  const version = {
    number: latest.number + 1,
    content: Content,
    versionName: VersionName,
    createdAtMs: context.nowMs,
  };
  const updated = {
    ...document,
    displayName: input.DisplayName ?? document.displayName,
    versions: [...document.versions, version],
  };
  context.region.documents.set(Name, updated);
  return { DocumentDescription: documentDescription(context, updated, version) };
}

function updateDefaultVersion(
  input: Ssm.UpdateDocumentDefaultVersionRequest,
  context: CallContext,
): Ssm.UpdateDocumentDefaultVersionResult {
  const { Name = '', DocumentVersion = '' } = input;
  const document = ownDocument(context, Name);
  const version = findVersion(document, Number(DocumentVersion));
  if (!version) throw unknownVersion();
  context.region.documents.set(Name, { ...document, defaultVersion: version.number });
  return { Description: { Name, DefaultVersion: DocumentVersion } };
}

function deleteDocument(input: Ssm.DeleteDocumentRequest, context: CallContext): Ssm.DeleteDocumentResult {
  const document = ownDocument(context, input.Name ?? '');
  context.region.documents.delete(document.name);
  return {};
}

function getDocument(input: Ssm.GetDocumentRequest, context: CallContext): Ssm.GetDocumentResult {
  const { Name = '', DocumentFormat = 'JSON', DocumentVersion = '$DEFAULT' } = input;
  if (DocumentFormat !== 'JSON') throw notSimulated(`documents in ${DocumentFormat}`);
  const document = findDocument(context, Name);
  if (!document) throw unknownDocument(Name);
  const version = versionOf(document, DocumentVersion);
  return {
    Name,
    CreatedDate: new Date(version.createdAtMs),
    ...(version.versionName === undefined ? {} : { VersionName: version.versionName }),
    DocumentVersion: String(version.number),
    Status: 'Active',
    Content: version.content,
    DocumentType: document.documentType,
    DocumentFormat: 'JSON',
  };
}

function describeDocument(input: Ssm.DescribeDocumentRequest, context: CallContext): Ssm.DescribeDocumentResult {
  const { Name = '', DocumentVersion = '$DEFAULT' } = input;
  const document = findDocument(context, Name);
  if (!document) throw unknownDocument(Name);
  return { Document: documentDescription(context, document, versionOf(document, DocumentVersion)) };
}

/** Documents of a practice account are shared with nobody. */
function describePermission(
  input: Ssm.DescribeDocumentPermissionRequest,
  context: CallContext,
): Ssm.DescribeDocumentPermissionResponse {
  ownDocument(context, input.Name ?? '');
  return { AccountIds: [], AccountSharingInfoList: [] };
}

function ownDocument({ region }: CallContext, name: string): OwnedDocument {
  const document = region.documents.get(name);
  if (document) return document;
  if (awsSessionDocuments.has(name))
    throw new ServiceFault('InvalidDocument', `Document ${name} is owned by AWS and cannot be changed.`);
  throw unknownDocument(name);
}

function versionOf(document: OwnedDocument, wanted: string) {
  if (wanted === '$LATEST') return latestVersion(document);
  const number = wanted === '$DEFAULT' ? document.defaultVersion : Number(wanted);
  const version = findVersion(document, number);
  if (!version) throw unknownVersion();
  return version;
}

function checkContent(content: string, format: string | undefined): void {
  if (format !== undefined && format !== 'JSON') throw notSimulated(`documents in ${format}`);
  if (content.length > LARGEST_CONTENT)
    throw new ServiceFault('MaxDocumentSizeExceeded', 'The size limit of a document is 64 KB.');
  readSessionDocument(content);
}

function wrongName(name: string): ServiceFault {
  return invalidMember(
    `'${name}'`,
    'name',
    'Member must satisfy regular expression pattern: ^[a-zA-Z0-9_\\-.]{3,128}$ and must not begin with aws, amazon or amzn',
  );
}

function unknownVersion(): ServiceFault {
  return new ServiceFault('InvalidDocumentVersion', 'The document version is not valid or does not exist.');
}

function notSimulated(what: string): ServiceFault {
  return new ServiceFault('UnsupportedOperation', `The practice cloud does not simulate ${what}.`);
}

export const documentOperations: OperationTable = {
  CreateDocument: createDocument,
  DeleteDocument: deleteDocument,
  DescribeDocument: describeDocument,
  DescribeDocumentPermission: describePermission,
  GetDocument: getDocument,
  ListDocuments: listDocuments,
  UpdateDocument: updateDocument,
  UpdateDocumentDefaultVersion: updateDefaultVersion,
};
