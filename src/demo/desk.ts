// An agent's desk, as a program sees it: the centre's own HTTP API, with its token.

import type { AgentDesk } from './staff.ts';

export function apiDesk(url: string, token: string): AgentDesk {
  const post = async (agent: string, what: string, body?: object): Promise<void> => {
    const answer = await fetch(`${url}/api/v1/agents/${agent}/${what}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok)
      throw new Error(`${agent}: ${what} was refused (${answer.status} ${await answer.text()})`);
    await answer.arrayBuffer();
  };
  return {
    signIn: (agent) => post(agent, 'sign-in', {}),
    ready: (agent) => post(agent, 'ready'),
    notReady: (agent, reason) => post(agent, 'not-ready', { reason }),
  };
}
