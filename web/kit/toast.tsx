// A word about what was just done, at the edge of the page. It is read out, can be closed, and stays long enough to be
// read; nothing that matters is said here alone.

import {
  Button as AriaButton,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { common } from '../language/common-phrases.ts';
import { useSay } from '../language/phrases.ts';

type Word = { readonly text: string; readonly tone: 'good' | 'bad' };

const SHOWN_MS = 8_000;
const queue = new ToastQueue<Word>({ maxVisibleToasts: 3 });

export function tell(text: string, tone: Word['tone'] = 'good'): void {
  queue.add({ text, tone }, { timeout: SHOWN_MS });
}

export function ToastRoom() {
  const say = useSay(common);
  return (
    <ToastRegion queue={queue} className="toasts">
      {({ toast }) => (
        <Toast toast={toast} className="toast" data-tone={toast.content.tone}>
          <ToastContent>
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          <AriaButton slot="close" className="button button-quiet" aria-label={say('act.close')}>
            <span aria-hidden="true">✕</span>
          </AriaButton>
        </Toast>
      )}
    </ToastRegion>
  );
}
