import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, projectFolder } from './projectFolder';
import { stageFolder } from './stagedFolder';

/** A browser that can be started. */
export interface Browser {
  readonly executablePath: string;
  /** Extra environment that it needs. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Unpacks the headless Chromium of `@sparticuz/chromium` with the libraries and fonts that a bare machine lacks. The package always
 * unpacks into the temporary folder, and the libraries only on AWS Lambda: a child process is told that both are so.
 */
export async function unpackChromium(): Promise<Browser> {
  const { version } = JSON.parse(
    readFileSync(join(projectFolder(), 'node_modules/@sparticuz/chromium/package.json'), 'utf8'),
  );
  const folder = join(cacheFolder(), `chromium-${version}`);
  await stageFolder(folder, async staging => {
    const unpack = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
    await promisify(execFile)(process.execPath, ['--eval', unpack], {
      cwd: projectFolder(),
      env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    });
    await writeFile(join(staging, 'fonts.conf'), fontConfiguration(folder));
  });
  return {
    executablePath: join(folder, 'chromium'),
    environment: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

function fontConfiguration(folder: string): string {
  const folders = [join(folder, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'];
  const entries = [...folders.map(font => `<dir>${font}</dir>`), `<cachedir>${join(folder, 'font-cache')}</cachedir>`];
  return `<?xml version="1.0"?>\n<fontconfig>${entries.join('')}</fontconfig>\n`;
}
