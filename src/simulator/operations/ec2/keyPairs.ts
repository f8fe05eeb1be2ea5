import { keyPairId } from '../../../core/ids';
import type { KeyPair } from '../../../core/keyPair';
import type { KeyKind, PublicKey } from '../../keyPairMaker';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { applyFilters } from '../common/filters';
import { find, findAll } from '../common/resourceIds';
import { tagList, tagsAtCreation } from '../common/tags';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';

const longestName = 255;

function named(region: PlaceState, name: string | undefined): KeyPair | undefined {
  return [...region.keyPairs.values()].find(pair => pair.name === name);
}

/** A key pair by its name, as launches give it. */
export function findKeyPair(region: PlaceState, name: string): KeyPair {
  const found = named(region, name);
  if (found) return found;
  throw new ServiceFault('InvalidKeyPair.NotFound', `The key pair '${name}' does not exist`);
}

/** Makes a pair and shows the private key this once; it is kept nowhere. */
function create(input: Ec2.CreateKeyPairRequest, { region, digests, nowMs }: CallContext): Ec2.KeyPair {
  const name = checkName(region, input.KeyName);
  const kind = input.KeyType ?? 'rsa';
  if (kind !== 'rsa' && kind !== 'ed25519')
    throw new ServiceFault('InvalidParameterValue', `Invalid value '${kind}' for KeyType.`);
  if ((input.KeyFormat ?? 'pem') !== 'pem')
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud gives private keys in the pem format only.');
  const tags = tagsAtCreation(input.TagSpecifications, 'key-pair');
  const chance = region.chanceFor('key pair');
  const made = digests.keyPairs.make(kind, length => chance.bytes(length));
  const pair = store(region, { name, tags, nowMs }, made);
  return {
    KeyPairId: pair.id,
    ...optionalTags(pair),
    KeyName: pair.name,
    KeyFingerprint: pair.fingerprint,
    KeyMaterial: made.privateKey,
  };
}

function checkName(region: PlaceState, name = ''): string {
  if (name === '' || name.length > longestName)
    throw new ServiceFault('InvalidParameterValue', `Value (${name}) for parameter KeyName is invalid.`);
  if (named(region, name)) throw new ServiceFault('InvalidKeyPair.Duplicate', `The keypair '${name}' already exists.`);
  return name;
}

function store(
  region: PlaceState,
  { name, tags, nowMs }: { readonly name: string; readonly tags: KeyPair['tags']; readonly nowMs: number },
  { kind, publicKey, fingerprint }: PublicKey,
): KeyPair {
  const id = keyPairId(region.newId('key'));
  const pair = { id, name, kind, fingerprint, publicKey: `${publicKey} ${name}`, createdAtMs: nowMs, tags };
  region.keyPairs.set(id, pair);
  return pair;
}

function optionalTags({ tags }: KeyPair): { Tags?: Ec2.Tag[] } {
  return Object.keys(tags).length > 0 ? { Tags: tagList(tags) } : {};
}

function importPair(input: Ec2.ImportKeyPairRequest, { region, digests, nowMs }: CallContext): Ec2.ImportKeyPairResult {
  const name = checkName(region, input.KeyName);
  const found = digests.keyPairs.readPublicKey(new TextDecoder().decode(input.PublicKeyMaterial));
  if (!found) throw new ServiceFault('InvalidKey.Format', 'Key is not in valid OpenSSH public key format');
  const tags = tagsAtCreation(input.TagSpecifications, 'key-pair');
  const pair = store(region, { name, tags, nowMs }, found);
  return {
    KeyFingerprint: pair.fingerprint,
    KeyName: pair.name,
    KeyPairId: pair.id,
    ...optionalTags(pair),
  };
}

const wireKinds: Readonly<Record<KeyKind, Ec2.KeyType>> = { rsa: 'rsa', ed25519: 'ed25519' };

function describe(input: Ec2.DescribeKeyPairsRequest, { region }: CallContext): Ec2.DescribeKeyPairsResult {
  const byId = findAll('keyPair', region.keyPairs, input.KeyPairIds);
  const byName = input.KeyNames?.map(name => findKeyPair(region, name));
  const chosen = byName?.length ? byId.filter(pair => byName.includes(pair)) : byId;
  const filters = {
    fingerprint: (pair: KeyPair) => pair.fingerprint,
    'key-name': (pair: KeyPair) => pair.name,
    'key-pair-id': (pair: KeyPair) => pair.id,
  };
  const KeyPairs = applyFilters(chosen, input.Filters, filters, pair => pair.tags).map(pair => ({
    KeyPairId: pair.id,
    KeyType: wireKinds[pair.kind],
    Tags: tagList(pair.tags),
    ...(input.IncludePublicKey ? { PublicKey: pair.publicKey } : {}),
    CreateTime: wholeSeconds(pair.createdAtMs),
    KeyName: pair.name,
    KeyFingerprint: pair.fingerprint,
  }));
  return { KeyPairs };
}

/** Succeeds for a name that nobody has. */
function remove(input: Ec2.DeleteKeyPairRequest, { region }: CallContext): Ec2.DeleteKeyPairResult {
  if (input.KeyName === undefined && input.KeyPairId === undefined)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter KeyName or KeyPairId');
  const pair =
    input.KeyPairId === undefined ? named(region, input.KeyName) : find('keyPair', region.keyPairs, input.KeyPairId);
  if (pair) region.keyPairs.delete(pair.id);
  return { Return: true, ...(pair ? { KeyPairId: pair.id } : {}) };
}

export const keyPairOperations: OperationTable = {
  CreateKeyPair: create,
  DeleteKeyPair: remove,
  DescribeKeyPairs: describe,
  ImportKeyPair: importPair,
};
