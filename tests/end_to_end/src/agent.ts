import { Program } from './program';

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
    const args = ['--headless', '--format', 'json', '--server', this.options.server];
    args.push('--extension', this.options.extension);
    if (this.options.play) args.push('--play', this.options.play);
    this.program = new Program('3cx-ninja-agent', args, {
      env: { XDG_CONFIG_HOME: this.home, NINJA_AGENT_KEY: this.options.key },
      ...(this.options.through ? { through: this.options.through } : {}),
    });
    await this.event('connection', (line) => line.event === 'connected');
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
