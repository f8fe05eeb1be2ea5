/** The practice cloud in a worker: bytes in and out over the port, time from the wall clock. */
import { fileURLToPath } from 'node:url';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Log } from '../base/log';
import { PracticeHome, rulesOf } from './node/practiceHome';
import { SharedPractice } from './node/sharedPractice';
import { WorldFolder } from './node/worldFolder';
import { paces } from './paces';
import { PracticeConnection } from './practiceConnection';
import { readWorkerMessage } from './readWorkerMessage';
import type { FromWorker, ToWorker, WorkerStart } from './workerProtocol';

function portLog(port: MessagePort): Log {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string) =>
    port.postMessage({ kind: 'log', level, message } satisfies FromWorker);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

async function begin(port: MessagePort, start: WorkerStart): Promise<void> {
  const log = portLog(port);
  const post = (message: FromWorker) => port.postMessage(message);
  const about = {
    world: start.world,
    pace: paces[start.pace],
    seed: start.seed,
    channelFaults: start.channelFaults,
    rules: rulesOf(fileURLToPath(import.meta.url)),
    log,
  };
  const receive = start.folder === undefined ? await alone(about, post) : await shared(start.folder, about, post);
  port.on('message', (value: unknown) => {
    const message = readWorkerMessage(value);
    if (message) receive(message);
    else log.warn('Practice worker: a message of unknown form was dropped');
  });
}

type About = ConstructorParameters<typeof PracticeHome>[0];
type Receive = (message: ToWorker) => void;

async function alone(about: About, post: (message: FromWorker) => void): Promise<Receive> {
  const home = new PracticeHome(about);
  await home.open();
  const connection = new PracticeConnection(home, post);
  connection.greet();
  return message => connection.receive(message);
}

async function shared(folder: string, about: About, post: (message: FromWorker) => void): Promise<Receive> {
  const practice = new SharedPractice(
    folder,
    () => new PracticeHome({ ...about, folder: new WorldFolder(folder) }),
    post,
    about.log,
  );
  await practice.join();
  return message => practice.receive(message);
}

if (parentPort) await begin(parentPort, workerData as WorkerStart);
