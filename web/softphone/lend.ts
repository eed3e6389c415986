// The answer to the asking for a line, as a phone takes it.

import type { Answer } from '../access/api.ts';
import type { LentLine } from './phone.ts';

/** `later`: nobody could be asked now, and it is tried again. Null: refused. */
export function lentOf<T extends LentLine>(answer: Answer<T>): T | 'later' | null {
  if (answer.ok) return answer.value;
  return answer.fault.status === 0 || answer.fault.code === 'phone.not_ready' ? 'later' : null;
}
