// The charts of the core, each held against the drawing in its own header; see test/support/drawn-chart.ts. That the
// rules walk along these arrows only is seen by the property test, which follows every entity through every fact.

import { testDrawnChart } from '../../test/support/drawn-chart.ts';
import { agentChart } from './agent.ts';
import { attemptChart } from './attempt.ts';
import { callChart } from './call.ts';
import { callbackChart } from './callback.ts';
import { consultChart } from './consult.ts';
import { dialogueChart } from './dialogue.ts';
import { placeChart } from './place.ts';
import { surveyChart } from './survey.ts';

const here = (file: string): URL => new URL(file, import.meta.url);

testDrawnChart('call', callChart, here('call.ts'));
testDrawnChart('place', placeChart, here('place.ts'));
testDrawnChart('callback', callbackChart, here('callback.ts'));
testDrawnChart('attempt', attemptChart, here('attempt.ts'));
testDrawnChart('agent', agentChart, here('agent.ts'));
testDrawnChart('dialogue', dialogueChart, here('dialogue.ts'));
testDrawnChart('consult', consultChart, here('consult.ts'));
testDrawnChart('survey', surveyChart, here('survey.ts'));
