import { accessSync, constants } from 'node:fs';
import { Program } from './program';

/** Of each direction: packets that came through, and that did not. */
interface Counts {
  toFar: { carried: number; lost: number };
  toNear: { carried: number; lost: number };
}
type LinkLine = { event: 'ready'; pid: number } | ({ event: 'away' | 'back' | 'end' } & Counts);

/**
 * A slow, lossy network (tests/network) to a network namespace of its own. A program `through` it is on the far side and
 * reaches the servers of this side at `address`.
 */
export class BadLink {
  readonly address = '10.77.0.1';
  through: string[] = [];

  private constructor(private readonly program: Program) {}

  /** Whether it can be made at all, in a network namespace of one's own. */
  static isPossible(): boolean {
    try {
      accessSync('/dev/net/tun', constants.R_OK | constants.W_OK);
      return true;
    } catch {
      return false;
    }
  }

  static async start(options: { delayMs: number; loss: number; seed: number }): Promise<BadLink> {
    const words = { '--delay-ms': options.delayMs, '--loss': options.loss, '--seed': options.seed };
    const link = new BadLink(new Program('../tests/bad_link', Object.entries(words).flat().map(String)));
    const pid = await link.line('ready', (line) => (line.event === 'ready' ? line.pid : undefined));
    link.through = ['nsenter', `--net=/proc/${pid}/ns/net`, '--'];
    return link;
  }

  /** Nothing comes through from now on. Answers when that is over, with the time in ms since 1970. */
  async away(durationMs: number): Promise<number> {
    const from = this.program.lines.length;
    this.program.say(`away ${durationMs}`);
    await this.line('back', (line) => (line.event === 'back' ? line : undefined), from, durationMs + 10_000);
    return Date.now();
  }

  async stop(): Promise<Counts> {
    this.program.sayNoMore();
    return this.line('end', (line) => (line.event === 'end' ? line : undefined));
  }

  private line<T>(
    what: string,
    match: (line: LinkLine) => T | undefined,
    from = 0,
    timeoutMs = 20_000,
  ): Promise<T> {
    return this.program.line(what, (text) => match(JSON.parse(text) as LinkLine), from, timeoutMs);
  }
}
