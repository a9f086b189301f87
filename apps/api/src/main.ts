import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openDevice } from '@tensormark/execution';
import { waitForDatabase } from '@tensormark/records';
import { readSettings, UnusableSettings, type Settings } from './environment.js';
import { startApi } from './start-api.js';

const PATIENCE_MS = 60_000;
const WEB_ROOT = fileURLToPath(new URL('../../../web/', import.meta.url));

function settingsOrExit(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (!(error instanceof UnusableSettings)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

const settings = settingsOrExit();
await waitForDatabase(settings.databaseUrl, { timeoutMs: PATIENCE_MS });
const api = await startApi({
  ...(existsSync(WEB_ROOT) ? { webRoot: WEB_ROOT } : {}),
  ...settings,
  device: await openDevice(),
});
process.stderr.write(`Listening on ${api.url}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void api.close().then(() => process.exit(0));
  });
}
