/** What the views ask of whoever shows them; they know neither the socket nor where choices are kept. */
export type Theme = 'system' | 'light' | 'dark';

export interface Controls {
  switchLanguage(): void;
  switchTheme(): void;
  logout(): void;
}

export type LoginOutcome = 'loggedIn' | 'wrongKey' | 'tooManyAttempts' | 'unreachable';

/** The connection as it is shown. Times by the server's clock. */
export type Liveness =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | {
      readonly kind: 'lost';
      readonly sinceMs: number;
      readonly nextAttemptAtMs: number | null;
      /** When the last message came; null when none ever did. */
      readonly dataAtMs: number | null;
    };
