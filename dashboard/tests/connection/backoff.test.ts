import { expect, test } from 'vitest';
import { reconnectDelayMs } from '../../src/connection/backoff';

test.each([
  { attempt: 0, random: 0, delay: 500 },
  { attempt: 0, random: 1, delay: 250 },
  { attempt: 1, random: 0, delay: 1000 },
  { attempt: 3, random: 0.5, delay: 3000 },
  { attempt: 5, random: 0, delay: 15_000 },
  { attempt: 5, random: 1, delay: 7_500 },
  { attempt: 100_000, random: 0, delay: 15_000 },
])('attempt $attempt waits $delay ms', ({ attempt, random, delay }) => {
  expect(reconnectDelayMs(attempt, random)).toBe(delay);
});
