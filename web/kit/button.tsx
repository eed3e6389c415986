// Buttons: one look for what changes something (primary), one for everything else, one for what cannot be taken back.
// While its act is under way a button says so and cannot be pressed again; it keeps its focus.

import { type ReactNode, useState } from 'react';
import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components';

export type ButtonProps = Omit<AriaProps, 'className' | 'children' | 'onPress' | 'style'> & {
  readonly kind?: 'primary' | 'plain' | 'danger' | 'quiet';
  readonly size?: 'small' | 'usual' | 'large';
  /** A promise: the button is busy until it settles. */
  readonly onPress?: () => unknown;
  readonly children: ReactNode;
};

export function Button({ kind = 'plain', size = 'usual', onPress, children, ...rest }: ButtonProps) {
  const [busy, setBusy] = useState(false);
  const press = () => {
    const doing = onPress?.();
    if (!(doing instanceof Promise)) return;
    setBusy(true);
    void doing.finally(() => setBusy(false));
  };
  return (
    <AriaButton
      {...rest}
      className={`button button-${kind} button-${size}`}
      isPending={busy || rest.isPending === true}
      onPress={press}
    >
      {children}
    </AriaButton>
  );
}
