// A telephone number as a request gives it, its extension beside it or at its end. It goes straight to the vault; what
// comes back is a key, or why it may not be dialled.

import { Type } from 'typebox';
import { EXTENSION_DIGITS_MAX } from '../core/dialled.ts';
import type { NumberView } from '../core/number.ts';
import type { Engine } from '../engine/engine.ts';

export const numberBody = Type.Object(
  {
    number: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'as people write it, such as 613-555-0188 x42',
    }),
    extension: Type.Optional(
      Type.String({
        pattern: `^[0-9]{1,${EXTENSION_DIGITS_MAX}}$`,
        description: 'where it is not at the end of the number; keyed after the answer',
      }),
    ),
  },
  { additionalProperties: false },
);

export type NumberBody = { readonly number: string; readonly extension?: string };

export function takeNumber(engine: Engine, { number, extension }: NumberBody): NumberView {
  return engine.takeNumber(extension === undefined ? number : `${number};ext=${extension}`);
}
