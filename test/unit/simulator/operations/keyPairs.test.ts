import assert from 'node:assert/strict';
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import {
  CreateKeyPairCommand,
  DeleteKeyPairCommand,
  DescribeKeyPairsCommand,
  ImportKeyPairCommand,
} from '@aws-sdk/client-ec2';
import { startTestCloud } from '../../../support/practice';
import { codeOf } from '../../../support/refusal';

const colons = (hex: string) => hex.match(/../g)?.join(':');

describe('key pairs', function () {
  this.timeout(20_000);

  it('of RSA are real, with the fingerprint of the private key', async () => {
    const { ec2 } = startTestCloud('default-vpc').clients();
    const made = await ec2.send(new CreateKeyPairCommand({ KeyName: 'mine' }));
    assert.match(made.KeyMaterial ?? '', /^-----BEGIN RSA PRIVATE KEY-----\n/);
    const key = createPrivateKey(made.KeyMaterial ?? '');
    assert.equal(key.asymmetricKeyDetails?.modulusLength, 2048);
    const der = key.export({ type: 'pkcs8', format: 'der' });
    assert.equal(made.KeyFingerprint, colons(createHash('sha1').update(der).digest('hex')));
    assert.equal(await codeOf(ec2.send(new CreateKeyPairCommand({ KeyName: 'mine' }))), 'InvalidKeyPair.Duplicate');
  });

  it('of Ed25519 are written as OpenSSH does, and the public half is listed on request', async () => {
    const { ec2 } = startTestCloud('default-vpc').clients();
    const made = await ec2.send(new CreateKeyPairCommand({ KeyName: 'mine', KeyType: 'ed25519' }));
    assert.match(made.KeyMaterial ?? '', /^-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA/);
    const plain = await ec2.send(new DescribeKeyPairsCommand({}));
    assert.equal(plain.KeyPairs?.[0]?.PublicKey, undefined);
    const { KeyPairs } = await ec2.send(new DescribeKeyPairsCommand({ KeyNames: ['mine'], IncludePublicKey: true }));
    const [, blob = '', comment] = KeyPairs?.[0]?.PublicKey?.split(' ') ?? [];
    assert.equal(comment, 'mine');
    assert.equal(made.KeyFingerprint, createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64'));
    const inside = Buffer.from(made.KeyMaterial?.split('\n').slice(1, -2).join('') ?? '', 'base64');
    assert.ok(inside.includes(Buffer.from(blob, 'base64').subarray(-32)));
  });

  it('are imported in OpenSSH form, and deleted whether they are there or not', async () => {
    const { ec2 } = startTestCloud('default-vpc').clients();
    const { KeyMaterial = '' } = await ec2.send(new CreateKeyPairCommand({ KeyName: 'first' }));
    const describe = { KeyNames: ['first'], IncludePublicKey: true };
    const { KeyPairs } = await ec2.send(new DescribeKeyPairsCommand(describe));
    const PublicKeyMaterial = Buffer.from(KeyPairs?.[0]?.PublicKey ?? '');
    const imported = await ec2.send(new ImportKeyPairCommand({ KeyName: 'second', PublicKeyMaterial }));
    const der = createPublicKey(KeyMaterial).export({ type: 'spki', format: 'der' });
    assert.equal(imported.KeyFingerprint, colons(createHash('md5').update(der).digest('hex')));
    const wrong = { KeyName: 'third', PublicKeyMaterial: Buffer.from('ssh-rsa nonsense') };
    assert.equal(await codeOf(ec2.send(new ImportKeyPairCommand(wrong))), 'InvalidKey.Format');
    await ec2.send(new DeleteKeyPairCommand({ KeyName: 'second' }));
    await ec2.send(new DeleteKeyPairCommand({ KeyName: 'second' }));
    const gone = ec2.send(new DescribeKeyPairsCommand({ KeyNames: ['second'] }));
    assert.equal(await codeOf(gone), 'InvalidKeyPair.NotFound');
  });
});
