// The shape of the configuration file, once, for checking and for the published JSON Schema. Seconds here, because people
// write it; milliseconds inside. Secrets are not in it.

import { type Static, Type } from 'typebox';
import { LIMITS, NUMBER_DEFAULTS } from '../core/configuration.ts';
import { PROMPT_KEYS } from '../core/prompt.ts';
import { centreCallbackSchema, count, lineCallbackSchema, seconds } from './callback-schema.ts';
import { closed, hoursSchema, timeZoneSchema } from './hours-schema.ts';
import { messagesSchema, webhookSchema } from './outgoing-schema.ts';
import { noteSchema, targetsSchema } from './owner-words-schema.ts';
import { retentionSchema } from './retention-schema.ts';
import { signInSchema } from './sign-in-schema.ts';
import { surveySchema, toneSchema } from './survey-schema.ts';

const LINE_ID = '^[a-z][a-z0-9_-]{0,31}$';
/** Also the user name of the agent's phone. */
const AGENT_ID = '^[a-z][a-z0-9-]{0,31}$';
const E164 = '^\\+[1-9][0-9]{6,14}$';
const DIALLED = '^[+0-9]{1,16}$';
const REGION = '^[A-Z]{2}$';
const SHIFT_NAME = LINE_ID;
/** Without its .wav; also a part of what Asterisk is told to play. */
const RECORDING = '^[a-z0-9][a-z0-9_-]{0,63}$';
const RELAY_NUMBER = '^(711|\\+[1-9][0-9]{6,14})$';
const ADDRESS = '^https?://[^\\s?#]+$';
/** Host and port come before anything that is filled in. */
const ADDRESS_OF_CLIENT = '^https?://[^\\s{}/?#]+(/([^\\s{}]|\\{(reference|line|language)\\})*)?$';
const RELAY_DIAL = '^\\+?[0-9]{3,15}$';

export const FORMS: Readonly<Record<string, string>> = {
  [LINE_ID]: 'lower case letters, digits, _ and -, at most 32, a letter first',
  [AGENT_ID]: 'lower case letters, digits and -, at most 32, a letter first',
  [E164]: 'a number in E.164 form, such as "+16135550100", in quotes',
  [DIALLED]: 'digits only, in quotes',
  [RECORDING]: 'the name of a file without .wav: lower case letters, digits, _ and -, at most 64',
  [REGION]: 'a country as two capital letters, such as CA or US',
  [RELAY_NUMBER]: '"711", or a number in E.164 form, such as "+18005550111", in quotes',
  [ADDRESS]: 'an address that begins with https://, such as "https://login.example.ca"',
  [ADDRESS_OF_CLIENT]:
    'an address such as "https://clients.example.ca/find?case={reference}", with {reference}, {line} or {language} after the host',
  [RELAY_DIAL]: 'digits, perhaps with a plus in front, in quotes',
};

const lineId = Type.String({ pattern: LINE_ID, description: 'lower case letters, digits, _ and -' });
const e164 = Type.String({ pattern: E164, description: 'a number as +16135550100' });
const region = Type.String({ pattern: REGION, description: 'a country of ISO 3166, such as CA' });
const relayNumber = Type.String({
  pattern: RELAY_NUMBER,
  description: 'as clients give it: 711, or the number of a relay service as +18005550111',
});
const relayDial = Type.String({
  pattern: RELAY_DIAL,
  description:
    'what the trunk is given for it, exactly so: 711, or a whole number; never an emergency number',
});
const language = Type.Union([Type.Literal('en'), Type.Literal('fr')]);
const because = Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'for people' }));
const bilingual = (description: string) =>
  Type.Object(
    {
      en: Type.String({ minLength: 1, maxLength: 400 }),
      fr: Type.String({ minLength: 1, maxLength: 400 }),
      recording: Type.Optional(
        Type.String({
          pattern: RECORDING,
          description: 'a file in each language of the folder of recordings',
        }),
      ),
    },
    { ...closed, description },
  );

/** Within so long as the registry counts: a service level of another time would have no figure. */
const SERVICE_LEVEL_WITHIN_S = [20, 300, 900] as const;

const serviceLevelSchema = Type.Object(
  {
    withinS: Type.Unsafe<(typeof SERVICE_LEVEL_WITHIN_S)[number]>(
      Type.Union(
        SERVICE_LEVEL_WITHIN_S.map((within) => Type.Literal(within)),
        { description: 'seconds from entry to an agent, virtual wait included' },
      ),
    ),
    share: Type.Number({ minimum: 0.001, maximum: 1, description: 'of those served or lost: 0.8 for 80 %' }),
  },
  { ...closed, description: 'what is wanted; shown beside what is reached, on the desk and on the wall' },
);

export const lineSchema = Type.Object(
  {
    id: lineId,
    name: bilingual('as people read it; a recording says the choice in the menu, up to "press"'),
    key: Type.Integer({ minimum: 1, maximum: 9, description: 'the key that chooses the line in the menu' }),
    prompt: Type.Optional(
      Type.Union(
        PROMPT_KEYS.filter((key) => key.startsWith('line.')).map((key) => Type.Literal(key)),
        { description: 'the phrase of the menu; line.other when left out' },
      ),
    ),
    numbers: Type.Optional(
      Type.Array(Type.String({ pattern: DIALLED }), {
        maxItems: 64,
        description: 'dialled numbers that lead straight to the line',
      }),
    ),
    direct: Type.Optional(
      Type.Union([Type.Literal('en'), Type.Literal('fr')], {
        description: 'callers on these numbers are in line at once, in this language; left out: the menus',
      }),
    ),
    callerId: e164,
    capacity: count(1, LIMITS.placesPerLineMax, 'places, holding and callback together'),
    capacityCounts: Type.Optional(
      Type.Union([Type.Literal('places'), Type.Literal('waiting')], {
        default: 'places',
        description: 'whether those with an agent fill the line too, or only those who wait',
      }),
    ),
    expectedHandleS: seconds(1, 36_000, 'handle time until enough calls have been seen', 600),
    expectedPatienceS: seconds(1, 360_000, 'mean patience of a caller who holds', 1_800),
    wrapUpS: seconds(0, 3_600, "time to finish a call of this line; left out: the centre's"),
    serviceLevel: Type.Optional(serviceLevelSchema),
    timeZone: Type.Optional(timeZoneSchema),
    hours: Type.Optional(hoursSchema),
    hoursByRegion: Type.Optional(
      Type.Array(Type.Object({ region, hours: hoursSchema }, closed), {
        maxItems: 64,
        description: 'for callers whose number is of that country',
      }),
    ),
    alternatives: Type.Optional(
      bilingual('what callers who find the line full or closed may do instead; heard where it is recorded'),
    ),
    emergency: Type.Optional(
      bilingual(
        'what callers hear while the switch "emergency" is on, where it is recorded; else built-in words',
      ),
    ),
    callback: Type.Optional(lineCallbackSchema),
    survey: Type.Optional(surveySchema),
  },
  closed,
);

const skillSchema = Type.Object(
  {
    line: lineId,
    language,
    level: Type.Integer({ minimum: 1, maximum: 9, description: '1 is best; left out: 1' }),
  },
  closed,
);

export const agentSchema = Type.Object(
  {
    id: Type.String({ pattern: AGENT_ID, description: 'lower case letters, digits and -' }),
    count: count(1, 999, 'so many agents alike, named id-1, id-2 and so on'),
    lines: Type.Array(lineId, { minItems: 1, maxItems: 64, uniqueItems: true }),
    languages: Type.Array(language, { minItems: 1, uniqueItems: true }),
    skills: Type.Optional(Type.Array(skillSchema, { maxItems: 128 })),
    shifts: Type.Optional(hoursSchema),
    shift: Type.Optional(
      Type.String({
        pattern: SHIFT_NAME,
        description: 'a name of the shifts of the centre, instead of shifts',
      }),
    ),
  },
  closed,
);

const numbersSchema = Type.Object(
  {
    regions: Type.Optional(
      Type.Array(region, {
        minItems: 1,
        maxItems: 250,
        uniqueItems: true,
        default: ['CA'],
        description: 'whose numbers are called',
      }),
    ),
    kinds: Type.Optional(
      Type.Array(Type.Union([Type.Literal('fixed'), Type.Literal('mobile')]), {
        minItems: 1,
        uniqueItems: true,
        default: ['fixed', 'mobile'],
        description: 'in North America a number does not tell which of the two it is: either lets it through',
      }),
    ),
    own: Type.Optional(
      Type.Array(e164, { maxItems: 1_000, description: "never called, besides the lines' own numbers" }),
    ),
    openMax: count(1, 100, 'callbacks not ended, for one number and line', NUMBER_DEFAULTS.openMax),
    cooldownS: seconds(0, 604_800, 'after one has ended, before the next for the same number', 0),
    perDayMax: count(1, 1_000, 'registered for one number within 24 hours', NUMBER_DEFAULTS.perDayMax),
    perSourcePerHourMax: count(
      1,
      10_000,
      'registered by one calling number within an hour',
      NUMBER_DEFAULTS.perSourcePerHourMax,
    ),
    dialsPerHourMax: count(
      1,
      1_000_000,
      'clients dialled within an hour, the whole centre',
      NUMBER_DEFAULTS.dialsPerHourMax,
    ),
    relayRoutes: Type.Optional(
      Type.Array(Type.Object({ number: relayNumber, dial: relayDial, because }, closed), {
        maxItems: 100,
        description: 'relay services that clients may be called through; none when left out',
      }),
    ),
    shared: Type.Optional(
      Type.Array(
        Type.Object({ number: e164, openMax: Type.Integer({ minimum: 1, maximum: 1_000 }), because }, closed),
        { maxItems: 10_000, description: 'numbers of many people: shelters, law firms, employers' },
      ),
    ),
  },
  closed,
);

const relayEntrySchema = Type.Object(
  {
    number: Type.String({
      pattern: DIALLED,
      description: 'a dialled number of their own, as the trunk gives it',
    }),
    language: Type.Optional(language),
    line: Type.Optional(lineId),
    because,
  },
  {
    ...closed,
    description: 'with a language and a line the caller is in line at once; what is left out the menus ask',
  },
);

const relaySchema = Type.Object(
  {
    numbers: Type.Optional(
      Type.Array(relayEntrySchema, {
        maxItems: 64,
        description: 'who calls one of these is marked as a relay or TTY user, and need not hear a menu',
      }),
    ),
    line: Type.Optional(lineId),
  },
  {
    ...closed,
    description:
      'callers who use a relay service or a TTY: no key is required of them; line: where their silence in the menu of lines leads, the first line when left out',
  },
);

const outsideSchema = Type.Object(
  {
    id: Type.String({ pattern: LINE_ID, description: 'what programs and the journal say for it' }),
    name: Type.Object(
      {
        en: Type.String({ minLength: 1, maxLength: 80 }),
        fr: Type.String({ minLength: 1, maxLength: 80 }),
      },
      { ...closed, description: 'as agents read it' },
    ),
    number: e164,
  },
  closed,
);

const dialogueSchema = Type.Object(
  {
    rounds: count(1, 9, 'how often a menu is said before giving up', 3),
    silenceS: seconds(1, 60, 'silence after a menu before it is said again', 6),
    keyRepeatMs: count(0, 2_000, 'the same key within this time is a bounce', 500),
    offerEveryS: seconds(15, 3_600, 'how often place, wait and offer are said while holding', 60),
    firstDigitS: seconds(1, 60, 'silence before the first digit of a number', 8),
    nextDigitS: seconds(1, 60, 'silence between two digits of a number', 4),
  },
  closed,
);

const agentRulesSchema = Type.Object(
  {
    ringS: seconds(2, 120, "how long an agent's phone rings", 15),
    wrapUpS: seconds(0, 3_600, 'time for notes after a conversation', 30),
    previewS: seconds(
      0,
      300,
      "how long a callback is shown on the agent's page before their phone rings",
      20,
    ),
    clientLink: Type.Optional(
      Type.String({
        pattern: ADDRESS_OF_CLIENT,
        maxLength: 400,
        description:
          "of the centre's own client system, opened from the agent's page; {reference}, {line} and {language} are filled in",
      }),
    ),
    shiftEndS: seconds(0, 7_200, "no callback is begun so near to the end of an agent's shift", 0),
  },
  closed,
);

export const fileSchema = Type.Object(
  {
    languages: Type.Array(language, {
      minItems: 1,
      uniqueItems: true,
      description: 'in the order of the greeting',
    }),
    timeZone: Type.Optional(timeZoneSchema),
    hours: Type.Optional(hoursSchema),
    recordings: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 400,
        description: "the folder of the owners' recordings, beside this file: en/NAME.wav, fr/NAME.wav",
      }),
    ),
    lines: Type.Array(lineSchema, { minItems: 1, maxItems: 64 }),
    shifts: Type.Optional(
      Type.Record(Type.String({ pattern: SHIFT_NAME }), hoursSchema, {
        ...closed,
        maxProperties: 1_000,
        description: 'shifts by a name, which agents give as their shift',
      }),
    ),
    agents: Type.Array(agentSchema, { maxItems: LIMITS.agentsMax }),
    relay: Type.Optional(relaySchema),
    directory: Type.Optional(
      Type.Array(outsideSchema, {
        maxItems: 200,
        description:
          'whom agents may consult outside, or hand a client on to: an interpreter, another office',
      }),
    ),
    dialogue: Type.Optional(dialogueSchema),
    callback: Type.Optional(centreCallbackSchema),
    numbers: Type.Optional(numbersSchema),
    agent: Type.Optional(agentRulesSchema),
    serviceLevel: Type.Optional(serviceLevelSchema),
    targets: Type.Optional(targetsSchema),
    note: Type.Optional(noteSchema),
    retention: Type.Optional(retentionSchema),
    signIn: Type.Optional(signInSchema),
    webhooks: Type.Optional(
      Type.Array(webhookSchema, { maxItems: 32, description: 'programs that are told what happens' }),
    ),
    messages: Type.Optional(messagesSchema),
    clientPage: Type.Optional(
      Type.Object(
        {
          askAgain: Type.Optional(
            Type.Boolean({
              default: false,
              description:
                'a client whose callback ended without a conversation may ask there for another, under the rules of the telephone',
            }),
          ),
        },
        { ...closed, description: "the client's own page, behind the link of their callback" },
      ),
    ),
    survey: Type.Optional(surveySchema),
    tone: Type.Optional(toneSchema),
  },
  {
    ...closed,
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'rappel-configuration',
    title: 'Rappel: the configuration of a centre',
  },
);

export type ConfigurationFile = Static<typeof fileSchema>;
export type LineFile = ConfigurationFile['lines'][number];
export type AgentFile = ConfigurationFile['agents'][number];

/** What the published `config/rappel.schema.json` holds. */
export function schemaText(): string {
  return `${JSON.stringify(fileSchema, null, 2)}\n`;
}
