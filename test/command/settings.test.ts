import { describe, expect, it } from '@jest/globals';
import { deviceChoice } from '../../src/machine/find-device.js';
import { apiSettings, portBehind, readSettings, workerSettings } from '../../src/machine/settings.js';

const NEEDED = {
  DATABASE_URL: 'postgres://user:pass@db.example/tensormark',
  TENSORMARK_SECRET: 'x'.repeat(40),
};

describe("the port of a worker's metrics", () => {
  it.each([
    ['none', undefined, undefined],
    ['behind-the-one-of-the-interface', '9464', 9465],
    ['the-last-one', '65534', 65_535],
    ['any-that-is-free', '0', 0],
  ])('is: %s', (_name, METRICS_PORT, port) => {
    expect(portBehind(readSettings({ METRICS_PORT }).METRICS_PORT)).toBe(port);
  });

  it('behind-the-last-there-is-none', () => {
    expect(() => portBehind(readSettings({ METRICS_PORT: '65535' }).METRICS_PORT)).toThrow(/65534 at most/);
  });
});

describe('settings of what a command starts', () => {
  it('the-interface-has-all-that-it-has-by-itself', () => {
    const settings = apiSettings({
      ...NEEDED,
      REDIS_URL: 'redis://queue.example',
      PUBLIC_URL: 'https://marking.example.org',
      TENSORMARK_TRUSTED_PROXIES: '10.0.0.0/8',
      TENSORMARK_REQUESTS_PER_MINUTE: '7',
      TENSORMARK_UPLOADS_PER_MINUTE: '8',
      TENSORMARK_TOKEN_UPLOADS_PER_MINUTE: '9',
      TENSORMARK_UPLOAD_MB: '1',
      TENSORMARK_NEW_EXAMS: 'team',
      METRICS_PORT: '9464',
      OIDC_ISSUER: 'https://id.example',
      OIDC_CLIENT_ID: 'tensormark',
      OIDC_CLIENT_SECRET: 'hunter2',
    });
    expect(settings).toMatchObject({
      redisUrl: 'redis://queue.example',
      publicUrl: 'https://marking.example.org',
      trustProxy: ['10.0.0.0/8'],
      newExams: 'team',
      limits: {
        requestsPerMinute: 7,
        uploadsPerMinute: 8,
        tokenUploadsPerMinute: 9,
        uploadBytes: 1024 * 1024,
      },
      observers: { host: '127.0.0.1', port: 9464 },
      singleSignOn: { issuer: 'https://id.example' },
      logLevel: 'warn',
    });
    expect(apiSettings({ ...NEEDED, TENSORMARK_LOG: 'debug' }).logLevel).toBe('debug');
  });

  it('the-worker-has-all-that-it-has-by-itself', () => {
    expect(
      workerSettings({
        ...NEEDED,
        TENSORMARK_CONCURRENCY: '3',
        TENSORMARK_SECONDS_PER_TASK: '5',
        TENSORMARK_RETENTION_DAYS: '30',
        TENSORMARK_QUEUES: 'marking, execution',
        TENSORMARK_BACKEND: 'wasm',
        TENSORMARK_EMBEDDING_MODEL: 'model',
      }),
    ).toMatchObject({
      concurrency: 3,
      secondsPerTask: 5,
      retentionDays: 30,
      queues: ['marking', 'execution'],
      device: { only: 'wasm' },
      embeddingModel: 'model',
    });
  });

  const WRONG: readonly (readonly [string, string])[] = [
    ['DATABASE_URL', 'mysql://user:hunter2@x/y'],
    ['REDIS_URL', 'hunter2'],
    ['METRICS_PORT', '65536'],
    ['TENSORMARK_LOG', 'hunter2'],
  ];
  const OF_THE_INTERFACE: typeof WRONG = [
    ...WRONG,
    ['TENSORMARK_SECRET', 'hunter2'],
    ['PORT', '99999'],
    ['PORT', 'hunter2'],
    ['PUBLIC_URL', 'marking.example.org'],
    ['TENSORMARK_TRUSTED_ORIGINS', 'https://a.example, hunter2'],
    ['TENSORMARK_UPLOAD_MB', '0'],
    ['TENSORMARK_UPLOADS_PER_MINUTE', '1.5'],
    ['TENSORMARK_TOKEN_UPLOADS_PER_MINUTE', '-1'],
    ['TENSORMARK_REQUESTS_PER_MINUTE', 'hunter2'],
    ['TENSORMARK_NEW_EXAMS', 'everybody'],
    ['OIDC_ISSUER', 'hunter2'],
  ];
  const OF_THE_WORKER: typeof WRONG = [
    ...WRONG,
    ['TENSORMARK_CONCURRENCY', '0'],
    ['TENSORMARK_SECONDS_PER_TASK', 'hunter2'],
    ['TENSORMARK_RETENTION_DAYS', '0.5'],
    ['TENSORMARK_QUEUES', 'marking, hunter2'],
    ['TENSORMARK_BACKEND', 'hunter2'],
    ['COMPUTE_ALLOW_SOFTWARE_GPU', 'yes'],
  ];

  it.each(OF_THE_INTERFACE)('of-the-interface-%s=%s-is-named-without-its-value', (name, value) => {
    const read = () => apiSettings({ ...NEEDED, [name]: value });
    expect(read).toThrow(new RegExp(`cannot be used:\\n(?:.*\\n)*  ${name}\\S*: `));
    expect(read).not.toThrow(/hunter2/);
  });

  it.each(OF_THE_WORKER)('of-the-worker-%s=%s-is-named-without-its-value', (name, value) => {
    const read = () => workerSettings({ ...NEEDED, [name]: value });
    expect(read).toThrow(new RegExp(`cannot be used:\\n(?:.*\\n)*  ${name}\\S*: `));
    expect(read).not.toThrow(/hunter2/);
  });

  it('a-backend-that-is-none-is-named-with-those-there-are', () => {
    expect(() => deviceChoice({ TENSORMARK_BACKEND: 'hunter2' })).toThrow(
      'TENSORMARK_BACKEND is none of the compute backends there are: tensorflow, webgpu, wasm, cpu',
    );
  });

  it('what-is-needed-and-not-set-is-asked-for', () => {
    expect(() => apiSettings({})).toThrow(/DATABASE_URL: is not set[^]*TENSORMARK_SECRET: is not set/);
    expect(() => workerSettings({})).toThrow(/DATABASE_URL: is not set/);
  });
});
