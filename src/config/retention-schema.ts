// How long what is personal is kept, kind by kind, as the configuration file has it. Facts of the journal are not among
// them: they carry keys, and stay for ever (ADR 0019).

import { Type } from 'typebox';
import { count } from './callback-schema.ts';
import { closed } from './hours-schema.ts';

/** Days; also what holds where the file says nothing. */
export const RETENTION_DEFAULTS = { numbersDays: 90, deliveriesDays: 90, auditDays: 730 } as const;

const DAYS_MAX = 3_650;

export const retentionSchema = Type.Object(
  {
    numbersDays: count(
      1,
      DAYS_MAX,
      'a number and its e-mail address, after the last callback to it has ended; then the row is deleted',
      RETENTION_DEFAULTS.numbersDays,
    ),
    deliveriesDays: count(
      1,
      DAYS_MAX,
      'what was sent to programs and clients, after it was sent or given up',
      RETENTION_DEFAULTS.deliveriesDays,
    ),
    auditDays: count(
      30,
      DAYS_MAX,
      'who looked at what, and who changed which account',
      RETENTION_DEFAULTS.auditDays,
    ),
  },
  { ...closed, description: 'how long what is personal is kept; a sweep a day lets go of what is older' },
);
