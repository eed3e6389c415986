// SIP over WebSocket (RFC 7118) between a page and an Asterisk on this machine, message by message, nothing read. So the
// page needs no second address, port or certificate: what leads to the pages leads to Asterisk, whose own HTTP server
// stays on the loopback. We come to it from an address that is nobody's: an endpoint that Asterisk knows by its address,
// such as a trunk on this machine, is never mistaken for a page.

import { WebSocket } from 'ws';

/** Never given to a trunk or a phone. */
export const SPLICE_ADDRESS = '127.0.0.222';
const SIP = 'sip';
/** More than any SIP message with the candidates of all networks. */
export const MESSAGE_MAX_BYTES = 64 * 1024;
/** Unread bytes of one side. */
const UNREAD_MAX_BYTES = 1024 * 1024;
/** A page that is gone without a word is noticed after two of these; a proxy on the way sees that the line is used. */
const PING_MS = 4_000;

const GOING_AWAY = 1001;
const TRY_LATER = 1013;

export function splice(near: WebSocket, port: number): void {
  const far = new WebSocket(`ws://127.0.0.1:${port}/ws`, SIP, {
    localAddress: SPLICE_ADDRESS,
    perMessageDeflate: false,
    maxPayload: MESSAGE_MAX_BYTES,
    handshakeTimeout: PING_MS,
  });
  near.pause();
  far.on('open', () => near.resume());
  pass(near, far);
  pass(far, near);
  near.once('close', () => far.close());
  far.once('close', () => close(near, GOING_AWAY));
  far.on('error', () => close(near, TRY_LATER));
  near.on('error', () => far.close());
  watch(near);
}

function pass(from: WebSocket, to: WebSocket): void {
  from.on('message', (message, isBinary) => {
    if (to.readyState !== WebSocket.OPEN) return;
    if (to.bufferedAmount > UNREAD_MAX_BYTES) to.terminate();
    else to.send(message, { binary: isBinary });
  });
}

function watch(near: WebSocket): void {
  let isAlive = true;
  near.on('pong', () => {
    isAlive = true;
  });
  const pings = setInterval(() => {
    if (!isAlive) {
      near.terminate();
      return;
    }
    isAlive = false;
    near.ping();
  }, PING_MS);
  near.once('close', () => clearInterval(pings));
}

/** A paused WebSocket does not see that it was closed. */
function close(near: WebSocket, code: number): void {
  near.resume();
  if (near.readyState === WebSocket.OPEN) near.close(code);
}
