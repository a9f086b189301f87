import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../src/environment.js';

const NEEDED = {
  DATABASE_URL: 'postgres://user:pass@db.example/tensormark',
  TENSORMARK_SECRET: 'x'.repeat(40),
};

describe('settings from the environment', () => {
  it('what-is-needed-is-enough', () => {
    expect(readSettings(NEEDED)).toMatchObject({ host: '127.0.0.1', port: 7600, logLevel: 'info' });
  });

  it('empty-means-not-set', () => {
    expect(readSettings({ ...NEEDED, REDIS_URL: '' })).not.toHaveProperty('redisUrl');
  });

  it('lists-and-numbers-are-read', () => {
    const settings = readSettings({
      ...NEEDED,
      PORT: '80',
      PUBLIC_URL: 'https://marking.example.org',
      TENSORMARK_TRUSTED_ORIGINS: 'http://localhost:7601, https://x.example',
      TENSORMARK_TRUSTED_PROXIES: '10.0.0.0/8',
      TENSORMARK_UPLOAD_MB: '5',
    });
    expect(settings).toMatchObject({
      port: 80,
      publicUrl: 'https://marking.example.org',
      trustedOrigins: ['http://localhost:7601', 'https://x.example'],
      trustProxy: ['10.0.0.0/8'],
      limits: { uploadBytes: 5 * 1024 * 1024 },
    });
  });

  it.each([
    ['no-database', { TENSORMARK_SECRET: NEEDED.TENSORMARK_SECRET }, 'DATABASE_URL: is not set'],
    [
      'other-database',
      { ...NEEDED, DATABASE_URL: 'mysql://user:hunter2@x/y' },
      'DATABASE_URL: expected a Postgres address',
    ],
    [
      'short-secret',
      { ...NEEDED, TENSORMARK_SECRET: 'hunter2' },
      'TENSORMARK_SECRET: expected at least 32 characters',
    ],
    ['port-that-is-none', { ...NEEDED, PORT: '99999' }, 'PORT: '],
    ['address-that-is-none', { ...NEEDED, PUBLIC_URL: 'marking.example.org' }, 'PUBLIC_URL: '],
  ])('%s-is-named-without-its-value', (_name, environment, says) => {
    expect(() => readSettings(environment)).toThrow(says);
    expect(() => readSettings(environment)).not.toThrow('hunter2');
  });

  it('everything-wrong-is-named-at-once', () => {
    expect(() => readSettings({})).toThrow(/DATABASE_URL[^]*TENSORMARK_SECRET/);
  });
});
