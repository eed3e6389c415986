// How old the data on this page is, always in sight. While all is well it says so quietly; when the stream is lost it
// says since when, and is read out once.

import type { BoardView } from '../../src/engine/board-shape.ts';
import { common } from '../language/common-phrases.ts';
import { useFormats } from '../language/formats.ts';
import { useSay } from '../language/phrases.ts';
import { useBoard, useLive, useNow } from './use-board.ts';

export function StatusLine({ view }: { readonly view: BoardView }) {
  const say = useSay(common);
  const formats = useFormats();
  const status = useLive(view, (live) => live.status);
  const reason = useLive(view, (live) => live.reason);
  const heardAt = useLive(view, (live) => live.heardAt + live.aheadMs);
  const centre = useBoard(view, (board) => board.centre['']);
  const now = useNow(view);
  const seconds = Math.max(0, Math.floor((now - heardAt) / 1000));
  const text =
    status === 'connecting'
      ? say('live.connecting')
      : status === 'ended'
        ? say(reason === 'request.no_token' ? 'fault.signed_out' : 'fault.may_not')
        : status === 'lost'
          ? say('live.lost', { time: formats.time(heardAt, centre?.timeZone) })
          : seconds < 5
            ? say('live.now')
            : say('live.age', { seconds });
  const isWell = status === 'live' && seconds < 5;
  return (
    <p className="status-line" data-tone={isWell ? 'good' : status === 'connecting' ? 'calm' : 'bad'}>
      <span className="status-dot" aria-hidden="true" />
      <span role={status === 'lost' ? 'alert' : undefined}>{text}</span>
      {centre?.telephonyUp === false ? (
        <strong role="alert" className="status-alarm">
          {say('live.telephony_down')}
        </strong>
      ) : null}
    </p>
  );
}
