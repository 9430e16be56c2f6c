import { existsSync, linkSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Site } from './site';
import { until } from './wait';

/** What a journal holds of a frame: its number, its start on the call's clock, how long it lasts. */
export interface JournalFrame {
  sequence: number;
  clockMs: number;
  durationMs: number;
}

const channels = ['agent', 'customer'] as const;

/** A call's journal, under a second name: it is still there when the server has deleted it. */
export class KeptJournal {
  private constructor(private readonly folder: string) {}

  static async of(site: Site, callId: string): Promise<KeptJournal> {
    const source = path.join(site.data, 'journal', callId);
    const folder = path.join(site.data, 'kept-journals', callId);
    const files = channels.map((channel) => `${channel}.pcmj`);
    await until(`journal of ${callId}`, () => files.every((file) => existsSync(path.join(source, file))));
    mkdirSync(folder, { recursive: true });
    for (const file of files) linkSync(path.join(source, file), path.join(folder, file));
    return new KeptJournal(folder);
  }

  /** server/journal/journal_record.hpp has the layout. Throws where a record is not whole. */
  frames(channel: (typeof channels)[number]): JournalFrame[] {
    const bytes = readFileSync(path.join(this.folder, `${channel}.pcmj`));
    const frames: JournalFrame[] = [];
    for (let at = 0; at < bytes.length; ) {
      if (bytes.toString('latin1', at, at + 4) !== '3CXJ')
        throw new Error(`no record at ${at} of ${channel}`);
      const samples = bytes.readUInt32LE(at + 24);
      frames.push({
        sequence: Number(bytes.readBigUInt64LE(at + 8)),
        clockMs: Number(bytes.readBigInt64LE(at + 16)),
        durationMs: samples / 16,
      });
      at += 40 + samples * 2;
    }
    return frames;
  }
}

/** What the server's journal folder holds now. */
export function journals(site: Site): string[] {
  const folder = path.join(site.data, 'journal');
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : [];
}

/** What is wrong with a channel's frames: each once, in order, and no moment between the first and the last without one. */
export function faultsOf(frames: JournalFrame[]): string[] {
  const faults: string[] = [];
  frames.forEach(({ sequence, clockMs }, i) => {
    if (sequence !== i) faults.push(`frame ${sequence} in place ${i}`);
    const before = frames[i - 1];
    if (before && clockMs !== before.clockMs + before.durationMs)
      faults.push(`${clockMs} ms after ${before.clockMs} ms`);
  });
  return faults;
}
