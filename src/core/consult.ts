// The chart of a consultation: a third party whom an agent rings while the client holds with music. A colleague, or a
// number of the owners' own directory, which is dialled through the fence like every other.
//
//   intended -- consult.permitted -->  ringing   outside: the fence was asked, and its answer is committed
//   intended -- consult.ended -->      over      never permitted: nothing was dialled
//   ringing  -- consult.answered -->   talking   agent and third party hear each other, the client hears music
//   ringing  -- consult.ended -->      over      nobody answered, or the agent gave up
//   talking  -- consult.joined -->     joined    all three hear each other
//   talking  -- place.handed_over -->  handed    the agent leaves, the third party goes on with the client
//   joined   -- place.handed_over -->  handed
//   talking  -- consult.ended -->      over
//   joined   -- consult.ended -->      over
//   handed   -- consult.ended -->      over      the third party outside has hung up: so has the client
//
// A colleague's begins at `ringing`, and with `handed` it is over: the place is theirs. While a consultation is on, or when
// it is over and the agent is still there, the client is never in nobody's hands: they hold, or are back with the agent.

import type { Chart } from './chart.ts';

export type ConsultState = 'intended' | 'ringing' | 'talking' | 'joined' | 'handed' | 'over';

export type ConsultFact =
  | 'consult.permitted'
  | 'consult.answered'
  | 'consult.joined'
  | 'consult.ended'
  | 'place.handed_over';

export const consultChart: Chart<ConsultState, ConsultFact> = {
  intended: { 'consult.permitted': 'ringing', 'consult.ended': 'over' },
  ringing: { 'consult.answered': 'talking', 'consult.ended': 'over' },
  talking: { 'consult.joined': 'joined', 'place.handed_over': 'handed', 'consult.ended': 'over' },
  joined: { 'place.handed_over': 'handed', 'consult.ended': 'over' },
  handed: { 'consult.ended': 'over' },
  over: {},
};
