// A random centre whose agents hold, consult, hand over and transfer, at every moment and with everybody: colleagues who
// are free, busy, away or themselves; lines that are open, full, closed or the same; numbers of the directory that answer
// or do not. Among it all that SurveyedCentre does. After each turn TalkWatch says who must hear whom.

import type { Configuration } from '../../src/core/configuration.ts';
import type { Fact } from '../../src/core/fact.ts';
import type { AgentId, LineId } from '../../src/core/id.ts';
import type { Input, Party } from '../../src/core/input.ts';
import { lineCalled } from './given.ts';
import { chance } from './random-centre.ts';
import { AGENTS } from './random-rules.ts';
import { SurveyedCentre } from './surveyed-centre.ts';
import { checkTalks } from './talk-watch.ts';

type Pick = (n: number) => number;

const DIRECTORY: NonNullable<Configuration['directory']> = [
  { id: 'interpreter', name: { en: 'Interpreter', fr: 'Interprète' }, number: '+16135550142' },
];

/** Two lines more, which nobody is let into. */
function talking(configuration: Configuration): Configuration {
  const lines = [lineCalled('shut', '8', { open: [] }), lineCalled('full', '9', { capacity: 0 })];
  return { ...configuration, directory: DIRECTORY, lines: [...configuration.lines, ...lines] };
}

export class TalkingCentre extends SurveyedCentre {
  override step(seed: number): void {
    const pick = chance(seed);
    const kind = pick(100);
    if (kind < 30) this.talk(pick);
    else if (kind < 34) this.waitAgain(pick);
    else if (kind < 45) this.converse(pick);
    else super.step(pick(2 ** 31));
  }

  protected override tell(input: Input): readonly Fact[] {
    const directed =
      input.type === 'centre.configure' ? { ...input, configuration: talking(input.configuration) } : input;
    const facts = super.tell(directed);
    if (this.far.isReachable) checkTalks(this.state, this.far.channels);
    return facts;
  }

  private talk(pick: Pick): void {
    const talking = [...this.state.agents.values()].filter(({ state }) => state === 'on_call');
    const agent =
      (pick(10) === 0 ? undefined : talking[pick(Math.max(1, talking.length))])?.id ?? this.anybody(pick);
    this.at += pick(3_000);
    if (pick(20) === 0) {
      const [on, by] = [pick(3) > 0, 'owner'];
      this.tell({ type: 'switch.turn', name: 'dialling', line: null, on, reason: 'by chance', by });
    }
    switch (pick(12)) {
      case 0:
        this.tell({ type: 'agent.hold', agent });
        return;
      case 1:
        this.tell({ type: 'agent.retrieve', agent });
        return;
      case 2:
        this.tell({ type: 'agent.end_consult', agent });
        return;
      case 3:
      case 4:
        this.tell({ type: 'agent.join', agent });
        return;
      case 5:
        this.tell({ type: 'agent.hand_over', agent });
        return;
      case 6:
      case 7:
        this.tell({ type: 'agent.transfer', agent, to: this.party(pick) });
        return;
      case 8:
        this.tell({ type: 'agent.hang_up', agent });
        return;
      default:
        this.tell({ type: 'agent.consult', agent, to: this.party(pick) });
    }
  }

  /** A client who was transferred takes a callback, or gives up. */
  private waitAgain(pick: Pick): void {
    for (const far of [...this.far.channels.values()]) {
      const owner = this.state.channels.get(far.channel);
      const call = owner?.kind === 'call' ? this.state.calls.get(owner.call) : undefined;
      const place = call?.place == null ? undefined : this.state.places.get(call.place);
      if (place?.transfers === undefined || call?.state !== 'in_line' || far.dying) continue;
      if (pick(4) > 0) this.takeCallback(far, pick);
      else this.end(far, 'normal');
      return;
    }
  }

  private party(pick: Pick): Party {
    const kind = pick(10);
    if (kind < 3) return { outside: pick(8) === 0 ? 'nobody' : 'interpreter' };
    const lines = [...this.state.lines.keys()];
    if (kind < 6) return { line: pick(8) === 0 ? ('none' as LineId) : (lines[pick(lines.length)] as LineId) };
    const ready = [...this.state.agents.values()].filter(({ state }) => state === 'ready');
    return { agent: ready[pick(Math.max(1, ready.length))]?.id ?? this.anybody(pick) };
  }

  private anybody(pick: Pick): AgentId {
    return AGENTS[pick(AGENTS.length)]?.id as AgentId;
  }
}
