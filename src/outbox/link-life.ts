// How long a client's link goes on after their callback has ended: as long as the owners want, and for as long as the
// questions of a survey may be open on the page that it leads to.

import type { ConfigurationFile } from '../config/schema.ts';

const DAY_MS = 86_400_000;
const LINK_DAYS = 7;

export type LinkLifeFile = {
  readonly messages?: { readonly linkDays?: number };
  readonly survey?: ConfigurationFile['survey'];
  readonly lines?: readonly Pick<ConfigurationFile['lines'][number], 'survey'>[];
};

export function linkMsOf({ messages, survey, lines = [] }: LinkLifeFile): number {
  const surveys = [survey, ...lines.map((line) => line.survey)].map((one) => one?.linkDays ?? 0);
  return Math.max(messages?.linkDays ?? LINK_DAYS, ...surveys) * DAY_MS;
}
