// The pages that `npm run build` put into web/dist: one shell for all of them, told its language before it is sent, and
// files whose names carry a hash of what is inside, so that a browser may keep them for ever. Everything is compressed
// already and kept in memory; nothing is looked up on the disk because of what somebody asks. It must not know what a
// page shows.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LANGUAGES, type Language } from '../core/id.ts';
import type { App } from './agents.ts';
import { pageHeaders } from './page-headers.ts';

/** Where `npm run build` puts them. */
export const PAGES_FOLDER = join(import.meta.dirname, '../../web/dist');

/** Each also below /en and /fr. */
export const PAGES = [
  '/',
  '/agent',
  '/supervisor',
  '/wall',
  '/reports',
  '/admin',
  '/sign-in',
  '/first-admin/:token',
  '/phone',
] as const;

type File = {
  readonly type: string;
  readonly bytes: Buffer;
  readonly br: Buffer | undefined;
  readonly gzip: Buffer | undefined;
};

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.wav': 'audio/wav',
};

const FOR_EVER = 'public, max-age=31536000, immutable';

/** For a page that anybody may open: it asks for nobody's sign-in. */
const open = { config: { isOpen: true }, schema: { hide: true } } as const;

export function pageRoutes(app: App, folder: string = PAGES_FOLDER): void {
  const shell = shellIn(folder);
  const files = shell === undefined ? new Map<string, File>() : readFiles(folder);
  for (const prefix of ['', '/en', '/fr']) {
    for (const page of PAGES) {
      const path = prefix !== '' && page === '/' ? prefix : `${prefix}${page}`;
      app.get(path, open, (request, reply) => {
        const language = (prefix.slice(1) || languageAsked(request)) as Language;
        return sendPage(reply, shell, language);
      });
    }
  }
  for (const [path, file] of files) {
    app.get(path, open, (request, reply) => sendFile(request, reply, path, file));
  }
}

/** Somebody with a browser who mistyped an address, or whose link is old, is told so in their language. */
export function isForPages({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !url.startsWith('/api/') && /\btext\/html\b/.test(headers.accept ?? '');
}

export function sendUnknownPage(request: FastifyRequest, reply: FastifyReply, folder = PAGES_FOLDER) {
  const named = /^\/(en|fr)\//.exec(request.url)?.[1] as Language | undefined;
  return sendPage(reply.code(404), shellIn(folder), named ?? languageAsked(request));
}

function shellIn(folder: string): string | undefined {
  const path = join(folder, 'index.html');
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function readFiles(folder: string): Map<string, File> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = new Map<string, File>();
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (type === undefined || name === 'manifest.json') continue;
    const path = join(folder, name);
    const beside = (end: string) => (existsSync(`${path}${end}`) ? readFileSync(`${path}${end}`) : undefined);
    files.set(`/${name}`, { type, bytes: readFileSync(path), br: beside('.br'), gzip: beside('.gz') });
  }
  return files;
}

function sendPage(reply: FastifyReply, shell: string | undefined, language: Language) {
  reply.headers(pageHeaders()).header('content-language', language).header('vary', 'cookie, accept-language');
  if (shell === undefined) {
    return reply
      .code(503)
      .type('text/plain; charset=utf-8')
      .send('page.not_built: the pages are not built; run "npm run build" and start the centre again\n');
  }
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(shell.replace('<html lang="en">', `<html lang="${language}">`));
}

function sendFile(request: FastifyRequest, reply: FastifyReply, path: string, file: File) {
  const taken = String(request.headers['accept-encoding'] ?? '');
  const [encoding, bytes] =
    file.br !== undefined && /\bbr\b/.test(taken)
      ? (['br', file.br] as const)
      : file.gzip !== undefined && /\bgzip\b/.test(taken)
        ? (['gzip', file.gzip] as const)
        : ([undefined, file.bytes] as const);
  reply
    .type(file.type)
    .header('cache-control', path.startsWith('/assets/') ? FOR_EVER : 'public, max-age=3600')
    .header('vary', 'accept-encoding')
    .header('x-content-type-options', 'nosniff');
  if (encoding !== undefined) reply.header('content-encoding', encoding);
  return reply.send(bytes);
}

/** The choice of last time, then what the browser asks for. */
export function languageAsked({ headers }: FastifyRequest): Language {
  const chosen = /(?:^|;\s*)rappel-language=(en|fr)(?:;|$)/.exec(headers.cookie ?? '')?.[1];
  if (chosen !== undefined) return chosen as Language;
  const wanted = String(headers['accept-language'] ?? '')
    .split(',')
    .map((one) => one.trim().slice(0, 2).toLowerCase());
  return (wanted.find((one) => (LANGUAGES as readonly string[]).includes(one)) ?? 'en') as Language;
}
