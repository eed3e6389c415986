// Buttons: one look for what changes something (primary), one for everything else, one for what cannot be taken back.
// While its act is under way a button says so and cannot be pressed again; it keeps its focus.

import { type ReactNode, useState } from 'react';
import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components';

export type ButtonProps = Omit<
  AriaProps,
  'className' | 'children' | 'onPress' | 'style' | 'isPending' | 'type'
> & {
  readonly type?: 'button' | 'submit';
  /** Its act is under way; of a form's button, the form's. */
  readonly isPending?: boolean;
  readonly kind?: 'primary' | 'plain' | 'danger' | 'quiet';
  readonly size?: 'small' | 'usual' | 'large';
  /** A promise: the button is busy until it settles. */
  readonly onPress?: () => unknown;
  readonly children: ReactNode;
};

export function Button(props: ButtonProps) {
  const {
    kind = 'plain',
    size = 'usual',
    type = 'button',
    isPending = false,
    onPress,
    children,
    ...rest
  } = props;
  const [busy, setBusy] = useState(false);
  const isBusy = busy || isPending;
  const press = () => {
    if (isBusy) return;
    const doing = onPress?.();
    if (!(doing instanceof Promise)) return;
    setBusy(true);
    void doing.finally(() => setBusy(false));
  };
  return (
    <AriaButton
      {...rest}
      className={`button button-${kind} button-${size}`}
      data-pending={isBusy ? 'true' : undefined}
      // A second submit of the same form while the first is under way is none.
      type={isBusy ? 'button' : type}
      onPress={press}
    >
      {children}
    </AriaButton>
  );
}
