import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { forgetAhead, takeAhead } from '../src/api/ahead.js';

const to = (path: string, method = 'GET') => new Request(`https://marks.example${path}`, { method });

/** As ahead.js leaves it in the page. */
function asked(answers: Record<string, Response | null>): void {
  const tensormarkAhead = Object.fromEntries(
    Object.entries(answers).map(([path, answer]) => [path, Promise.resolve(answer)]),
  );
  Object.assign(globalThis, { window: { tensormarkAhead } });
}

afterAll(() => {
  Reflect.deleteProperty(globalThis, 'window');
});

describe('what was asked before the pages were here', () => {
  const me = new Response('{}');
  const sinceTheStart = jest.spyOn(performance, 'now');
  beforeEach(() => {
    sinceTheStart.mockReturnValue(500);
    asked({ '/api/v1/me': me, '/api/v1/lost': null });
  });
  afterAll(() => sinceTheStart.mockRestore());

  it('is-taken-once', async () => {
    expect(await takeAhead(to('/api/v1/me'))).toBe(me);
    expect(await takeAhead(to('/api/v1/me'))).toBeNull();
  });

  it.each([
    ['another-address', to('/api/v1/exams')],
    ['another-query', to('/api/v1/me?all=true')],
    ['a-change', to('/api/v1/me', 'POST')],
    ['a-connection-that-was-lost', to('/api/v1/lost')],
  ])('is-asked-in-its-turn-for %s', async (_name, request) => expect(await takeAhead(request)).toBeNull());

  it('is-asked-anew-where-it-is-old', async () => {
    sinceTheStart.mockReturnValue(60_000);
    expect(await takeAhead(to('/api/v1/me'))).toBeNull();
  });

  it('is-not-for-whoever-signs-in-after', async () => {
    forgetAhead();
    expect(await takeAhead(to('/api/v1/me'))).toBeNull();
  });
});
