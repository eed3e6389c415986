// A dialog over the page: it takes the focus, keeps it, gives it back, and closes with Escape. `Ask` is the form of it
// that asks before something is done: a sentence that says what will happen, what it needs, and one button that does it.

import { type FormEvent, type ReactNode, useState } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { Fault } from '../access/api.ts';
import { useFaultText } from '../access/fault-text.ts';
import { common } from '../language/common-phrases.ts';
import { type Phrases, useSay } from '../language/phrases.ts';
import { Button } from './button.tsx';

export type DialogProps = {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
  readonly role?: 'dialog' | 'alertdialog';
};

export function Dialog({ title, isOpen, onClose, children, wide = false, role = 'dialog' }: DialogProps) {
  const say = useSay(common);
  return (
    <ModalOverlay
      className="dialog-veil"
      isOpen={isOpen}
      isDismissable={role === 'dialog'}
      onOpenChange={(open) => open || onClose()}
    >
      <Modal className={wide ? 'dialog dialog-wide' : 'dialog'}>
        <AriaDialog role={role} className="dialog-inside">
          <div className="dialog-head">
            <Heading slot="title">{title}</Heading>
            <Button kind="quiet" aria-label={say('act.close')} onPress={onClose}>
              <span aria-hidden="true">✕</span>
            </Button>
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export type AskProps = {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** What will happen. */
  readonly children?: ReactNode;
  /** What the button does, as a verb. */
  readonly act: string;
  readonly danger?: boolean;
  readonly wide?: boolean;
  /** What a page's own codes say. */
  readonly faults?: Phrases;
  /** Undefined: it is done, and the dialog closes. A fault stays in sight, with what was written. */
  readonly onAct: () => Promise<Fault | undefined>;
};

export function Ask(props: AskProps) {
  const { title, isOpen, onClose, children, act, danger = false, wide = false, faults, onAct } = props;
  const say = useSay(common);
  const faultText = useFaultText(faults);
  const [fault, setFault] = useState<Fault>();
  const [busy, setBusy] = useState(false);
  const close = () => {
    setFault(undefined);
    onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const found = await onAct();
    setBusy(false);
    if (found === undefined) close();
    else setFault(found);
  };
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={close}
      wide={wide}
      role={danger ? 'alertdialog' : 'dialog'}
    >
      <form className="ask" onSubmit={submit}>
        {children}
        <p className="ask-fault" role="alert">
          {fault === undefined ? '' : faultText(fault)}
        </p>
        <div className="ask-acts">
          <Button onPress={close}>{say('act.cancel')}</Button>
          <Button type="submit" kind={danger ? 'danger' : 'primary'} isPending={busy}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
