import type { Site } from './site';

/** What a dashboard is shown, as far as the tests read it. */
export interface BoardState {
  calls: { callId: string; extension: string; state: string; stage: string; lagMs: number }[];
  agents: { extension: string; isConnected: boolean; presence: string }[];
  system: { lagMs: number; storageProblem?: string };
}
export interface Health {
  status: string;
  problem?: string;
}

export const stateOf = (site: Site) => site.api<BoardState>('/api/state');
export const healthOf = (site: Site) => site.api<Health>('/health');

/** Looks at the dashboard's state every quarter of a second. */
export class BoardWatch {
  readonly seen: { state: BoardState; atMs: number }[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(site: Site) {
    this.timer = setInterval(() => {
      stateOf(site).then(
        (state) => this.seen.push({ state, atMs: Date.now() }),
        () => undefined, // the server is away
      );
    }, 250);
  }
  stop(): void {
    clearInterval(this.timer);
  }
}
