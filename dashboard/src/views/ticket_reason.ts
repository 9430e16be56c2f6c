import type { Texts } from '../i18n';
import type { ProgressView, TicketView } from '../state/selectors';
import { clockTime } from '../state/time';

/** Why a ticket is where it is; empty when there is nothing to explain. Code words are never shown as they are. */
export function ticketReason({ draft, status, isOutOfReach, continuation }: TicketView, texts: Texts): string {
  switch (status) {
    case 'review':
    case 'undecided':
      return whyHeld(draft, texts);
    case 'paused':
      return draft.isAutomatic ? '' : whyHeld(draft, texts);
    case 'awaited':
      return isOutOfReach ? texts.tickets.outOfReach : '';
    case 'discarded':
      if (continuation !== null) return texts.tickets.continuedIn(continuation.ticketId);
      return draft.discardReason === '' ? whyUndelivered(draft, texts) : draft.discardReason;
    case 'waiting': {
      const { nextAttemptAtMs } = draft.delivery;
      const next =
        nextAttemptAtMs === undefined ? '' : texts.tickets.nextAttempt(clockTime(nextAttemptAtMs, texts.locale, true));
      return [whyUndelivered(draft, texts), next].filter((part) => part !== '').join(' · ');
    }
    default:
      return whyUndelivered(draft, texts);
  }
}

function whyHeld({ heldBecause, problems }: TicketView['draft'], texts: Texts): string {
  const { fault, field, held, unknownField, unknownReason } = texts.tickets;
  const label = (name: string): string => field[name] ?? unknownField;
  const isWrong = (code: string): code is Exclude<keyof typeof fault, 'required'> =>
    code !== 'required' && code in fault;
  const wrong = problems.flatMap(({ code, field: name }) => (isWrong(code) ? [fault[code](label(name))] : []));
  const empty = problems.filter(({ code }) => !isWrong(code)).map((problem) => label(problem.field));
  const isSaidByFields =
    (heldBecause === 'fieldsMissing' && problems.length > 0) ||
    (heldBecause === 'requesterUnknown' && problems.some((problem) => problem.field === 'requesterUid'));
  return [
    heldBecause === '' || isSaidByFields ? '' : (held[heldBecause] ?? unknownReason),
    empty.length > 0 ? fault.required(empty.join(', ')) : '',
    ...wrong,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function whyUndelivered({ delivery }: TicketView['draft'], texts: Texts): string {
  const { problem, problemCode, field, comparedTicketId, ticketsInDoubt = [] } = delivery;
  if (problemCode === '') return problem;
  const { problem: known, field: labels, foreignField, unknownReason, about, compared, toLookAt } = texts.tickets;
  let why = known[problemCode] ?? unknownReason;
  if (field !== undefined && field !== '') why = about(why, labels[field] ?? foreignField(field));
  if (comparedTicketId !== undefined) why = about(why, compared(comparedTicketId));
  return ticketsInDoubt.length === 0 ? why : `${why} · ${toLookAt(ticketsInDoubt)}`;
}

/** "Fini (résolu)": the tenant's word, and what it stands for in NinjaOne where the word does not say so. */
export function progressText({ kind, status }: ProgressView, texts: Texts): string {
  const meaning = texts.tickets.progress[kind];
  const words = status === '' && meaning === '' ? texts.tickets.statusUnknown : status;
  if (words === '') return texts.tickets.inNinja(meaning);
  const isSaid = meaning === '' || words.localeCompare(meaning, texts.locale, { sensitivity: 'base' }) === 0;
  return texts.tickets.inNinja(isSaid ? words : `${words} (${meaning})`);
}
