/**
 * `npm start`: opens VS Code with this extension. The desktop one when `code` is on the path, else the workbench from npm in the
 * system's browser. `-- --web` asks for the latter, `--no-open` only prints its address, `--port N` fixes the port.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { desktopCommand, openDesktop } from './workbench/desktop';
import { openWorkbench } from './workbench/openWorkbench';
import { cacheFolder, projectFolder } from './workbench/projectFolder';
import { openInSystemBrowser } from './workbench/systemBrowser';

/** A browser keeps the workbench's state by address: the same port, when it is free, brings it back. */
const preferredPort = 8733;

const { values: options } = parseArgs({
  options: { web: { type: 'boolean' }, 'no-open': { type: 'boolean' }, port: { type: 'string' } },
});

async function start(): Promise<void> {
  const command = options.web ? undefined : desktopCommand();
  if (command) {
    await openDesktop(command, projectFolder());
    console.log('VS Code opens with VPC Endpoint Labs. Look for "VPC Labs" in the activity bar.');
  } else {
    await serve();
  }
}

async function serve(): Promise<void> {
  const open = (port: number) =>
    openWorkbench({
      extensionFolder: projectFolder(),
      dataFolder: join(cacheFolder(), 'start'),
      port,
      report: message => console.error(message),
    });
  const server =
    options.port === undefined ? await open(preferredPort).catch(() => open(0)) : await open(Number(options.port));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void server.stop());
  const isOpened = !options['no-open'] && (await openInSystemBrowser(server.url));
  console.log(server.url);
  console.log(
    isOpened ? 'VS Code opens in your browser. Ctrl-C ends it.' : 'Open this address in a browser. Ctrl-C ends it.',
  );
  await server.ended;
}

start().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
