import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { binary, Program } from './program';

export interface AgentUtterance {
  callId: string;
  utteranceId: string;
  channel: 'agent' | 'customer';
  isFinal: boolean;
  startMs: number;
  lagMs: number;
  text: string;
}
export interface AgentDraft {
  draftId: string;
  callId: string;
  state: string;
  revision: number;
  isAutomatic: boolean;
  heldBecause: string;
  countdownTotalMs: number;
  changedAtMs: number;
  fields: {
    subject: string;
    summary: string;
    requesterName: string;
    organizationName: string;
    category: string;
  };
  delivery: { state: string; ticketId?: number };
}
export interface AgentLine {
  event: string;
  call?: { callId: string; state: string; stage: string };
  utterance?: AgentUtterance;
  draft?: AgentDraft;
  what?: string;
  code?: string;
  message?: string;
  seen?: string;
  expected?: string | null;
  /** Of `undelivered`. */
  frames?: number;
  isRecording?: boolean;
  /** Of `serverStorage`. */
  problem?: string | null;
}

/** The headless agent program of one extension, driven through its JSON lines. */
export class Agent {
  program!: Program;
  readonly home: string;

  constructor(
    private readonly options: {
      extension: string;
      server: string;
      key: string;
      home: string;
      play?: string;
      /** A command that becomes the agent, as on another side of a network. */
      through?: string[];
    },
  ) {
    this.home = options.home;
  }

  async start(): Promise<void> {
    this.launch();
    await this.isConnected();
  }

  launch(): void {
    const args = ['--headless', '--format', 'json', '--server', this.options.server];
    args.push('--extension', this.options.extension);
    if (this.options.play) args.push('--play', this.options.play);
    this.program = new Program('3cx-ninja-agent', args, {
      env: { XDG_CONFIG_HOME: this.home, NINJA_AGENT_KEY: this.options.key },
      ...(this.options.through ? { through: this.options.through } : {}),
    });
  }

  /** The connection, or the next one after line `from`. */
  async isConnected(from = 0): Promise<void> {
    await this.event('connection', (line) => line.event === 'connected', 60_000, from);
  }

  /** `pair URL …` beside the running agent: what it says. Throws where it fails, with what it complains of. */
  pair(...args: string[]): { server: string; publicKeySha256: string; isPinned: boolean } {
    const said = execFileSync(binary('3cx-ninja-agent'), ['pair', this.options.server, '--json', ...args], {
      env: { PATH: process.env['PATH'] ?? '', XDG_CONFIG_HOME: this.home, LANG: 'en' },
      encoding: 'utf8',
    });
    return JSON.parse(said) as { server: string; publicKeySha256: string; isPinned: boolean };
  }

  /** Calls whose audio waits on this PC. */
  spooledCalls(): string[] {
    const spool = path.join(this.home, '3cx-ninja-agent', 'spool');
    return existsSync(spool) ? readdirSync(spool) : [];
  }

  kill(signal: NodeJS.Signals): void {
    this.program.kill(signal);
  }
  say(command: string): void {
    this.program.say(command);
  }

  /** The first line, from line `from` on, that `matches`. */
  event(
    what: string,
    matches: (line: AgentLine) => boolean,
    timeoutMs = 60_000,
    from = 0,
  ): Promise<AgentLine> {
    return this.program.line(
      what,
      (text) => {
        const line = JSON.parse(text) as AgentLine;
        return matches(line) ? line : undefined;
      },
      from,
      timeoutMs,
    );
  }

  async draft(
    what: string,
    matches: (draft: AgentDraft) => boolean,
    timeoutMs = 150_000,
  ): Promise<AgentDraft> {
    const line = await this.event(what, ({ draft }) => draft !== undefined && matches(draft), timeoutMs);
    if (!line.draft) throw new Error('unreachable');
    return line.draft;
  }

  /** All that it said so far, with the time in ms since 1970. */
  said(): { line: AgentLine; atMs: number }[] {
    return this.program.lines.map((text, i) => ({
      line: JSON.parse(text) as AgentLine,
      atMs: this.program.cameAt[i] ?? 0,
    }));
  }

  /** What became of the link to the server so far, in order. */
  linkEvents(): string[] {
    return this.program.lines
      .map((text) => (JSON.parse(text) as AgentLine).event)
      .filter((event) => event === 'connected' || event === 'disconnected');
  }

  /** Final texts in the order of speech, each utterance once. */
  finals(): AgentUtterance[] {
    const finals = new Map<string, AgentUtterance>();
    for (const text of this.program.lines) {
      const { utterance } = JSON.parse(text) as AgentLine;
      if (utterance?.isFinal) finals.set(utterance.utteranceId, utterance);
    }
    return [...finals.values()].sort((a, b) => a.startMs - b.startMs);
  }
}
