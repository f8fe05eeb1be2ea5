import assert from 'node:assert/strict';
import {
  AddTagsToResourceCommand,
  CreateDocumentCommand,
  DeleteDocumentCommand,
  DescribeDocumentCommand,
  DescribeDocumentPermissionCommand,
  DescribeSessionsCommand,
  GetDocumentCommand,
  ListDocumentsCommand,
  ListTagsForResourceCommand,
  RemoveTagsFromResourceCommand,
  ResumeSessionCommand,
  type SSMClient,
  StartSessionCommand,
  TerminateSessionCommand,
  UpdateDocumentCommand,
  UpdateDocumentDefaultVersionCommand,
} from '@aws-sdk/client-ssm';
import { OfficialClient } from '../../../support/officialClient';
import { startTestCloud, type TestCloud } from '../../../support/practice';
import { runFor, runUntil } from '../../../support/runTimeline';

const PREFERENCES = 'SSM-SessionManagerRunShell';
const minuteMs = 60_000;

function preferences(inputs: object): string {
  return JSON.stringify({ schemaVersion: '1.0', description: 'Settings', sessionType: 'Standard_Stream', inputs });
}

describe('sessions by the SDK', () => {
  let cloud: TestCloud;
  let ssm: SSMClient;
  let target: string;

  beforeEach(async () => {
    cloud = startTestCloud('default', 20);
    ssm = cloud.clients().ssm;
    const [account] = cloud.cloud.world.accounts.slice(1);
    const region = cloud.cloud.world.region({ accountId: account!.id, region: 'ap-south-1' as never });
    target = [...region.instances.keys()][0] as string;
    await runUntil(cloud.timeline, () => cloud.cloud.guestOf(region.place, target as never) !== undefined, 600_000);
  });

  const start = (input: object = {}) => ssm.send(new StartSessionCommand({ Target: target, ...input }));
  const list = (state: 'Active' | 'History', more: object = {}) =>
    ssm.send(new DescribeSessionsCommand({ State: state, ...more }));

  function connect(ticket: { StreamUrl?: string | undefined; TokenValue?: string | undefined }): OfficialClient {
    const transport = cloud.cloud.openChannel(ticket.StreamUrl ?? '', {});
    return new OfficialClient(transport, { clock: cloud.timeline, token: ticket.TokenValue ?? '' });
  }

  it('are listed while they live, then in the history, with who, what and why', async () => {
    const { SessionId } = await start({ Reason: 'to look' });
    const [active] = (await list('Active')).Sessions ?? [];
    assert.equal(active?.SessionId, SessionId);
    assert.match(SessionId ?? '', /^\w+-[a-z0-9]{26}$/);
    assert.match(active?.Owner ?? '', /^arn:aws:iam::\d{12}:user\/\w+$/);
    assert.deepEqual(
      [active?.Target, active?.Reason, active?.DocumentName, active?.Status, active?.EndDate],
      [target, 'to look', PREFERENCES, 'Connecting', undefined],
    );
    await ssm.send(new TerminateSessionCommand({ SessionId }));
    assert.deepEqual((await list('Active')).Sessions, []);
    const [ended] = (await list('History')).Sessions ?? [];
    assert.equal(ended?.Status, 'Terminated');
    assert.ok(ended?.EndDate);
  });

  it('are found by filter, page by page', async () => {
    const owner = (await list('Active')).Sessions;
    assert.deepEqual(owner, []);
    const ids = [];
    for (let count = 0; count < 3; count++) ids.unshift((await start()).SessionId);
    const first = await list('Active', { MaxResults: 2 });
    const second = await list('Active', { MaxResults: 2, NextToken: first.NextToken });
    const pages = [...(first.Sessions ?? []), ...(second.Sessions ?? [])];
    assert.deepEqual(
      pages.map(({ SessionId }) => SessionId),
      ids,
    );
    assert.equal(second.NextToken, undefined);
    const found = async (key: string, value: string) =>
      (await list('Active', { Filters: [{ key, value }] })).Sessions?.length;
    assert.equal(await found('SessionId', ids[0] ?? ''), 1);
    assert.equal(await found('Target', target), 3);
    assert.equal(await found('Target', 'i-00000000000000000'), 0);
    assert.equal(await found('Status', 'Connected'), 0);
    assert.equal(await found('Owner', pages[0]?.Owner ?? ''), 3);
    assert.equal(await found('InvokedAfter', new Date(cloud.timeline.now() + 1).toISOString()), 0);
    assert.equal(await found('InvokedBefore', new Date(cloud.timeline.now() + 1).toISOString()), 3);
  });

  const refusals: readonly [string, () => Promise<unknown>, string][] = [
    ['a page of more than 200', () => list('Active', { MaxResults: 201 }), 'ValidationException'],
    ['a page of nothing', () => list('Active', { MaxResults: 0 }), 'ValidationException'],
    ['a state that is none', () => list('Dead' as never), 'ValidationException'],
    [
      'more than six filters',
      () => list('Active', { Filters: Array.from({ length: 7 }, () => ({ key: 'Target', value: 'x' })) }),
      'ValidationException',
    ],
    ['a target of 401 characters', () => start({ Target: 'i'.repeat(401) }), 'ValidationException'],
    ['an unknown target', () => start({ Target: 'i-00000000000000000' }), 'TargetNotConnected'],
    ['an unknown document', () => start({ DocumentName: 'Nobodys-Document' }), 'InvalidDocument'],
    [
      'a session that never was',
      () => ssm.send(new ResumeSessionCommand({ SessionId: 'x-1' })),
      'DoesNotExistException',
    ],
    [
      'a document of AWS',
      () => ssm.send(new DeleteDocumentCommand({ Name: 'AWS-StartSSHSession' })),
      'InvalidDocument',
    ],
    ['a document that is not there', () => ssm.send(new GetDocumentCommand({ Name: PREFERENCES })), 'InvalidDocument'],
    ['a document name of AWS', () => create('AWS-Mine', preferences({})), 'ValidationException'],
    ['content that is no JSON', () => create('Mine', '{'), 'InvalidDocumentContent'],
    [
      'another schema version',
      () => create('Mine', JSON.stringify({ schemaVersion: '2.2', sessionType: 'Port' })),
      'InvalidDocumentSchemaVersion',
    ],
    [
      'an idle limit over an hour',
      () => create('Mine', preferences({ idleSessionTimeout: '61' })),
      'InvalidDocumentContent',
    ],
    ['logs in S3, by name', () => create('Mine', preferences({ s3BucketName: 'logs' })), 'UnsupportedOperation'],
    ['Run As, by name', () => create('Mine', preferences({ runAsEnabled: true })), 'UnsupportedOperation'],
  ];
  for (const [name, call, code] of refusals) {
    it(`refuse ${name}`, async () => {
      await assert.rejects(call(), { name: code });
    });
  }

  function create(Name: string, Content: string) {
    return ssm.send(new CreateDocumentCommand({ Name, Content, DocumentType: 'Session', DocumentFormat: 'JSON' }));
  }

  it('are resumed with a new token and stream URL, and with none when they are over', async () => {
    const started = await start();
    const resumed = await ssm.send(new ResumeSessionCommand({ SessionId: started.SessionId }));
    assert.notEqual(resumed.TokenValue, started.TokenValue);
    assert.notEqual(resumed.StreamUrl, started.StreamUrl);
    await ssm.send(new TerminateSessionCommand({ SessionId: started.SessionId }));
    const over = await ssm.send(new ResumeSessionCommand({ SessionId: started.SessionId }));
    assert.deepEqual([over.SessionId, over.TokenValue, over.StreamUrl], [started.SessionId, undefined, undefined]);
  });

  describe('with preferences', () => {
    it('end after the idle limit and the duration that the account chose, and say so', async () => {
      await create(PREFERENCES, preferences({ idleSessionTimeout: '1', maxSessionDuration: '3' }));
      const idle = connect(await start());
      await runFor(cloud.timeline, 2 * minuteMs);
      assert.equal(idle.closingOutput, 'Your session timed out due to inactivity and has been terminated.');
      const started = await start();
      const busy = connect(started);
      for (let half = 0; half < 7; half++) {
        busy.write(' ');
        await runFor(cloud.timeline, minuteMs / 2);
      }
      assert.match(busy.closingOutput ?? '', /maximum duration/);
      const [ended] =
        (await list('History', { Filters: [{ key: 'SessionId', value: started.SessionId }] })).Sessions ?? [];
      assert.equal(ended?.MaxSessionDuration, '3');
    });

    it('type the shell profile into every shell', async () => {
      await create(PREFERENCES, preferences({ shellProfile: { linux: 'echo profile-$((1+1))' } }));
      const client = connect(await start());
      await runUntil(cloud.timeline, () => client.textOf(1).includes('profile-2\r\n'), 10_000);
    });

    it('follow the latest version of the document', async () => {
      await create(PREFERENCES, preferences({ shellProfile: { linux: 'echo one' } }));
      const Content = preferences({ shellProfile: { linux: 'echo t""wo' } });
      const update = { Name: PREFERENCES, Content, DocumentVersion: '$LATEST' };
      const { DocumentDescription } = await ssm.send(new UpdateDocumentCommand(update));
      assert.deepEqual([DocumentDescription?.LatestVersion, DocumentDescription?.DefaultVersion], ['2', '1']);
      const client = connect(await start());
      await runUntil(cloud.timeline, () => client.textOf(1).includes('two\r\n'), 10_000);
      await assert.rejects(ssm.send(new UpdateDocumentCommand(update)), { name: 'DuplicateDocumentContent' });
    });

    it('shake hands for a key', async () => {
      await create(PREFERENCES, preferences({ kmsKeyId: 'alias/sessions' }));
      const client = connect(await start());
      await runUntil(cloud.timeline, () => client.isClosed, 10_000);
      assert.match(JSON.stringify(client.handshakeRequest), /"KMSEncryption".*"alias\/sessions"/);
    });
  });

  describe('of a document of their own', () => {
    const content = JSON.stringify({
      schemaVersion: '1.0',
      description: 'Shows who asks',
      sessionType: 'InteractiveCommands',
      parameters: { word: { type: 'String', description: 'a word', default: 'hello', allowedPattern: '^[a-z]+$' } },
      properties: { linux: { commands: 'echo {{ word }} $(whoami)', runAsElevated: true } },
    });

    it('run it with its parameters and rights', async () => {
      await create('Greet', content);
      const run = async (Parameters: Record<string, string[]>) => {
        const client = connect(await start({ DocumentName: 'Greet', Parameters }));
        await runUntil(cloud.timeline, () => client.isClosed, 10_000);
        return client.textOf(1);
      };
      assert.equal(await run({}), 'hello root\r\n');
      assert.equal(await run({ word: ['bye'] }), 'bye root\r\n');
      await assert.rejects(run({ word: ['a; rm'] }), { name: 'InvalidParameters' });
      await assert.rejects(run({ other: ['a'] }), { name: 'InvalidParameters' });
    });

    it('is kept in versions, and gone when deleted', async () => {
      const created = await create('Greet', content);
      assert.deepEqual(
        [created.DocumentDescription?.DocumentVersion, created.DocumentDescription?.Parameters?.[0]?.DefaultValue],
        ['1', 'hello'],
      );
      await assert.rejects(create('Greet', content), { name: 'DocumentAlreadyExists' });
      const Content = content.replace('hello', 'hi');
      await ssm.send(new UpdateDocumentCommand({ Name: 'Greet', Content, DocumentVersion: '1' }));
      const get = (DocumentVersion?: string) =>
        ssm.send(new GetDocumentCommand({ Name: 'Greet', ...(DocumentVersion ? { DocumentVersion } : {}) }));
      assert.equal((await get()).Content, content);
      assert.equal((await get('$LATEST')).Content, Content);
      await assert.rejects(get('3'), { name: 'InvalidDocumentVersion' });
      await ssm.send(new UpdateDocumentDefaultVersionCommand({ Name: 'Greet', DocumentVersion: '2' }));
      assert.equal((await get()).DocumentVersion, '2');
      const shared = new DescribeDocumentPermissionCommand({ Name: 'Greet', PermissionType: 'Share' });
      assert.deepEqual((await ssm.send(shared)).AccountIds, []);
      await ssm.send(new DeleteDocumentCommand({ Name: 'Greet' }));
      await assert.rejects(get(), { name: 'InvalidDocument' });
    });

    it('is listed beside those of AWS, by owner, name and type', async () => {
      await create('Greet', content);
      const names = async (...Filters: { Key: string; Values: string[] }[]) =>
        (await ssm.send(new ListDocumentsCommand({ Filters }))).DocumentIdentifiers?.map(({ Name }) => Name);
      assert.deepEqual(await names({ Key: 'Owner', Values: ['Self'] }), ['Greet']);
      const ports = { Key: 'Name', Values: ['AWS-StartPort', 'AWS-StartSSH'] };
      assert.deepEqual(await names({ Key: 'Owner', Values: ['Amazon'] }, ports), [
        'AWS-StartPortForwardingSession',
        'AWS-StartPortForwardingSessionToRemoteHost',
        'AWS-StartSSHSession',
      ]);
      assert.deepEqual(await names({ Key: 'DocumentType', Values: ['Command'] }), []);
      const first = await ssm.send(new ListDocumentsCommand({ MaxResults: 4 }));
      const second = await ssm.send(new ListDocumentsCommand({ MaxResults: 4, NextToken: first.NextToken }));
      assert.deepEqual([first.DocumentIdentifiers?.length, second.DocumentIdentifiers?.length], [4, 2]);
      await assert.rejects(names({ Key: 'Colour', Values: ['red'] }), { name: 'InvalidFilterKey' });
      await assert.rejects(ssm.send(new ListDocumentsCommand({ MaxResults: 51 })), { name: 'ValidationException' });
    });

    it('bears tags', async () => {
      const Tags = [{ Key: 'lab', Value: '1' }];
      const Name = 'Greet';
      await ssm.send(new CreateDocumentCommand({ Name, Content: content, DocumentType: 'Session', Tags }));
      const of = { ResourceType: 'Document', ResourceId: Name } as const;
      await ssm.send(new AddTagsToResourceCommand({ ...of, Tags: [{ Key: 'step', Value: '2' }] }));
      await ssm.send(new RemoveTagsFromResourceCommand({ ...of, TagKeys: ['lab'] }));
      const { TagList } = await ssm.send(new ListTagsForResourceCommand(of));
      assert.deepEqual(TagList, [{ Key: 'step', Value: '2' }]);
      const missing = new ListTagsForResourceCommand({ ...of, ResourceId: 'Other' });
      await assert.rejects(ssm.send(missing), { name: 'InvalidResourceId' });
    });

    it('can be called by its ARN, and so can those of AWS', async () => {
      await create('Greet', content);
      const [account] = cloud.cloud.accounts.slice(1);
      for (const arn of [`${account?.accountId}:document/Greet`, ':document/AWS-StartSSHSession'])
        assert.ok((await start({ DocumentName: `arn:aws:ssm:ap-south-1:${arn}` })).SessionId);
      const foreign = start({ DocumentName: 'arn:aws:ssm:ap-south-1:999988887777:document/Greet' });
      await assert.rejects(foreign, { name: 'InvalidDocument' });
    });

    it("can be copied from AWS's own, which everybody can read", async () => {
      const { Content = '', DocumentType } = await ssm.send(new GetDocumentCommand({ Name: 'AWS-StartSSHSession' }));
      assert.equal(DocumentType, 'Session');
      await create('My-SSH', Content);
      const { Document } = await ssm.send(new DescribeDocumentCommand({ Name: 'AWS-StartSSHSession' }));
      assert.equal(Document?.Owner, 'Amazon');
    });
  });
});
