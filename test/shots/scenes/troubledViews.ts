import { readFile, writeFile } from 'node:fs/promises';
import { CloudProcess } from '../../support/cloudProcess';
import { EndpointJourney } from '../../support/endpointJourney';
import type { SceneGroup } from '../scene';
import { showViews, viewTitles } from '../sidebar';

/** Profiles at clouds where every reading goes wrong in one way. */
const faults = {
  refused: 'serverError,on=ec2:Describe*',
  'signed-out': 'expiredCredentials,on=ec2:Describe*',
  slow: 'slow,on=ec2:Describe*,delayMs=600000',
} as const;
const profiles = Object.keys(faults) as (keyof typeof faults)[];

/** Every view while AWS refuses, does not know the credentials any more, or takes its time. */
export const troubledViews: SceneGroup = {
  name: 'trouble',
  async prepare() {
    const clouds = await Promise.all(profiles.map(profile => CloudProcess.start('--fault', faults[profile])));
    const environments = await Promise.all(
      profiles.map((profile, index) => (clouds[index] as CloudProcess).writeProfile(profile, 'provider')),
    );
    return {
      environment: await joined(environments),
      leave: async () => {
        await Promise.all(clouds.map(cloud => cloud.stop()));
      },
    };
  },
  scenes: [
    {
      name: 'trouble',
      async play(workbench) {
        const journey = new EndpointJourney(workbench);
        for (const profile of profiles) await journey.addScope(profile);
        await showViews(workbench, ...viewTitles);
        for (const title of viewTitles) {
          const tree = await workbench.tree(title);
          await tree.item(/Reading…/).waitFor();
          await tree.item(/Sign in again/).waitFor();
        }
      },
    },
  ],
};

/** The profiles of all in the files of the first. */
async function joined(environments: readonly Record<string, string>[]): Promise<Record<string, string>> {
  const [first = {}] = environments;
  for (const [name, path] of Object.entries(first)) {
    const texts = await Promise.all(environments.map(each => readFile(each[name] ?? '', 'utf8')));
    await writeFile(path, texts.join('\n'));
  }
  return first;
}
