import type { Agent, Presence } from '../protocol';

/** The busiest first. */
export const presenceRank: Record<Presence, number> = {
  inCall: 0,
  ringing: 1,
  afterCall: 2,
  available: 3,
  queueLoggedOut: 4,
  away: 5,
  offline: 6,
};

/** A presence that only a newer server knows is shown as away. */
export function withKnownPresence(agent: Agent): Agent {
  return Object.hasOwn(presenceRank, agent.presence) ? agent : { ...agent, presence: 'away' };
}
