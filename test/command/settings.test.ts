import { describe, expect, it } from '@jest/globals';
import { portBehind, readSettings } from '../../src/machine/settings.js';

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
