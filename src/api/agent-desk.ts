// What an agent's own page asks beyond what any program for an agent may: that it lives, whom the agent is reserved for or
// speaks with, to take the call or not, to end it, and what came of it with a note. For that agent alone: the code to say
// and the notes are shown to nobody else here. Notes go to the vault before the fact that there is one.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { instantAt } from '../config/local-time.ts';
import { againLeft } from '../core/call-again.ts';
import { callAgain, toldOf } from '../core/decide-page.ts';
import { referenceOf } from '../core/effects.ts';
import type { AgentId, CallbackId } from '../core/id.ts';
import type { PeopleInput } from '../core/input.ts';
import { placeOf, type ShownClient, type State } from '../core/state.ts';
import { AgentPages } from '../engine/agent-pages.ts';
import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { People } from '../people/people.ts';
import type { AttemptRoom } from '../records/callback-attempts.ts';
import { type CallNoteRoom, NOTE_CHARACTERS_MAX } from '../vault/call-notes.ts';
import { type App, agentView } from './agents.ts';
import { AGENT } from './answer-shapes.ts';
import { byOf } from './identity.ts';
import { problem } from './problem.ts';
import { refuse } from './refusal.ts';

export type AgentDeskParts = {
  readonly engine: Engine;
  readonly people: People;
  readonly clock: Clock;
  /** Left out: no notes are kept. */
  readonly callNotes?: CallNoteRoom;
  /** Left out: nothing is known of attempts that are over. */
  readonly attempts?: AttemptRoom;
  /** Of the configuration in force: an address of the centre's own client system, with places to fill in; null: none. */
  readonly clientLink: () => string | null;
};

const closed = { additionalProperties: false } as const;
const params = Type.Object({ agent: Type.String({ minLength: 1, maxLength: 64 }) });
const pageBody = Type.Object(
  {
    page: Type.String({
      pattern: '^[a-z0-9-]{8,64}$',
      description: 'made by the page, for as long as it lives',
    }),
    says: Type.Optional(
      Type.Union([Type.Literal('lives'), Type.Literal('takes_over'), Type.Literal('leaves')], {
        default: 'lives',
      }),
    ),
  },
  closed,
);
const rejectBody = Type.Object(
  { reason: Type.String({ pattern: '^[a-z][a-z0-9_]{0,31}$', description: 'why not ready from then on' }) },
  closed,
);
const callbackMeant = Type.Optional(
  Type.Integer({
    minimum: 1,
    description: 'of which it is said: refused where it can no longer be told of',
  }),
);
const outcomeBody = Type.Object(
  {
    callback: callbackMeant,
    outcome: Type.Union([Type.Literal('reached'), Type.Literal('voicemail'), Type.Literal('wrong_person')]),
    note: Type.Optional(Type.String({ maxLength: NOTE_CHARACTERS_MAX })),
  },
  closed,
);
const againBody = Type.Object(
  {
    callback: callbackMeant,
    at: Type.String({
      pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]$',
      description: 'as clocks show it in the time zone of the centre, such as 2019-04-17T14:30',
    }),
    spokeWith: Type.Union([Type.Literal('client'), Type.Literal('other')], {
      description: 'other: somebody else answered, so the client was not reached',
    }),
    note: Type.Optional(Type.String({ maxLength: NOTE_CHARACTERS_MAX })),
  },
  closed,
);
const whole = Type.Integer();
const text = Type.String();
const orNull = (of: ReturnType<typeof Type.Object> | ReturnType<typeof Type.String>) =>
  Type.Union([of, Type.Null()]);
const held = { 200: Type.Object({ holds: Type.Boolean({ description: 'false: another page counts' }) }) };
const shown = Type.Object({
  asksTone: Type.Boolean(),
  client: orNull(
    Type.Object({
      callback: whole,
      reference: text,
      line: text,
      outcome: orNull(Type.String()),
      link: orNull(Type.String()),
      againLeft: Type.Integer({ description: 'how often another call may still be agreed on' }),
      pending: orNull(
        Type.Object({
          language: text,
          codes: Type.Array(text, { description: 'to be said to the client, each of four digits' }),
          registeredAt: Type.Integer({ description: 'UTC ms' }),
          takenAt: whole,
          promised: orNull(Type.Object({ minMinutes: whole, maxMinutes: whole, toldAt: whole })),
          connectedAt: Type.Union([whole, Type.Null()]),
          relay: Type.Boolean(),
        }),
      ),
      attempts: Type.Array(Type.Object({ at: whole, endedAs: text })),
      notes: Type.Array(Type.Object({ callback: whole, at: whole, agent: text, text })),
    }),
  ),
});

export function agentDeskRoutes(app: App, parts: AgentDeskParts): void {
  const { engine } = parts;
  const path = '/api/v1/agents/:agent';
  const pages = new AgentPages(engine, parts.clock);
  app.addHook('preClose', async () => pages.close());
  const submit = async (request: FastifyRequest, reply: FastifyReply, input: PeopleInput) => {
    const { refused } = await engine.submit({ ...input, by: byOf(request) });
    return refused === null ? agentView(engine, input.agent) : refuse(reply, refused);
  };
  app.post(`${path}/page`, { schema: { params, body: pageBody, response: held } }, async (request, reply) => {
    const agent = request.params.agent as AgentId;
    const { page, says = 'lives' } = request.body;
    const { known, agents } = engine.state;
    if (!known.has(agent) && !agents.has(agent)) return refuse(reply, 'agent.unknown');
    if (says === 'leaves') {
      pages.leave(agent, page);
      return { holds: false };
    }
    return { holds: await pages.beat(agent, page, says === 'takes_over') };
  });
  const audited = new ShownAudit(parts.people);
  app.get(`${path}/client`, { schema: { params, response: { 200: shown } } }, async (request) => {
    const agent = request.params.agent as AgentId;
    const client = clientOf(engine.state, agent);
    await audited.note(agent, byOf(request), client);
    return clientView(agent, client, parts);
  });
  app.post(`${path}/accept`, { schema: { params, response: AGENT } }, (request, reply) =>
    submit(request, reply, { type: 'agent.accept', agent: request.params.agent as AgentId }),
  );
  app.post(`${path}/reject`, { schema: { params, body: rejectBody, response: AGENT } }, (request, reply) => {
    const { reason } = request.body;
    return submit(request, reply, { type: 'agent.reject', agent: request.params.agent as AgentId, reason });
  });
  app.post(`${path}/hang-up`, { schema: { params, response: AGENT } }, (request, reply) =>
    submit(request, reply, { type: 'agent.hang_up', agent: request.params.agent as AgentId }),
  );
  app.post(
    `${path}/outcome`,
    { schema: { params, body: outcomeBody, response: AGENT } },
    async (request, reply) => {
      const agent = request.params.agent as AgentId;
      const { outcome, note = '' } = request.body;
      const told = { type: 'agent.tell_outcome', agent, ...meantBy(request.body), outcome } as const;
      const noted = await keepNote(told, note.trim(), parts);
      if (noted === 'erased') return refuseErased(reply);
      return submit(request, reply, { ...told, noted: noted === 'kept' });
    },
  );
  callAgainRoute(app, parts);
}

/** "Call again at": the callback goes on, and is called at that time. */
function callAgainRoute(app: App, parts: AgentDeskParts): void {
  const { engine } = parts;
  app.post(
    '/api/v1/agents/:agent/call-again',
    { schema: { params, body: againBody, response: AGENT } },
    async (request, reply) => {
      const agent = request.params.agent as AgentId;
      const { at, spokeWith, note = '' } = request.body;
      const untilAt = instantAt(at, engine.state.configuration?.timeZone ?? 'UTC');
      if (untilAt === null) return refuseTime(reply);
      const meant = meantBy(request.body);
      const again = { type: 'agent.call_again', agent, ...meant, untilAt, spokeWith } as const;
      const noted = await keepNote(again, note.trim(), parts);
      if (noted === 'erased') return refuseErased(reply);
      const { refused } = await engine.submit({ ...again, noted: noted === 'kept', by: byOf(request) });
      return refused === null ? agentView(engine, agent) : refuse(reply, refused);
    },
  );
}

function meantBy({ callback }: { readonly callback?: number }): { readonly callback?: CallbackId } {
  return callback === undefined ? {} : { callback: callback as CallbackId };
}

function refuseTime(reply: FastifyReply) {
  const mend = 'clocks of the centre never show this time; name another';
  return problem(reply, 422, 'callback.no_such_time', mend);
}

/** What somebody looks at about a client is in the audit before it is shown; a page that asks again while it shows them, once. */
class ShownAudit {
  readonly #people: People;
  readonly #last = new Map<AgentId, string>();

  constructor(people: People) {
    this.#people = people;
  }

  async note(agent: AgentId, by: string, client: ShownClient | null): Promise<void> {
    if (client === null) return;
    const { callback, numberKey, byRelay } = client;
    const shown = `${callback} ${by}`;
    if (this.#last.get(agent) === shown) return;
    // A relay service's number is many clients': what was looked at is this one's callback.
    const about = byRelay ? `callback ${callback}` : `number ${numberKey}`;
    await this.#people.note({ by, what: 'client.shown', about });
    this.#last.set(agent, shown);
  }
}

type Of<T extends PeopleInput['type']> = Omit<Extract<PeopleInput, { type: T }>, 'noted'>;
type Said = Of<'agent.tell_outcome'> | Of<'agent.call_again'>;

/** Before the fact that there is a note; where that would be refused there is none either. */
async function keepNote(
  said: Said,
  text: string,
  { engine, callNotes }: AgentDeskParts,
): Promise<'none' | 'kept' | 'erased'> {
  const { state } = engine;
  const agent = state.agents.get(said.agent);
  if (text === '' || callNotes === undefined || agent === undefined) return 'none';
  const client = toldOf(agent, said.callback);
  if (typeof client === 'string') return 'none';
  if (
    said.type === 'agent.call_again' &&
    'refused' in callAgain(state, agent, { ...said, noted: true }, state.now)
  )
    return 'none';
  const { callback, numberKey, byRelay } = client;
  const written = { callback, numberKey, byRelay, agent: said.agent, at: state.now, text };
  return (await callNotes.put(written)) ? 'kept' : 'erased';
}

function refuseErased(reply: FastifyReply) {
  const mend = 'the client asked to be forgotten meanwhile; give the outcome again without a note';
  return problem(reply, 409, 'note.person_erased', mend);
}

function clientOf(state: State, agent: AgentId): ShownClient | null {
  return state.agents.get(agent)?.page?.client ?? null;
}

async function clientView(agent: AgentId, client: ShownClient | null, parts: AgentDeskParts) {
  const { engine, callNotes, attempts, clientLink } = parts;
  const { state } = engine;
  const asksTone = engine.asksTone(agent);
  if (client === null) return { asksTone, client: null };
  const { callback, numberKey, byRelay, line, outcome } = client;
  const pending = pendingView(state, client);
  const reference = referenceOf(callback);
  // A relay service's number is many clients': of each no more is shown than of the callback itself.
  const notes = byRelay ? callNotes?.ofCallback(callback) : callNotes?.ofNumber(numberKey);
  return {
    asksTone,
    client: {
      ...{ callback, reference, line, outcome, pending },
      againLeft: againLeftOf(state, client),
      link: filledIn(clientLink(), { reference, line, language: pending?.language ?? '' }),
      attempts: [...((await attempts?.attemptsOf(callback)) ?? [])],
      notes: [...((await notes) ?? [])],
    },
  };
}

/** None for one that has ended. */
function againLeftOf(state: State, { callback: id }: ShownClient): number {
  const callback = state.callbacks.get(id);
  return callback === undefined ? 0 : againLeft(state, callback);
}

/** Null once the callback has ended: what was to be said has been said. */
function pendingView(state: State, { callback: id }: ShownClient) {
  const callback = state.callbacks.get(id);
  if (callback === undefined) return null;
  const place = placeOf(state, callback.place);
  const { told, toldAt } = place;
  return {
    language: place.language,
    codes: [callback.code, ...callback.otherCodes],
    registeredAt: callback.registeredAt,
    takenAt: place.takenAt,
    promised: told === null ? null : { minMinutes: told.minMinutes, maxMinutes: told.maxMinutes, toldAt },
    connectedAt: callback.state === 'connected' ? callback.connectedAt : null,
    relay: place.relay,
  };
}

/** Keys and words of the centre only; no number ever stands in an address. */
export function filledIn(
  template: string | null,
  values: Readonly<Record<'reference' | 'line' | 'language', string>>,
): string | null {
  if (template === null) return null;
  return template.replace(/\{(reference|line|language)\}/g, (_, name: keyof typeof values) =>
    encodeURIComponent(values[name]),
  );
}
