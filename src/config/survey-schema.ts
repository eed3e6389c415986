// The shape of what clients and agents are asked afterwards: `survey` stands for the whole centre and under a line, where
// its keys count instead; `tone` for the whole centre. Both are off where they are left out.

import { type Static, Type } from 'typebox';
import { count } from './callback-schema.ts';
import { closed } from './hours-schema.ts';

/** Whoever has hardly heard anybody has nothing to say of it. */
export const TALK_MIN_S = 5;

const share = (description: string) => Type.Optional(Type.Number({ minimum: 0, maximum: 1, description }));

export const surveySchema = Type.Object(
  {
    share: share('of the conversations that the client does not end; left out or 0: nobody is asked'),
    questions: Type.Optional(
      Type.Array(Type.Union([Type.Literal('satisfied'), Type.Literal('again'), Type.Literal('answered')]), {
        minItems: 1,
        maxItems: 3,
        uniqueItems: true,
        default: ['satisfied', 'again', 'answered'],
        description: 'in this order; "again" is asked of those only who used callback',
      }),
    ),
    announces: Type.Optional(
      Type.Boolean({ default: false, description: 'callers are told beforehand that they may be asked' }),
    ),
    talkMinS: count(0, 600, 'nobody is asked after a shorter conversation', TALK_MIN_S),
    linkDays: count(0, 60, 'open on the page of a client who was not asked by phone; 0: not', 0),
  },
  closed,
);

export const toneSchema = Type.Object(
  {
    share: share('of conversations after which the agent is asked how it felt; left out or 0: of none'),
    talkMinS: count(0, 600, 'no agent is asked after a shorter conversation', TALK_MIN_S),
    agentsMin: count(3, 100, 'values are let go together when so many agents have given one', 5),
  },
  closed,
);

export type SurveyFile = Static<typeof surveySchema>;
