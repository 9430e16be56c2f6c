import { describe, expect, test } from 'vitest';
import { sessionApi } from '../../src/connection/session';

function answering(status: number, body = ''): { api: ReturnType<typeof sessionApi>; asked: RequestInit[] } {
  const asked: RequestInit[] = [];
  const api = sessionApi(async (_path, init) => {
    asked.push(init);
    return new Response(status === 204 ? null : body, { status });
  });
  return { api, asked };
}

const failing = sessionApi(() => Promise.reject(new TypeError('network')));

describe('the session', () => {
  test.each([
    { status: 200, body: '{"role":"supervisor"}', session: { kind: 'loggedIn', role: 'supervisor' } },
    { status: 200, body: 'odd', session: { kind: 'loggedIn', role: '' } },
    { status: 204, body: '', session: { kind: 'loggedOut' } },
    { status: 401, body: '', session: { kind: 'loggedOut' } },
    { status: 403, body: '', session: { kind: 'loggedOut' } },
    { status: 502, body: '', session: { kind: 'unreachable' } },
  ])('is $session.kind after $status', async ({ status, body, session }) => {
    expect(await answering(status, body).api.current()).toEqual(session);
  });

  test.each([
    { status: 200, outcome: 'loggedIn' },
    { status: 204, outcome: 'loggedIn' },
    { status: 401, outcome: 'wrongKey' },
    { status: 400, outcome: 'wrongKey' },
    { status: 429, outcome: 'tooManyAttempts' },
    { status: 503, outcome: 'unreachable' },
  ])('login answers $outcome after $status', async ({ status, outcome }) => {
    const { api, asked } = answering(status);
    expect(await api.login('k-1')).toBe(outcome);
    expect(asked[0]?.method).toBe('POST');
    expect(asked[0]?.body).toBe('{"key":"k-1"}');
  });

  test('is unreachable without a network', async () => {
    expect(await failing.current()).toEqual({ kind: 'unreachable' });
    expect(await failing.login('k-1')).toBe('unreachable');
    await failing.logout();
  });
});
