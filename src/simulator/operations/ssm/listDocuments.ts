import { awsSessionDocuments } from '../../agent/awsSessionDocuments';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ssm } from '../../protocols/wireTypes';
import { findVersion, type OwnedDocument } from '../../world/ownedDocument';
import { pageOf } from '../common/paging';
import type { CallContext } from '../operation';
import { documentDescription, findDocument } from './documentShapes';
import { checkPageSize } from './invalidMember';

const maximumPageSize = 50;

type Identifier = Ssm.DocumentIdentifier;

/** "ListDocuments": keys of its filters. Every value of a key counts, and all keys must fit. */
const filterKeys: Readonly<Record<string, (document: Identifier, value: string) => boolean>> = {
  DocumentType: ({ DocumentType }, value) => DocumentType === value,
  Name: ({ Name }, value) => Name?.startsWith(value) ?? false,
  Owner: ({ Owner }, value) => value === 'All' || (Owner === 'Amazon') === (value === 'Amazon' || value === 'Public'),
  PlatformTypes: ({ PlatformTypes }, value) => PlatformTypes?.some(type => type === value) ?? false,
  SchemaVersion: ({ SchemaVersion }, value) => SchemaVersion === value,
  SearchKeyword: ({ Name }, value) => Name?.toLowerCase().includes(value.toLowerCase()) ?? false,
};

/** The account's documents and AWS's own, by name. */
export function listDocuments(input: Ssm.ListDocumentsRequest, context: CallContext): Ssm.ListDocumentsResult {
  const wishes = [
    ...(input.Filters ?? []).map(({ Key = '', Values = [] }) => ({ key: Key, values: Values })),
    ...(input.DocumentFilterList ?? []).map(({ key = '', value = '' }) => ({ key, values: [value] })),
  ];
  const tests = wishes.map(testOf);
  const names = [...new Set([...context.region.documents.keys(), ...awsSessionDocuments.keys()])].sort();
  const documents = names.map(name => findDocument(context, name)).filter(document => document !== undefined);
  const fitting = documents
    .map(document => identifierOf(context, document))
    .filter(identifier => tests.every(test => test(identifier)));
  const { MaxResults = maximumPageSize, NextToken } = input;
  checkPageSize(MaxResults, maximumPageSize);
  const page = pageOf(fitting, { MaxResults, NextToken }, {}, ({ Name = '' }) => Name);
  return {
    DocumentIdentifiers: [...page.items],
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

function testOf({ key, values }: { readonly key: string; readonly values: readonly string[] }) {
  const tag = /^tag:(.+)$/.exec(key)?.[1];
  const fits = Object.hasOwn(filterKeys, key) ? filterKeys[key] : undefined;
  if (!fits && tag === undefined) throw new ServiceFault('InvalidFilterKey', `The filter key ${key} is not valid.`);
  return (identifier: Identifier) =>
    values.some(value =>
      tag === undefined
        ? fits?.(identifier, value)
        : identifier.Tags?.some(({ Key, Value }) => Key === tag && Value === value),
    );
}

function identifierOf(context: CallContext, document: OwnedDocument): Identifier {
  const version = findVersion(document, document.defaultVersion);
  if (!version) throw new RangeError(`${document.name} has no version ${document.defaultVersion}`);
  const description = documentDescription(context, document, version);
  const { Name, CreatedDate, DisplayName, Owner, VersionName, PlatformTypes } = description;
  const { DocumentVersion, DocumentType, SchemaVersion, DocumentFormat, Tags } = description;
  return {
    Name,
    CreatedDate,
    ...(DisplayName === undefined ? {} : { DisplayName }),
    Owner,
    ...(VersionName === undefined ? {} : { VersionName }),
    PlatformTypes,
    DocumentVersion,
    DocumentType,
    SchemaVersion,
    DocumentFormat,
    Tags,
  };
}
