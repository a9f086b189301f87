import { openTracing } from '@tensormark/observation';
import { waitForDatabase } from '@tensormark/records';
import { startApi } from '../../apps/api/src/index.js';
import type { Command } from '../command.js';
import { deviceChoice, findDevice } from '../machine/find-device.js';
import { WEB_ROOT } from '../machine/paths.js';
import { readBesideApi } from '../machine/read-beside-api.js';
import { observersIn, readSettings, required } from '../machine/settings.js';
import { singleSignOnOption } from '../machine/single-sign-on.js';
import { untilAskedToStop } from '../machine/shutdown.js';
import { readArguments } from '../terminal/arguments.js';

const PATIENCE_MS = 60_000;

export const api: Command = {
  usage: '',
  help: `
Serves the REST interface and the pages until it is stopped. DATABASE_URL and TENSORMARK_SECRET must be set; HOST, PORT,
PUBLIC_URL and REDIS_URL may be.`,
  async run(args, output) {
    readArguments(args, {});
    const settings = readSettings(process.env);
    const databaseUrl = required(settings, 'DATABASE_URL');
    const secret = required(settings, 'TENSORMARK_SECRET');
    const signOn = singleSignOnOption(process.env);
    await waitForDatabase(databaseUrl, { timeoutMs: PATIENCE_MS });
    const running = await startApi({
      databaseUrl,
      secret,
      host: settings.HOST,
      port: settings.PORT,
      webRoot: WEB_ROOT,
      readDocument: readBesideApi,
      device: await findDevice(deviceChoice(process.env)),
      ...(settings.REDIS_URL === undefined ? {} : { redisUrl: settings.REDIS_URL }),
      ...observersIn(settings),
      ...signOn,
      tracing: openTracing(process.env, 'api'),
      ...(settings.PUBLIC_URL === undefined ? {} : { publicUrl: settings.PUBLIC_URL }),
      ...(settings.TENSORMARK_NEW_EXAMS === undefined ? {} : { newExams: settings.TENSORMARK_NEW_EXAMS }),
    });
    output.say(`Listening on ${running.url}`);
    await untilAskedToStop();
    await running.close();
    return 0;
  },
};
