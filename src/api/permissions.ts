// Who may use which route: the one table, complete by a test. A route that does not stand here is refused to everybody, so
// whoever adds one says here whom it is for. `own`: an agent for themselves, where the path names the agent. It must not
// know how somebody is recognised: that is the gate's.

import type { Role, Scope } from '../people/account.ts';

export type Permission =
  /** Anybody: it tells nothing of the centre, or is how people are recognised. */
  | { readonly open: true }
  /** Whoever is recognised, about themselves. */
  | { readonly anybody: true }
  | {
      readonly roles: readonly Role[];
      /** An agent whom the path names. */
      readonly own?: true;
      /** For programs with a token of their own; left out: for people only. */
      readonly scope?: Scope;
      /** From this machine without being recognised. */
      readonly loopback?: true;
    };

const OPEN: Permission = { open: true };
const ANYBODY: Permission = { anybody: true };
const ADMIN: Permission = { roles: ['admin'] };
/** An agent for themselves and nobody for them: their page, and the phone in it. */
const OWN: Permission = { roles: [], own: true };
const STAND: Permission = { roles: ['agent', 'supervisor', 'analyst', 'admin'], scope: 'read:stand' };
const FIGURES: Permission = { roles: ['supervisor', 'analyst', 'admin'], scope: 'read:figures' };
const AT_WORK: Permission = { roles: ['supervisor', 'admin'], own: true, scope: 'write:agents' };
const OVERSEE: Permission = { roles: ['supervisor', 'admin'] };
const CALLBACKS: Permission = { roles: ['supervisor', 'admin'], scope: 'write:callbacks' };
const SWITCHES: Permission = { roles: ['supervisor', 'admin'], scope: 'write:switches' };

export const PERMISSIONS: Readonly<Record<string, Permission>> = {
  'GET /health/live': OPEN,
  'GET /health/ready': OPEN,
  'GET /metrics': { roles: ['supervisor', 'analyst', 'admin'], scope: 'read:figures', loopback: true },
  'GET /api/v1/openapi.json': ANYBODY,
  // ---- being recognised
  'POST /api/v1/sign-in': OPEN,
  'GET /api/v1/sign-in': ANYBODY,
  'DELETE /api/v1/sign-in': ANYBODY,
  'PATCH /api/v1/sign-in': ANYBODY,
  'GET /api/v1/sign-in/openid': OPEN,
  'GET /api/v1/sign-in/openid/callback': OPEN,
  'GET /api/v1/sign-in/ways': OPEN,
  'POST /api/v1/first-admin': OPEN,
  // ---- accounts
  'GET /api/v1/accounts': ADMIN,
  'POST /api/v1/accounts': ADMIN,
  'GET /api/v1/accounts/:account': ADMIN,
  'PATCH /api/v1/accounts/:account': ADMIN,
  'GET /api/v1/tokens': ADMIN,
  'POST /api/v1/tokens': ADMIN,
  'DELETE /api/v1/tokens/:token': ADMIN,
  'GET /api/v1/audit': ADMIN,
  'GET /api/v1/audit/verify': ADMIN,
  'POST /api/v1/persons/export': ADMIN,
  'POST /api/v1/persons/erase': ADMIN,
  // ---- agents at work
  'GET /api/v1/agents': STAND,
  'POST /api/v1/agents/:agent/sign-in': AT_WORK,
  'POST /api/v1/agents/:agent/ready': AT_WORK,
  'POST /api/v1/agents/:agent/not-ready': AT_WORK,
  'POST /api/v1/agents/:agent/wrap-up': AT_WORK,
  'POST /api/v1/agents/:agent/voicemail': AT_WORK,
  'POST /api/v1/agents/:agent/relay': AT_WORK,
  'POST /api/v1/agents/:agent/tone': AT_WORK,
  'POST /api/v1/agents/:agent/sign-out': AT_WORK,
  'POST /api/v1/agents/:agent/phone': OWN,
  'DELETE /api/v1/agents/:agent/phone': OWN,
  'GET /api/v1/agents/:agent/phone/sip': OWN,
  // ---- a citizen's phone, in the demonstration
  'GET /api/v1/phone': OPEN,
  'POST /api/v1/phone': OPEN,
  'GET /api/v1/phone/sip': OPEN,
  'POST /api/v1/agents/:agent/page': OWN,
  'GET /api/v1/agents/:agent/client': OWN,
  'POST /api/v1/agents/:agent/accept': OWN,
  'POST /api/v1/agents/:agent/reject': OWN,
  'POST /api/v1/agents/:agent/hang-up': OWN,
  'POST /api/v1/agents/:agent/outcome': OWN,
  'POST /api/v1/agents/:agent/call-again': OWN,
  'POST /api/v1/agents/:agent/hold': OWN,
  'POST /api/v1/agents/:agent/retrieve': OWN,
  'POST /api/v1/agents/:agent/consult': OWN,
  'POST /api/v1/agents/:agent/join': OWN,
  'POST /api/v1/agents/:agent/hand-over': OWN,
  'POST /api/v1/agents/:agent/end-consult': OWN,
  'POST /api/v1/agents/:agent/transfer': OWN,
  // ---- how the centre stands
  'GET /api/v1/stand': STAND,
  'GET /api/v1/stream': STAND,
  'GET /api/v1/journal': { roles: ['supervisor', 'admin'], scope: 'read:stand' },
  'GET /api/v1/reports': FIGURES,
  'GET /api/v1/note': FIGURES,
  // ---- callbacks, and what supervisors decide
  'GET /api/v1/callbacks': { roles: ['supervisor', 'admin'], scope: 'read:callbacks' },
  'GET /api/v1/callbacks/:callback': { roles: ['supervisor', 'admin'], scope: 'read:callbacks' },
  'POST /api/v1/callbacks/:callback/cancel': CALLBACKS,
  'POST /api/v1/callbacks/:callback/relay': CALLBACKS,
  'POST /api/v1/callbacks/:callback/language': CALLBACKS,
  'POST /api/v1/callbacks/:callback/number': CALLBACKS,
  'POST /api/v1/callbacks/:callback/postpone': CALLBACKS,
  'PUT /api/v1/callbacks/:callback/email': CALLBACKS,
  'DELETE /api/v1/callbacks/:callback/email': CALLBACKS,
  'POST /api/v1/callbacks/:callback/never-call': OVERSEE,
  'POST /api/v1/stories': OVERSEE,
  'POST /api/v1/places/:place/priority': CALLBACKS,
  'POST /api/v1/never-call': OVERSEE,
  'DELETE /api/v1/never-call': OVERSEE,
  'GET /api/v1/switches': { roles: ['supervisor', 'admin'], scope: 'read:stand' },
  'POST /api/v1/switches': SWITCHES,
  'POST /api/v1/search': OVERSEE,
  // ---- the outbox
  'GET /api/v1/outbox/deliveries': ADMIN,
  'POST /api/v1/outbox/deliveries/:delivery/retry': ADMIN,
  'GET /api/v1/outbox/endpoints': ADMIN,
  'POST /api/v1/outbox/endpoints/:endpoint/enable': ADMIN,
  'POST /api/v1/outbox/endpoints/:endpoint/disable': ADMIN,
  'POST /api/v1/outbox/endpoints/:endpoint/test': ADMIN,
  'POST /api/v1/outbox/endpoints/:endpoint/rotate': ADMIN,
  'GET /api/v1/configuration': ADMIN,
  'PUT /api/v1/configuration': ADMIN,
  'GET /api/v1/prompts': ADMIN,
  'GET /api/v1/prompts/:language/:name': ADMIN,
  'PUT /api/v1/prompts/:language/:name': ADMIN,
  'DELETE /api/v1/prompts/:language/:name': ADMIN,
  'GET /api/v1/recordings/:language/:name': ADMIN,
  'PUT /api/v1/recordings/:language/:name': ADMIN,
  'GET /api/v1/configuration/document': ADMIN,
  'GET /api/v1/configuration/file': ADMIN,
  'POST /api/v1/configuration/check': ADMIN,
  'GET /api/v1/configuration/changes': ADMIN,
  'POST /api/v1/configuration/changes': ADMIN,
};

/** A HEAD is a GET whose body is not sent. */
export function permissionOf(method: string, path: string): Permission | undefined {
  const key = `${method === 'HEAD' ? 'GET' : method} ${path}`;
  return Object.hasOwn(PERMISSIONS, key) ? PERMISSIONS[key] : undefined;
}
