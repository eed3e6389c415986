// A fault in words: known codes in the language of the page, each in one line that says how to mend it; the others with
// what the centre said. Pages add their own codes beside their phrases.

import { common } from '../language/common-phrases.ts';
import { type Phrases, useSay } from '../language/phrases.ts';
import type { Fault } from './api.ts';
import { faults } from './fault-phrases.ts';

export function useFaultText(own?: Phrases): (fault: Fault) => string {
  const say = useSay(common);
  const sayFault = useSay<Phrases>({ ...faults, ...own });
  return (fault) => {
    if (fault.status < 0) return ''; // what is missing is said at its field
    if (fault.status === 0) return say('fault.network');
    if (fault.code in faults || (own !== undefined && fault.code in own)) return sayFault(fault.code);
    if (fault.status === 401) return say('fault.signed_out');
    if (fault.status === 403) return say('fault.may_not');
    return say('fault.unknown', { detail: fault.detail || fault.code });
  };
}
