import { validateServerMessage, type ServerMessage } from '../protocol';

export type Decoded =
  { readonly ok: true; readonly message: ServerMessage } | { readonly ok: false; readonly problem: string };

/** Nothing from the socket is trusted before it has passed here. `problem` names a place, never a content. */
export function decodeServerMessage(text: unknown): Decoded {
  if (typeof text !== 'string') return { ok: false, problem: 'a binary message' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'no JSON' };
  }
  if (validateServerMessage(value)) return { ok: true, message: value };
  const first = validateServerMessage.errors?.[0];
  return { ok: false, problem: `${first?.instancePath || 'message'} ${first?.message ?? 'is wrong'}` };
}
