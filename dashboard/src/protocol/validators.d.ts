import type { ServerMessage } from './messages';

interface Problem {
  /** Where, as a JSON pointer, e.g. "/call/state". */
  readonly instancePath: string;
  readonly message?: string;
}

export const validateServerMessage: {
  (value: unknown): value is ServerMessage;
  errors?: readonly Problem[] | null;
};
