import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Source files whose bundles this process has loaded from a folder, as the bundles' source maps name them; relative to `root`. */
export function loadedSources(folder: string, root: string): readonly string[] {
  return loadedScripts()
    .filter(script => script.startsWith(folder))
    .flatMap(script => {
      const { sources } = JSON.parse(readFileSync(`${script}.map`, 'utf8')) as { sources: readonly string[] };
      return sources.map(source => relative(root, resolve(dirname(script), source)).replaceAll('\\', '/'));
    });
}

/** The debugger tells of each script that there is as soon as it is enabled. */
function loadedScripts(): readonly string[] {
  const paths: string[] = [];
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params: { url } }) => {
    if (url.startsWith('file:')) paths.push(fileURLToPath(url));
  });
  session.post('Debugger.enable');
  session.disconnect();
  return paths;
}
