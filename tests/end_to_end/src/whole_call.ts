import { expect } from 'vitest';
import type { Agent } from './agent';
import { wordRecall, type Sample } from './samples';
import type { Site } from './site';

/** Nothing twice, and as many of the script's words as the demo model hears. */
export function expectWholeText(agent: Agent, { script }: Sample): void {
  const finals = agent.finals();
  const starts = finals.map((utterance) => `${utterance.channel} ${utterance.startMs}`);
  expect(new Set(starts).size).toBe(starts.length);
  const recall = wordRecall(
    script.turns.map((turn) => turn.text).join(' '),
    finals.map(({ text }) => text).join(' '),
  );
  expect(recall.found / recall.total).toBeGreaterThan(0.65);
}

/** Waits for the call's ticket: the only one in NinjaOne. */
export async function expectOneTicket(site: Site, agent: Agent): Promise<void> {
  const draft = await agent.draft('ticket', ({ delivery }) => delivery.state === 'created', 200_000);
  const { tickets } = await site.ninjaState();
  expect(tickets.map((ticket) => ticket.id)).toEqual([draft.delivery.ticketId]);
}
