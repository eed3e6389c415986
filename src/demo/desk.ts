// An agent's desk, as a program sees it: the centre's own HTTP API, with its token.

import { type AgentDesk, DeskTaken } from './staff.ts';

export function apiDesk(url: string, token: string): AgentDesk {
  const authorization = `Bearer ${token}`;
  const post = async (agent: string, what: string, body?: object): Promise<void> => {
    const answer = await fetch(`${url}/api/v1/agents/${agent}/${what}`, {
      method: 'POST',
      headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    // The wrap-up may have ended between the look and the answer.
    if (answer.ok || text.includes('"tone.not_asked"')) return;
    if (/"agent\.(signed_out|no_page)"/.test(text))
      throw new DeskTaken(`${agent}: somebody else is there now`);
    throw new Error(`${agent}: ${what} was refused (${answer.status} ${text})`);
  };
  return {
    signIn: (agent) => post(agent, 'sign-in', {}),
    ready: (agent) => post(agent, 'ready'),
    notReady: (agent, reason) => post(agent, 'not-ready', { reason }),
    asksTone: async (agent) => {
      const answer = await fetch(`${url}/api/v1/agents`, { headers: { authorization } });
      if (!answer.ok) throw new Error(`the desks do not answer (${answer.status} ${await answer.text()})`);
      const { agents } = (await answer.json()) as { agents: { agent: string; asksTone?: boolean }[] };
      return agents.some((one) => one.agent === agent && one.asksTone === true);
    },
    tone: (agent, value) => post(agent, 'tone', { value }),
  };
}
