// What callers hear, for admins: every phrase with its words in both languages, to be listened to, said in the owners' own
// voice, or taken back to the release's; and the recordings that the configuration names. Who replaced which stands in the
// audit.

import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { PhraseView, RecordingView } from '../config/heard.ts';
import { LANGUAGES, type Language } from '../core/id.ts';
import type { People } from '../people/people.ts';
import type { App } from './agents.ts';
import { PROMPTS, RECORDED, texted } from './answer-shapes.ts';
import { byOf } from './identity.ts';
import { problem } from './problem.ts';

/** src/centre has the real one. */
export interface PromptRoom {
  phrases(): readonly PhraseView[];
  isPhrase(id: string): boolean;
  sound(id: string, language: Language): Buffer | null;
  /** Null: it is said from now on; else what is wrong with it, and nothing was changed. */
  replace(id: string, language: Language, wave: Buffer, text: string): string | null;
  /** Whether there was something to take back. */
  takeBack(id: string, language: Language): boolean;
  recordings(): readonly RecordingView[];
  recording(name: string, language: Language): Buffer | null;
  /** Null: it is there; else what is wrong with it, and nothing was changed. */
  record(name: string, language: Language, wave: Buffer): string | null;
}

/** Eighty seconds of what Asterisk plays, and its head. */
const WAVE_BYTES_MAX = 80 * 16_000 + 4_096;
const WAVE = 'audio/wav';
const language = Type.Union(LANGUAGES.map((one) => Type.Literal(one)));
const params = Type.Object({ language, name: Type.String({ maxLength: 64 }) });
const words = Type.Object({
  words: Type.String({ pattern: '\\S', maxLength: 1_000, description: 'what is said in it, word for word' }),
});

export function promptRoutes(app: App, room: PromptRoom, people: People): void {
  const path = '/api/v1/prompts';
  app.addContentTypeParser(WAVE, { parseAs: 'buffer', bodyLimit: WAVE_BYTES_MAX }, (_request, body, done) =>
    done(null, body),
  );
  app.get(path, { schema: { response: PROMPTS } }, () => ({
    phrases: room.phrases(),
    recordings: room.recordings(),
  }));
  for (const [where, find] of [
    [`${path}/:language/:name`, room.sound.bind(room)],
    ['/api/v1/recordings/:language/:name', room.recording.bind(room)],
  ] as const)
    app.get(where, { schema: { params, response: texted(WAVE) } }, (request, reply) => {
      const { name, language: of } = request.params;
      const wave = find(name, of);
      return wave === null ? refuseMissing(reply) : reply.type(WAVE).send(wave);
    });
  app.put(
    `${path}/:language/:name`,
    {
      ...{ bodyLimit: WAVE_BYTES_MAX },
      schema: {
        ...{ consumes: [WAVE], params, querystring: words, body: Type.Unsafe<Buffer>({}) },
        response: RECORDED,
      },
    },
    async (request, reply) => {
      const { name, language: of } = request.params;
      const { body } = request;
      if (!room.isPhrase(name)) return refuseMissing(reply);
      const text = request.query.words.trim();
      const fault = Buffer.isBuffer(body) ? room.replace(name, of, body, text) : 'it is no WAV file';
      if (fault !== null) return refuseUnfit(reply, fault);
      await people.note({ by: byOf(request), what: 'prompt.replaced', about: `${of}/${name}`, why: text });
      return { name, language: of };
    },
  );
  app.delete(
    `${path}/:language/:name`,
    { schema: { params, response: RECORDED } },
    async (request, reply) => {
      const { name, language: of } = request.params;
      if (!room.takeBack(name, of)) return refuseMissing(reply);
      await people.note({ by: byOf(request), what: 'prompt.taken_back', about: `${of}/${name}` });
      return { name, language: of };
    },
  );
  app.put(
    '/api/v1/recordings/:language/:name',
    {
      ...{ bodyLimit: WAVE_BYTES_MAX },
      schema: { consumes: [WAVE], params, body: Type.Unsafe<Buffer>({}), response: RECORDED },
    },
    async (request, reply) => {
      const { name, language: of } = request.params;
      const { body } = request;
      const fault = Buffer.isBuffer(body) ? room.record(name, of, body) : 'it is no WAV file';
      if (fault !== null) return refuseUnfit(reply, fault);
      await people.note({ by: byOf(request), what: 'recording.replaced', about: `${of}/${name}` });
      return { name, language: of };
    },
  );
}

function refuseMissing(reply: FastifyReply) {
  return problem(reply, 404, 'prompt.missing', 'there is no such sound; "GET /api/v1/prompts" lists them');
}

function refuseUnfit(reply: FastifyReply, fault: string) {
  const mend = 'record it as a WAV file of 16 bits, 8 kHz, mono (sox IN.wav -r 8000 -c 1 -b 16 OUT.wav)';
  return problem(reply, 422, 'prompt.unfit', `${fault}; ${mend}`);
}
