const firstDelayMs = 500;
const longestDelayMs = 15_000;

/**
 * How long to wait before attempt number `attempt` (0: the first after a loss). Doubles up to a limit; `random`
 * (0 to 1) takes away up to half, so that a room full of screens does not return in the same instant.
 */
export function reconnectDelayMs(attempt: number, random: number): number {
  const whole = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempt, 16));
  return Math.round(whole * (1 - random / 2));
}
