import type { Texts } from '../i18n';
import type { WaitingView } from '../state/selectors';
import { duration } from '../state/time';

export interface FigureNote {
  readonly text: string;
  readonly isAlert: boolean;
  /** The whole of it, for a pointer. */
  readonly hint: string;
}

/** The longest wait, and in the hint each queue that somebody waits in. */
export function waitingNote(view: WaitingView, nowMs: number, texts: Texts): FigureNote | undefined {
  if (view.longestMs === null) return undefined;
  const longest = duration(view.longestMs);
  const hint = view.queues.map(({ queue, name, waiting, oldestSinceMs }) =>
    texts.figures.queue(name || queue, waiting, duration(nowMs - (oldestSinceMs ?? nowMs))),
  );
  return {
    text: view.isLong ? texts.figures.longWait(longest) : texts.figures.longestWait(longest),
    isAlert: view.isLong,
    hint: hint.join('\n'),
  };
}
