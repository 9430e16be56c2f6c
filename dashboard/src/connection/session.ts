/** The browser's session with the server. The key itself is sent once and kept nowhere; a cookie carries the session. */
export type Session =
  | { readonly kind: 'loggedIn'; readonly role: string }
  | { readonly kind: 'loggedOut' }
  | { readonly kind: 'unreachable' };

export type LoginOutcome = 'loggedIn' | 'wrongKey' | 'tooManyAttempts' | 'unreachable';

type Fetch = (path: string, init: RequestInit) => Promise<Response>;

export interface SessionApi {
  current(): Promise<Session>;
  login(key: string): Promise<LoginOutcome>;
  logout(): Promise<void>;
}

const path = '/api/session';
const deadlineMs = 8_000;

async function roleOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const role = typeof body === 'object' && body !== null && 'role' in body ? body.role : '';
  return typeof role === 'string' ? role : '';
}

export function sessionApi(fetch: Fetch): SessionApi {
  const ask = (init: RequestInit): Promise<Response> =>
    fetch(path, { credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(deadlineMs), ...init });
  return {
    async current() {
      try {
        const response = await ask({ method: 'GET' });
        if (response.status === 204) return { kind: 'loggedOut' };
        if (response.ok) return { kind: 'loggedIn', role: await roleOf(response) };
        return { kind: response.status === 401 || response.status === 403 ? 'loggedOut' : 'unreachable' };
      } catch {
        return { kind: 'unreachable' };
      }
    },
    async login(key) {
      try {
        const body = JSON.stringify({ key });
        const response = await ask({ method: 'POST', body, headers: { 'content-type': 'application/json' } });
        if (response.ok) return 'loggedIn';
        if (response.status === 429) return 'tooManyAttempts';
        return response.status >= 500 ? 'unreachable' : 'wrongKey';
      } catch {
        return 'unreachable';
      }
    },
    async logout() {
      await ask({ method: 'DELETE' }).catch(() => undefined);
    },
  };
}
