// The engine: collect, stamp, decide, evolve (loop.ts), commit, release (law 2). Decisions are taken at once on a
// state that runs ahead of the disk; nothing of them leaves the process, neither effect nor reply, before their facts are
// committed under our epoch. While one append is under way the next turns gather behind it: group commit.
// Fenced means that another process leads: the state is discarded, nothing more is said or dialled, and the process ends.

import type { Configuration } from '../core/configuration.ts';
import { confirming } from '../core/decide-call.ts';
import type { RefusalCode } from '../core/decision.ts';
import type { Dialled } from '../core/dialled.ts';
import type { Effect } from '../core/effect.ts';
import { evolve } from '../core/evolve.ts';
import type { Fact } from '../core/fact.ts';
import { stateHash } from '../core/hash.ts';
import type { AgentId, Channel, NumberKey } from '../core/id.ts';
import type { Input } from '../core/input.ts';
import type { ExtensionView, NumberCode, NumberView } from '../core/number.ts';
import { emptyState, type State } from '../core/state.ts';
import type { Tone } from '../core/tone.ts';
import type { EnclosedRow } from '../database/enclosed-row.ts';
import { appendRowsMax, type Journal, type NewRow } from '../journal/journal.ts';
import type { House, Telephony } from '../telephony/telephony.ts';
import type { Clock } from './clock.ts';
import { HeldNumbers, type NumberHolds } from './held-numbers.ts';
import { Loop } from './loop.ts';
import { type SnapshotOptions, Snapshots } from './snapshots.ts';
import { ToneBox, type ToneRefusal } from './tone-box.ts';

/** What the engine needs of the vault. */
export interface NumberRoom extends NumberHolds {
  /** Classifies what was keyed or shown; a number that may be dialled is held, in memory, under its key. */
  take(text: string): NumberView;
  /** Whether the number is in memory, so that its row can be written. */
  isAtHand(numberKey: NumberKey): boolean;
  /** The extension of a number that was just taken, which is then another number under its own key. */
  takeExtension(numberKey: NumberKey, text: string): ExtensionView;
  /** The row that keeps the number for good, to be written with `callback.registered`. */
  enclosed(numberKey: NumberKey): EnclosedRow | undefined;
  /** E.164, to be said back; undefined when erased. */
  numberOf(numberKey: NumberKey): Promise<string | undefined>;
  /** Out of memory at once; `erase` deletes its row as well. True when there was a row. */
  forget(numberKey: NumberKey): void;
  erase(numberKey: NumberKey): Promise<boolean>;
  extensionOf(numberKey: NumberKey): Promise<string | undefined>;
  /** The same judged once more by the policy of now: what the fence asks. */
  dialable(
    numberKey: NumberKey,
  ): Promise<
    | { readonly ok: true; readonly dialled: Dialled }
    | { readonly ok: false; readonly code: NumberCode }
    | undefined
  >;
}

/** What became of an input, known once its facts are committed. */
export type Outcome = { readonly facts: readonly Fact[]; readonly refused: RefusalCode | null };

export type Committed = { readonly seq: number; readonly at: number; readonly fact: Fact };

export type EngineParts = {
  readonly journal: Journal<Fact>;
  readonly numbers: NumberRoom;
  readonly telephony: Telephony;
  readonly clock: Clock;
  /** A uint32 from a good source: reference codes come of it. */
  readonly random: () => number;
  /** Another process leads, or a bug was found: the state is discarded, and the process must end. */
  readonly onFatal: (error: Error) => void;
  /** Each fact of the replay, for what folds facts beside the state: they are not told as committed. */
  readonly onReplayed?: (committed: Committed) => void;
  /** Left out: the whole journal is read at each start. */
  readonly snapshots?: SnapshotOptions;
};

/** Facts decided and not yet committed; beyond it new callers wait with music (the database is too slow). */
const PENDING_FACTS_MAX = 100_000;

type Pending = {
  readonly at: number;
  readonly outcome: Outcome;
  readonly effects: readonly Effect[];
  readonly settle: (outcome: Outcome) => void;
};

export class Engine implements House {
  private readonly parts: EngineParts;
  private loop: Loop;
  private pending: Pending[] = [];
  private pendingFacts = 0;
  private committing = false;
  /** The append under way; settles with it, whatever becomes of it. */
  private appending: Promise<void> = Promise.resolve();
  private scheduled = false;
  private dead = false;
  private readonly held: HeldNumbers;
  private readonly hearers = new Set<(committed: Committed) => void>();
  private idle: (() => void)[] = [];
  private readonly snapshots: Snapshots | null;
  private readonly tones: ToneBox;

  private constructor(parts: EngineParts, state: State, snapshotSeq: number) {
    this.parts = parts;
    const { journal, snapshots } = parts;
    this.snapshots = snapshots === undefined ? null : new Snapshots(journal, snapshots, snapshotSeq);
    this.loop = this.loopOf(state);
    this.held = new HeldNumbers(parts.numbers);
    this.held.recover(state);
    this.tones = new ToneBox((below) => parts.random() % below);
  }

  private loopOf(state: State): Loop {
    const { clock, random } = this.parts;
    return new Loop(state, clock, random, () => this.tell({ type: 'deadline.reached' }));
  }

  /** Replays the journal, or what follows the latest snapshot; the state is then what it was, hash and all. */
  static async recover(parts: EngineParts): Promise<Engine> {
    const { journal, snapshots } = parts;
    const found = snapshots === undefined ? undefined : await Snapshots.latest(journal, snapshots);
    const { state, seq } = found ?? { state: emptyState(journal.shard), seq: 0 };
    await journal.replay(seq + 1, (row) => {
      evolve(state, row.fact, row.at);
      parts.onReplayed?.(row);
    });
    return new Engine(parts, state, seq);
  }

  /** Puts the configuration in force, then connects telephony, which tells first what lives. */
  async open(configuration: Configuration, hash: string, document = ''): Promise<void> {
    // The journal may end with a socket that was up: nobody is rung before telephony has told what lives.
    await this.submit({ type: 'telephony.lost' });
    await this.submit({ type: 'centre.configure', configuration, hash, document });
    await this.parts.telephony.open(this);
    this.loop.arm();
  }

  /** For reading only; it may run ahead of what is committed. */
  get state(): State {
    return this.loop.state;
  }

  /** False while PostgreSQL is away: nothing is committed, so nothing is done. */
  get journalIsUp(): boolean {
    return this.parts.journal.state === 'up';
  }

  /** While the database is away, or far behind, nothing is promised to anybody new. */
  get takesCalls(): boolean {
    return !this.dead && this.journalIsUp && this.pendingFacts < PENDING_FACTS_MAX;
  }

  /** The last row and the hash of the state it leads to: what a replay of the journal must give as well. */
  async written(): Promise<{ readonly seq: number; readonly hash: string }> {
    await this.settled();
    return { seq: this.parts.journal.lastSeq, hash: stateHash(this.state) };
  }

  /** Each fact after its commit, in order. Gives the way to stop hearing. */
  onCommitted(hear: (committed: Committed) => void): () => void {
    this.hearers.add(hear);
    return () => this.hearers.delete(hear);
  }

  /** Resolves when what was decided is committed; never resolves once the engine is dead. */
  submit(input: Input): Promise<Outcome> {
    return new Promise((settle) => this.decide(input, settle));
  }

  tell(input: Input): void {
    this.decide(input, () => {});
  }

  /** The number is looked up before the permission is asked for: a vault that fails uses up no attempt. */
  async askDial(attempt: string): Promise<Dialled | null> {
    const outside = this.outsideOf(attempt);
    if (outside !== null) return this.askDialOutside(attempt, outside);
    const callback = this.callbackOf(attempt);
    if (callback === undefined) return null;
    const number = await this.parts.numbers.dialable(callback.numberKey);
    const judged = number === undefined ? 'number.erased' : number.ok ? null : number.code;
    const { facts } = await this.submit({ type: 'dial.asked', attempt, number: judged });
    const isPermitted = facts.some((fact) => fact.type === 'attempt.permitted');
    // Withdrawn while it was being committed (the agent is gone): nobody is called.
    const isLive = this.callbackOf(attempt) !== undefined;
    return isPermitted && isLive && number?.ok ? number.dialled : null;
  }

  /** Somebody of the owners' directory, whose number is no secret: permitted once, like everybody. */
  private async askDialOutside(attempt: string, e164: string): Promise<Dialled | null> {
    const { facts } = await this.submit({ type: 'dial.asked', attempt, number: null });
    const isPermitted = facts.some((fact) => fact.type === 'consult.permitted');
    const isLive = this.outsideOf(attempt) !== null;
    return isPermitted && isLive ? { to: 'number', e164, extension: null } : null;
  }

  /** The number of whom this channel is to reach, where it is somebody outside who is consulted. */
  private outsideOf(attempt: string): string | null {
    const owner = this.state.channels.get(attempt as Channel);
    const place = owner?.kind === 'consult' ? this.state.places.get(owner.place) : undefined;
    const id = place?.consult?.outside ?? null;
    return this.state.configuration?.directory?.find((party) => party.id === id)?.number ?? null;
  }

  /**
   * Forgets a person's number for good. What is being written now may hold its row, so that the row is deleted after that.
   * Rejects when the house ends meanwhile: then it is to be asked again.
   */
  async eraseNumber(numberKey: NumberKey): Promise<boolean> {
    this.parts.numbers.forget(numberKey);
    await this.appending;
    if (this.dead) throw new Error('the house ended before the number was erased; ask again');
    return this.parts.numbers.erase(numberKey);
  }

  /** How an agent felt a conversation: kept by nobody, and told to the core with those of others. Null: taken. */
  async giveTone(agent: AgentId, value: Tone): Promise<ToneRefusal | null> {
    const values = this.tones.give(this.state, agent, value);
    if (typeof values === 'string') return values;
    if (values.length > 0) await this.submit({ type: 'tone.release', values });
    return null;
  }

  /** Whether this agent may say now how the last conversation felt. */
  asksTone(agent: AgentId): boolean {
    return this.tones.asks(this.state, agent);
  }

  private callbackOf(attempt: string) {
    const owner = this.state.channels.get(attempt as Channel);
    const live = owner?.kind === 'attempt' ? this.state.attempts.get(owner.attempt) : undefined;
    return live === undefined ? undefined : this.state.callbacks.get(live.callback);
  }

  takeNumber(text: string): NumberView {
    return this.parts.numbers.take(text);
  }

  takeExtension(numberKey: NumberKey, text: string): ExtensionView {
    return this.parts.numbers.takeExtension(numberKey, text);
  }

  sayExtension(numberKey: NumberKey): Promise<string | undefined> {
    return this.parts.numbers.extensionOf(numberKey);
  }

  sayNumber(numberKey: NumberKey): Promise<string | undefined> {
    return this.parts.numbers.numberOf(numberKey);
  }

  /** Whether everything decided so far is committed and released. */
  get isSettled(): boolean {
    return this.pending.length === 0 && !this.committing;
  }

  /**
   * Reads the state, and the seq it has come to, at a moment when nothing is decided that is not committed: at once, or as
   * soon as the journal has caught up; never once the engine is dead. `read` must not change anything.
   */
  readCommitted(read: (state: State, seq: number) => void): void {
    if (this.dead) return;
    if (this.isSettled) read(this.state, this.parts.journal.lastSeq);
    else this.idle.push(() => this.readCommitted(read));
  }

  /** Resolves when everything decided so far is committed and released, or discarded for good. */
  settled(): Promise<void> {
    if (this.isSettled) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  async close(): Promise<void> {
    this.loop.stop();
    await this.parts.telephony.close();
    await this.settledOrAway();
    this.dead = true;
    if (this.journalIsUp) await this.snapshots?.close();
    await this.parts.journal.close();
  }

  /** While the database is away there is no telling when: what was decided and not written was told to nobody. */
  private async settledOrAway(): Promise<void> {
    let stopHearing = (): void => {};
    const away = new Promise<void>((resolve) => {
      stopHearing = this.parts.journal.onState((state) => {
        if (state === 'away') resolve();
      });
    });
    if (this.parts.journal.state !== 'away') await Promise.race([this.settled(), away]);
    stopHearing();
  }

  private decide(input: Input, settle: (outcome: Outcome) => void): void {
    if (this.dead) return;
    try {
      const { facts, effects, refused } = this.loop.turn(this.withNumber(input));
      if (facts.length === 0 && this.pending.length === 0 && !this.committing) {
        settle({ facts, refused });
        return;
      }
      this.pending.push({ at: this.state.now, outcome: { facts, refused }, effects, settle });
      this.pendingFacts += facts.length;
      this.held.decided(facts);
      this.loop.arm();
      this.schedule();
    } catch (error) {
      this.die(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** A number that was erased while its owner listened is not confirmed: a promise without it could not be kept. */
  private withNumber(input: Input): Input {
    const asked = confirming(this.state, input);
    if (asked === null || this.parts.numbers.isAtHand(asked.numberKey)) return input;
    return { type: 'caller.number_gone', channel: asked.channel };
  }

  private schedule(): void {
    if (this.committing || this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      void this.commit();
    });
  }

  private async commit(): Promise<void> {
    if (this.committing || this.dead) return;
    this.committing = true;
    try {
      while (this.pending.length > 0 && !this.dead) {
        const batch = this.takeBatch();
        const rows = rowsOf(batch);
        const first = this.parts.journal.lastSeq + 1;
        // A turn larger than one append (a resync of a full house) is written in parts: whoever recovers from a part of it
        // resyncs again.
        for (let from = 0; from < rows.length; from += appendRowsMax) {
          const part = rows.length <= appendRowsMax ? rows : rows.slice(from, from + appendRowsMax);
          const appended = this.parts.journal.append(part, this.enclosedOf(part));
          this.appending = appended.catch(() => {});
          await appended;
          if (this.dead) return;
        }
        this.release(batch, first);
      }
    } catch (error) {
      this.die(error instanceof Error ? error : new Error(String(error)));
      return;
    } finally {
      this.committing = false;
    }
    this.snapshots?.settled(this.state);
    for (const resolve of this.idle.splice(0)) resolve();
  }

  /** As many whole turns as fit into one append, and at least one. */
  private takeBatch(): Pending[] {
    let rows = 0;
    let count = 0;
    for (const { outcome } of this.pending) {
      if (count > 0 && rows + outcome.facts.length > appendRowsMax) break;
      rows += outcome.facts.length;
      count += 1;
    }
    this.pendingFacts -= rows;
    return this.pending.splice(0, count);
  }

  /** The vault's row is written in the transaction of the fact that needs the number, or neither is. */
  private enclosedOf(rows: readonly { readonly fact: Fact }[]): EnclosedRow[] {
    const enclosed: EnclosedRow[] = [];
    for (const { fact } of rows) {
      const isNew =
        fact.type === 'callback.registered' ||
        fact.type === 'callback.asked_on_page' ||
        fact.type === 'callback.number_changed';
      const row = isNew ? this.parts.numbers.enclosed(fact.numberKey) : undefined;
      if (row !== undefined) enclosed.push(row);
    }
    return enclosed;
  }

  private release(batch: readonly Pending[], first: number): void {
    let seq = first;
    for (const { at, outcome, effects, settle } of batch) {
      if (effects.length > 0) this.parts.telephony.perform(effects);
      settle(outcome);
      this.held.committed(outcome.facts);
      if (this.hearers.size === 0) {
        seq += outcome.facts.length;
        continue;
      }
      for (const fact of outcome.facts) {
        for (const hear of this.hearers) hear({ seq, at, fact });
        seq += 1;
      }
    }
  }

  private die(error: Error): void {
    if (this.dead) return;
    this.dead = true;
    this.loop.stop();
    this.pending = [];
    this.loop = this.loopOf(emptyState(this.state.shard));
    this.parts.onFatal(error);
    for (const resolve of this.idle.splice(0)) resolve(); // nothing is left to wait for
  }
}

function rowsOf(batch: readonly Pending[]): NewRow<Fact>[] {
  const rows: NewRow<Fact>[] = [];
  for (const { at, outcome } of batch) for (const fact of outcome.facts) rows.push({ at, fact });
  return rows;
}
