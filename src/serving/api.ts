import { openTracing } from '@tensormark/observation';
import { waitForDatabase } from '@tensormark/records';
import { startApi } from '../../apps/api/src/index.js';
import type { ExitCode } from '../command.js';
import { deviceChoice, findDevice } from '../machine/find-device.js';
import { WEB_ROOT } from '../machine/paths.js';
import { readBesideApi } from '../machine/read-beside-api.js';
import { apiSettings } from '../machine/settings.js';
import { untilAskedToStop } from '../machine/shutdown.js';
import type { Output } from '../terminal/output.js';

const PATIENCE_MS = 60_000;

/** Serves the REST interface and the pages until it is asked to stop. */
export async function serveApi(output: Output): Promise<ExitCode> {
  const settings = apiSettings(process.env);
  const choice = deviceChoice(process.env);
  await waitForDatabase(settings.databaseUrl, { timeoutMs: PATIENCE_MS });
  const running = await startApi({
    webRoot: WEB_ROOT,
    ...settings,
    readDocument: readBesideApi,
    device: await findDevice(choice),
    tracing: openTracing(process.env, 'api'),
  });
  output.say(`Listening on ${running.url}`);
  await untilAskedToStop();
  await running.close();
  return 0;
}
