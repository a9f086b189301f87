import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DeviceSearch } from '@tensormark/execution';
import { openTracing } from '@tensormark/observation';
import { waitForDatabase } from '@tensormark/records';
import { singleSignOnIn, UnusableSingleSignOn } from './auth/single-sign-on-settings.js';
import type { SingleSignOn } from './auth/single-sign-on.js';
import { readSettings, UnusableSettings, type Settings } from './environment.js';
import { startApi } from './start-api.js';

const PATIENCE_MS = 60_000;
const WEB_ROOT = fileURLToPath(new URL('../../../web/', import.meta.url));

function settingsOrExit(): Settings & { readonly singleSignOn?: SingleSignOn } {
  try {
    const singleSignOn = singleSignOnIn(process.env);
    return { ...readSettings(process.env), ...(singleSignOn === undefined ? {} : { singleSignOn }) };
  } catch (error) {
    if (!(error instanceof UnusableSettings || error instanceof UnusableSingleSignOn)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

/** Loads what computes, which takes a while, beside everything else. */
async function findDevice(): Promise<DeviceSearch> {
  try {
    const { openDevice } = await import('@tensormark/execution');
    return await openDevice();
  } catch (error) {
    process.stderr.write(`The search for a compute device failed: ${String(error)}\n`);
    return { kind: 'none', passedOver: [] };
  }
}

const settings = settingsOrExit();
await waitForDatabase(settings.databaseUrl, { timeoutMs: PATIENCE_MS });
const api = await startApi({
  ...(existsSync(WEB_ROOT) ? { webRoot: WEB_ROOT } : {}),
  ...settings,
  device: findDevice(),
  tracing: openTracing(process.env, 'api'),
});
process.stderr.write(`Listening on ${api.url}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void api.close().then(() => process.exit(0));
  });
}
