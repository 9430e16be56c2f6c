/** How the cards of the calls share the wall. */
export interface CardGrid {
  readonly columns: number;
  readonly rows: number;
  /** So many calls have a card; when that is not all of them, the last place lists the others. */
  readonly cards: number;
}

const gapRem = 1;
const minCardRem = { width: 20, height: 13 }; // narrower or lower, no line of the transcript is read at 4 m

function places(roomRem: number, cardRem: number): number {
  return Math.max(1, Math.floor((roomRem + gapRem) / (cardRem + gapRem)));
}

/** As few columns as rows, so that cards are as large as they can be; never more than there is room for. */
export function cardGrid(calls: number, widthRem: number, heightRem: number): CardGrid {
  const maxColumns = places(widthRem, minCardRem.width);
  const maxRows = places(heightRem, minCardRem.height);
  const capacity = maxColumns * maxRows;
  if (calls > capacity) return { columns: maxColumns, rows: maxRows, cards: capacity - 1 };
  const even = Math.min(maxColumns, Math.max(1, Math.ceil(Math.sqrt(calls))));
  const columns = Math.max(even, Math.ceil(calls / maxRows));
  return { columns, rows: Math.max(1, Math.ceil(calls / columns)), cards: calls };
}
