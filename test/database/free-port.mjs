import { createServer } from 'node:net';

/**
 * Below the ports that systems give to whoever asks for any (from 32768 on Linux): else a connection of some other test takes
 * the port between this and the server that is to listen on it.
 */
const FROM = 10_000;
const TO = 32_000;

/** A port of this machine's that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const port = FROM + Math.floor(Math.random() * (TO - FROM));
    const probe = createServer();
    probe.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(freePort()) : reject(error)));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)));
  });
}
