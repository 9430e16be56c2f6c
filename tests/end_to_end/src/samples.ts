import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from './program';

export interface Sample {
  name: string;
  audio: string;
  callerNumber: string;
  script: {
    expected: {
      category: string;
      sentiment: string;
      priority: string;
      ticket: { customer: string; company: string };
    };
    turns: { channel: 'agent' | 'customer'; start: number; end: number; text: string }[];
  };
}

/** The sample calls with the numbers their callers have in the NinjaOne simulator's directory. */
const numbers: Record<string, string> = {
  '01-vpn-panne': '+33639981001',
  '02-imprimante': '+33465712002',
  '03-mot-de-passe': '+33199003003',
  '04-serveur-urgent': '+33639984004',
  '05-nouveau-poste': '+33261915005',
  '06-suivi-satisfait': '+33536496006',
};

export const samples: Sample[] = Object.entries(numbers).map(([name, callerNumber]) => ({
  name,
  audio: path.join(repository, 'samples/calls', `${name}.flac`),
  callerNumber,
  script: JSON.parse(
    readFileSync(path.join(repository, 'samples/calls', `${name}.json`), 'utf8'),
  ) as Sample['script'],
}));

export function sample(name: string): Sample {
  const found = samples.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no sample call ${name}`);
  return found;
}

/** The share of `reference`'s words, in order, that `text` has too (longest common subsequence). */
export function wordRecall(reference: string, text: string): { found: number; total: number } {
  const words = (from: string) =>
    from
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== '');
  const wanted = words(reference);
  const given = words(text);
  let row = new Array<number>(given.length + 1).fill(0);
  for (const word of wanted) {
    const next = [0];
    for (let j = 1; j <= given.length; j++)
      next.push(word === given[j - 1] ? (row[j - 1] ?? 0) + 1 : Math.max(row[j] ?? 0, next[j - 1] ?? 0));
    row = next;
  }
  return { found: row[given.length] ?? 0, total: wanted.length };
}
