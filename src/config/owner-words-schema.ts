// The shape of what owners enter for the briefing note: a subject, facts that no journal can know, targets. In the
// configuration, and in a file of its own for one note. Numbers stand as values, so that each language writes them its own way.

import { type Static, Type } from 'typebox';
import { closed } from './hours-schema.ts';

const MONTH = '^[0-9]{4}-(0[1-9]|1[0-2])$';
const FACT_DATE = '^[0-9]{4}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?$';
const VALUE_NAME = '^[a-z][a-z0-9_]{0,31}$';
const FIGURE = '^[a-z][a-z0-9_]{0,63}$';

export const OWNER_FORMS: Readonly<Record<string, string>> = {
  [MONTH]: 'a month, such as "2021-03", in quotes',
  [FACT_DATE]: 'a year, month or day, such as "2019", "2019-03" or "2019-03-31", in quotes',
  [VALUE_NAME]: 'lower case letters, digits and _, at most 32, a letter first',
  [FIGURE]: 'the id of a figure, such as answer_rate; docs/glossary.md lists them',
};

const words = (description: string, maxLength: number) =>
  Type.Object(
    { en: Type.String({ minLength: 1, maxLength }), fr: Type.String({ minLength: 1, maxLength }) },
    { ...closed, description },
  );

const valueSchema = Type.Object(
  {
    amount: Type.Number({ minimum: -1e15, maximum: 1e15, description: 'of a share: 0.3 for 30 %' }),
    unit: Type.Union(
      (['dollars', 'share', 'points', 'count', 'millions', 'fte', 'year'] as const).map((unit) =>
        Type.Literal(unit),
      ),
      {
        description:
          'points: 0.05 for five percentage points; millions: written as such, 16000000 for 16 million; fte: full-time equivalents',
      },
    ),
  },
  closed,
);

const factSchema = Type.Object(
  {
    section: Type.Optional(
      Type.Union([Type.Literal('facts'), Type.Literal('context')], {
        default: 'facts',
        description: 'where in the note it stands',
      }),
    ),
    text: words('{name} stands for a value', 1_000),
    values: Type.Optional(
      Type.Record(Type.String({ pattern: VALUE_NAME }), valueSchema, { ...closed, maxProperties: 20 }),
    ),
    source: words('who says so', 400),
    date: Type.String({ pattern: FACT_DATE, description: 'of the source' }),
  },
  closed,
);

const targetSchema = Type.Object(
  {
    figure: Type.String({ pattern: FIGURE, description: 'its id; docs/glossary.md lists them' }),
    goal: Type.Number({ minimum: 0, maximum: 1e12, description: 'a share from 0 to 1; seconds of a time' }),
    by: Type.String({ pattern: MONTH, description: 'the month by whose end it is to be reached' }),
  },
  closed,
);

export const targetsSchema = Type.Array(targetSchema, {
  maxItems: 50,
  description:
    'what a figure is to reach, and by when; shown with its progress in reports and in the briefing note',
});

const noteParts = {
  title: Type.Optional(words('of the note', 200)),
  issue: Type.Optional(words('why the note is written', 1_000)),
  facts: Type.Optional(
    Type.Array(factSchema, {
      maxItems: 200,
      description:
        'what no journal can know, such as a budget or a survey of the year; shown apart from what is measured',
    }),
  ),
};

export const noteSchema = Type.Object(noteParts, { ...closed, description: 'for the briefing note' });

/** A file of its own. */
export const ownerWordsSchema = Type.Object({ ...noteParts, targets: Type.Optional(targetsSchema) }, closed);

export type NoteFile = Static<typeof noteSchema>;
export type TargetFile = Static<typeof targetSchema>;
