// In which order the effects of one turn are sent: phones are rung first. Two people wait for that ring, and nobody for
// the clearing away of the conversation before it, which takes Asterisk longer than the call that is to be placed. A ring
// names a channel that is new, so no channel's own order changes. It must not know what effects mean beyond that.

import type { Effect } from '../../core/effect.ts';
import type { Channel } from '../../core/id.ts';

/** As they came, where a phone is hung up in the same turn: it may be the one that is to ring next. */
export function ringsFirst(
  effects: readonly Effect[],
  isPhone: (channel: Channel) => boolean,
): readonly Effect[] {
  if (effects.length < 2 || !effects.some(({ do: what }) => what === 'ring')) return effects;
  if (effects.some((effect) => effect.do === 'hang_up' && isPhone(effect.channel))) return effects;
  const isRing = (effect: Effect): boolean => effect.do === 'ring';
  return [...effects.filter(isRing), ...effects.filter((effect) => !isRing(effect))];
}
