import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EventBody, ServerMessage, Snapshot } from '../src/protocol';

const folder = fileURLToPath(new URL('../../shared/schema/examples/', import.meta.url));

export interface Golden {
  readonly name: string;
  /** The type's file name, e.g. "draft_edit". */
  readonly type: string;
  readonly value: unknown;
}

function filesIn(path: string): readonly Golden[] {
  return readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -'.json'.length);
      return { name, type: name.split('.')[0] ?? '', value: JSON.parse(readFileSync(path + file, 'utf8')) as unknown };
    });
}

export const goldens = filesIn(folder);
export const invalidGoldens = filesIn(`${folder}invalid/`).map((golden) => ({
  ...golden,
  value: (golden.value as { message: unknown }).message,
}));

/** A golden message of the server, by file name without ".json". */
export function serverMessage(name: string): ServerMessage {
  const golden = goldens.find((candidate) => candidate.name === name);
  if (golden === undefined) throw new Error(`no golden ${name}`);
  return golden.value as ServerMessage;
}

export function snapshot(): Snapshot {
  return serverMessage('snapshot') as Snapshot;
}

/** The body of a golden event, e.g. eventBody('draft_changed.created'). */
export function eventBody(name: string): EventBody {
  const message = serverMessage(`event.${name}`);
  if (message.type !== 'event') throw new Error(`${name} is no event`);
  return message.event;
}
