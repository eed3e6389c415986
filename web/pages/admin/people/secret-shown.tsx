// A secret that was just made, shown once: it can be copied, and is gone with the dialog.

import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { tell } from '../../../kit/toast.tsx';
import { useSay } from '../../../language/phrases.ts';
import { peoplePhrases } from './people-phrases.ts';

export function SecretShown({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  const say = useSay(peoplePhrases);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    tell(say('secret.copied'));
  };
  return (
    <Dialog title={say('secret.title')} isOpen onClose={onClose} role="alertdialog">
      <div className="ask">
        <p>{say('secret.why')}</p>
        <code className="secret">{secret}</code>
        <div className="ask-acts">
          {isSecureContext ? <Button onPress={copy}>{say('secret.copy')}</Button> : null}
          <Button kind="primary" onPress={onClose}>
            {say('secret.done')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
