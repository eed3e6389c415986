// The classes of which a state is built, beside plain objects, maps and lists: whoever keeps a state as bytes has to know
// them by name to build it again. A class that is missing here is found by the first snapshot, and by its test.

import { Deadlines } from './deadlines.ts';
import { Experience, Mean, Memory } from './experience.ts';
import { Lane, Line } from './line.ts';
import { NumberBook } from './number-book.ts';
import { IdleAgents, IdlePool } from './queue.ts';

export const STATE_CLASSES = {
  Deadlines,
  Experience,
  IdleAgents,
  IdlePool,
  Lane,
  Line,
  Mean,
  Memory,
  NumberBook,
} as const;
