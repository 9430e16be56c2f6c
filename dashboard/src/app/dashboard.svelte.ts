import { BoardConnection, type Environment, type Phase } from '../connection/board_connection';
import type { SessionApi } from '../connection/session';
import type { EventPosition, ServerMessage } from '../protocol';
import { applyMessage, emptyBoard, type BoardState } from '../state/board_state';
import type { Liveness, LoginOutcome } from '../views/contracts';

export type Page = 'waiting' | 'login' | 'board';

interface Dependencies {
  sessions: SessionApi;
  environment: Omit<Environment, 'session'>;
  /** The server was updated: fetch the page that belongs to it. */
  reload: () => void;
}

const retryMs = 3_000;

/** Ties the connection to the state and keeps what the page shows. */
export class Dashboard {
  page = $state<Page>('waiting');
  isExpired = $state(false);
  board = $state.raw<BoardState>(emptyBoard);
  #phase = $state.raw<Phase>({ kind: 'connecting' });
  #clockMs = $state(0);
  #lastMessageMs = $state<number | null>(null);
  readonly #dependencies: Dependencies;
  readonly #connection: BoardConnection;
  #firstVersion: string | null = null;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
    const { environment, sessions } = dependencies;
    this.#connection = new BoardConnection(
      { ...environment, session: () => sessions.current() },
      {
        onMessage: (message) => this.#receive(message),
        onPhase: (phase) => this.#enter(phase),
        position: (): EventPosition | null => this.board.position,
        onRefused: (problem) => console.warn(`refused a message of the server: ${problem}`),
      },
    );
    this.#clockMs = environment.now();
    setInterval(() => (this.#clockMs = environment.now()), 250);
  }

  /** By the server's clock. */
  get nowMs(): number {
    return this.#clockMs + this.board.clockOffsetMs;
  }

  get liveness(): Liveness {
    const phase = this.#phase;
    const offset = this.board.clockOffsetMs;
    if (phase.kind === 'connected') return { kind: 'live' };
    if (phase.kind !== 'reconnecting') return { kind: 'connecting' };
    return {
      kind: 'lost',
      sinceMs: phase.sinceMs + offset,
      nextAttemptAtMs: phase.nextAttemptAtMs === null ? null : phase.nextAttemptAtMs + offset,
      dataAtMs: this.#lastMessageMs === null ? null : this.#lastMessageMs + offset,
    };
  }

  /** Finds out whether this browser is logged in; keeps asking while the server does not answer. */
  async start(): Promise<void> {
    const session = await this.#dependencies.sessions.current();
    if (session.kind === 'loggedIn') this.#show();
    else if (session.kind === 'loggedOut') this.page = 'login';
    else setTimeout(() => void this.start(), retryMs);
  }

  async logIn(key: string): Promise<LoginOutcome> {
    const outcome = await this.#dependencies.sessions.login(key);
    if (outcome === 'loggedIn') this.#show();
    return outcome;
  }

  async logOut(): Promise<void> {
    this.#connection.stop();
    this.#forget();
    this.isExpired = false;
    this.page = 'login';
    await this.#dependencies.sessions.logout();
  }

  #show(): void {
    this.isExpired = false;
    this.page = 'board';
    this.#connection.start();
  }

  /** Nothing of what was read stays in the page after the session. */
  #forget(): void {
    this.board = emptyBoard;
    this.#lastMessageMs = null;
  }

  #receive(message: ServerMessage): void {
    const now = this.#dependencies.environment.now();
    if (message.type === 'welcome') {
      this.#firstVersion ??= message.serverVersion;
      if (this.#firstVersion !== message.serverVersion) this.#dependencies.reload();
    }
    const wasOutOfStep = this.board.isOutOfStep;
    this.board = applyMessage(this.board, message, now);
    this.#lastMessageMs = now;
    if (this.board.isOutOfStep && !wasOutOfStep) this.#connection.resync();
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    if (phase.kind !== 'loggedOut') return;
    this.#forget();
    this.isExpired = true;
    this.page = 'login';
  }
}
