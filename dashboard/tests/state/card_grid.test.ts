import { describe, expect, test } from 'vitest';
import { cardGrid } from '../../src/state/card_grid';

describe('the cards of the calls', () => {
  const wall = { width: 89.5, height: 53 }; // what a full HD or 4K wall leaves beside figures and lists
  test.each([
    { calls: 0, ...wall, columns: 1, rows: 1, cards: 0 },
    { calls: 1, ...wall, columns: 1, rows: 1, cards: 1 },
    { calls: 2, ...wall, columns: 2, rows: 1, cards: 2 },
    { calls: 4, ...wall, columns: 2, rows: 2, cards: 4 },
    { calls: 5, ...wall, columns: 3, rows: 2, cards: 5 },
    { calls: 9, ...wall, columns: 3, rows: 3, cards: 9 },
    { calls: 10, ...wall, columns: 4, rows: 3, cards: 10 },
    { calls: 12, ...wall, columns: 4, rows: 3, cards: 12 },
    { calls: 13, ...wall, columns: 4, rows: 3, cards: 11 },
    { calls: 200, ...wall, columns: 4, rows: 3, cards: 11 },
    { calls: 5, width: 54, height: 27, columns: 2, rows: 2, cards: 3 },
    { calls: 3, width: 89.5, height: 16, columns: 3, rows: 1, cards: 3 },
    { calls: 3, width: 10, height: 5, columns: 1, rows: 1, cards: 0 },
  ])('$calls in $width × $height: $columns columns, $cards with a card', ({ calls, width, height, ...grid }) => {
    expect(cardGrid(calls, width, height)).toEqual(grid);
  });
});
