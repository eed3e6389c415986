// The contract on the real Asterisk, and what only a real one can do to us: die, forget, or go on without us.

import { makeAsteriskWorld } from './asterisk-world.ts';
import { telephonyContract } from './telephony.ts';

telephonyContract('asterisk', () => makeAsteriskWorld());
