// The contract of telephony, its part about clients behind the dial fence: who is dialled, how often, with which keys after
// the answer, and how each attempt ends.

import { expect, test } from 'vitest';
import type { Channel } from '../../src/core/id.ts';
import { REFUSALS } from '../../src/telephony/far-side.ts';
import { centre, client, dial, dialling, type Get, type MakeId } from './steps.ts';

export function clientsContract(get: Get, id: MakeId): void {
  test('a permitted attempt rings the client with the number of the line, once', async () => {
    const w = get();
    const before = w.far.invites(client);
    const { attempt, ringing } = await dial(w, id('attempt'));
    expect(ringing.callerId).toBe(centre);
    ringing.ring();
    await w.until(w.house.hears('channel.ringing', attempt));
    await w.until(ringing.answer());
    await w.until(w.house.hears('channel.answered', attempt));
    w.telephony.perform([{ do: 'hang_up', channel: attempt }]);
    expect(await w.until(ringing.call.ended)).toEqual({ by: 'the_other', cause: 'normal' });
    expect(await w.until(w.house.hears('channel.ended', attempt))).toMatchObject({ cause: 'normal' });
    expect(w.far.invites(client) - before).toBe(1);
    expect(w.house.of(attempt)).toEqual(['channel.ringing', 'channel.answered', 'channel.ended']);
  });

  test('an extension is keyed once the far end has answered, and only then is it told as answered', async () => {
    const w = get();
    const extension = '0042';
    const { attempt, ringing } = await dial(w, id('attempt'), 10_000, {
      to: 'number',
      e164: client,
      extension,
    });
    ringing.ring();
    await w.until(w.house.hears('channel.ringing', attempt));
    expect(ringing.call.keysHeard()).toBe('');
    await w.until(ringing.answer());
    expect(await w.until(ringing.call.hearsKeys(extension))).toBe(true);
    await w.until(w.house.hears('channel.answered', attempt));
    expect(ringing.call.keysHeard()).toBe(extension);
    w.telephony.perform([{ do: 'hang_up', channel: attempt }]);
    await w.until(ringing.call.ended);
    await w.until(w.house.hears('channel.ended', attempt));
    expect(w.house.of(attempt)).toEqual(['channel.ringing', 'channel.answered', 'channel.ended']);
  });

  test('a switchboard that hangs up before the extension is keyed was not reached, and nobody was joined', async () => {
    const w = get();
    const extension = '12345678';
    const { attempt, ringing } = await dial(w, id('attempt'), 10_000, {
      to: 'number',
      e164: client,
      extension,
    });
    ringing.ring();
    await w.until(ringing.answer());
    await w.until(ringing.call.hearsKeys('1'));
    await w.until(ringing.call.hangUp());
    expect(await w.until(w.house.hears('channel.ended', attempt))).toMatchObject({ cause: 'no_answer' });
    expect(w.house.of(attempt)).not.toContain('channel.answered');
  });

  test('an attempt that is given up while the extension is keyed ends at the far end too', async () => {
    const w = get();
    const extension = '12345678';
    const { attempt, ringing } = await dial(w, id('attempt'), 10_000, {
      to: 'number',
      e164: client,
      extension,
    });
    await w.until(ringing.answer());
    await w.until(ringing.call.hearsKeys('1'));
    w.telephony.perform([{ do: 'hang_up', channel: attempt }]);
    expect(await w.until(ringing.call.ended)).toMatchObject({ by: 'the_other' });
    await w.until(w.house.hears('channel.ended', attempt));
    expect(w.house.of(attempt)).not.toContain('channel.answered');
  });

  test('a relay service is given the digits of its route, as they are', async () => {
    const w = get();
    const attempt = id('attempt') as Channel;
    const before = [w.far.invites('711'), w.far.invites('+711')];
    w.house.permit(attempt, { to: 'relay', digits: '711' });
    w.telephony.perform([dialling(attempt)]);
    const ringing = await w.until(w.far.citizen('711').nextCall());
    await w.until(ringing.refuse('busy'));
    expect(await w.until(w.house.hears('channel.ended', attempt))).toMatchObject({ cause: 'busy' });
    expect([w.far.invites('711'), w.far.invites('+711')]).toEqual([before[0]! + 1, before[1]!]);
  });

  test.each(['911', '+1911', '9115550199'])(
    '%s is dialled by no route, whoever permits it',
    async (digits) => {
      const w = get();
      const attempt = id('attempt') as Channel;
      w.house.permit(attempt, { to: 'relay', digits });
      w.telephony.perform([dialling(attempt)]);
      expect(await w.until(w.house.hears('channel.ended', attempt))).toMatchObject({
        cause: 'fence_refused',
      });
      expect(w.far.invites(digits)).toBe(0);
    },
  );

  test.each(REFUSALS)('a client whose line refuses with %s is told so', async (how) => {
    const w = get();
    const { attempt, ringing } = await dial(w, id('attempt'));
    await w.until(ringing.refuse(how));
    expect(await w.until(w.house.hears('channel.ended', attempt))).toMatchObject({ cause: how });
  });

  test('a client who does not answer is given up, and the phone stops ringing', async () => {
    const w = get();
    const { attempt, ringing } = await dial(w, id('attempt'), 1_000);
    ringing.ring();
    expect(await w.until(w.house.hears('channel.ended', attempt))).toMatchObject({ cause: 'no_answer' });
    expect(await w.until(ringing.call.ended)).toMatchObject({ by: 'the_other' });
  });

  test('what the fence does not permit dials nothing', async () => {
    const w = get();
    const before = w.far.invites(client);
    const attempt = id('attempt') as Channel;
    w.telephony.perform([dialling(attempt)]);
    expect(await w.until(w.house.hears('channel.ended', attempt))).toMatchObject({ cause: 'fence_refused' });
    expect(w.far.invites(client) - before).toBe(0);
    expect(w.house.asked).toContain(attempt);
  });

  test('an attempt that is dialled again, on another channel, dials nothing more', async () => {
    const w = get();
    const before = w.far.invites(client);
    const { attempt, ringing } = await dial(w, id('attempt'));
    await w.until(ringing.refuse('busy'));
    await w.until(w.house.hears('channel.ended', attempt));
    const again = id('attempt') as Channel;
    w.telephony.perform([{ ...dialling(again), attempt }]);
    expect(await w.until(w.house.hears('channel.ended', again))).toMatchObject({ cause: 'fence_refused' });
    expect(w.far.invites(client) - before).toBe(1);
  });
}
