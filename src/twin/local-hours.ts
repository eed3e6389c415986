// Whether a line is open by the clock on the wall: the local time of an instant, as ECMA-402 gives it for the zone, held
// against opening times as people write them. On purpose not by the code that the configuration's spans come from.

export type LocalHours = { isOpenAt(at: number): boolean };

export function localHours(setting: {
  readonly timeZone: string;
  readonly everyDay: readonly string[] | null;
}): LocalHours {
  const { timeZone, everyDay } = setting;
  if (everyDay === null) return { isOpenAt: () => true };
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
  });
  const spans = everyDay.map((text) => text.split('-') as [string, string]);
  const isOpenAt = (at: number): boolean => {
    const local = clock.format(at);
    return spans.some(([from, to]) => from <= local && local < to);
  };
  return { isOpenAt };
}
