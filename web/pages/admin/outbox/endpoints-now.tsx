// Webhooks as they are in force, what can be done with each, and what was sent last, to programs and to clients.

import { useCallback, useEffect, useState } from 'react';
import { ask, type Fault } from '../../../access/api.ts';
import { useFaultText } from '../../../access/fault-text.ts';
import { Button } from '../../../kit/button.tsx';
import { Ask } from '../../../kit/dialog.tsx';
import { Badge } from '../../../kit/figure.tsx';
import { Menu } from '../../../kit/menu.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { tell } from '../../../kit/toast.tsx';
import { useFormats } from '../../../language/formats.ts';
import { useSay } from '../../../language/phrases.ts';
import { useDraft } from '../configuration/draft-room.tsx';
import { SecretShown } from '../people/secret-shown.tsx';
import { outboxPhrases } from './outbox-phrases.ts';

type Endpoint = {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly state: 'enabled' | 'disabled' | 'set_aside';
  readonly failingSince: number | null;
  readonly failures: number;
  readonly waiting: number;
};
type Delivery = {
  readonly serial: number;
  readonly id: string;
  readonly target: string;
  readonly what: string;
  readonly state: 'due' | 'sending' | 'delivered' | 'failed' | 'unknown' | 'void';
  readonly tries: number;
  readonly createdAt: number;
  readonly said: string;
};

const SHOWN = 25;
const UNDER_WAY_MS = 2_000;
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function EndpointsNow() {
  const say = useSay(outboxPhrases);
  const faultText = useFaultText(outboxPhrases);
  const { endpoints, deliveries, reload } = useOutbox();
  const [rotating, setRotating] = useState<string>();
  const [secret, setSecret] = useState('');
  const act = async (id: string, verb: string) => {
    if (verb === 'rotate') return setRotating(id);
    const answer = await ask('POST', `/outbox/endpoints/${id}/${verb}`);
    await reload();
    if (!answer.ok) tell(faultText(answer.fault), 'bad');
    else tell(say(verb === 'test' ? 'endpoints.tested' : 'endpoints.done', { id }));
  };
  const rotate = async (): Promise<Fault | undefined> => {
    const answer = await ask<{ secret: string }>('POST', `/outbox/endpoints/${rotating}/rotate`);
    if (!answer.ok) return answer.fault;
    setSecret(answer.value.secret);
    return undefined;
  };
  const again = async (id: string) => {
    const answer = await ask('POST', `/outbox/deliveries/${encodeURIComponent(id)}/retry`);
    if (!answer.ok) tell(faultText(answer.fault), 'bad');
    await reload();
  };
  return (
    <>
      <h3>{say('endpoints.title')}</h3>
      <Table
        caption={say('endpoints.title')}
        captionHidden
        rows={endpoints}
        keyOf={({ id }) => id}
        empty={say('endpoints.none')}
        columns={useEndpointColumns(act)}
      />
      <div className="section-head">
        <h3>{say('deliveries.title')}</h3>
        <Button size="small" onPress={reload}>
          {say('deliveries.reload')}
        </Button>
      </div>
      <Table
        caption={say('deliveries.title')}
        captionHidden
        rows={deliveries}
        keyOf={({ serial }) => serial}
        empty={say('deliveries.none')}
        columns={useDeliveryColumns(again)}
      />
      {rotating === undefined ? null : (
        <Ask
          title={say('endpoints.rotate.title', { id: rotating })}
          act={say('endpoints.rotate.act')}
          danger
          isOpen
          onClose={() => setRotating(undefined)}
          onAct={rotate}
          faults={outboxPhrases}
        >
          <p>{say('endpoints.rotate.what')}</p>
        </Ask>
      )}
      {secret === '' ? null : <SecretShown secret={secret} onClose={() => setSecret('')} />}
    </>
  );
}

function useOutbox() {
  const [endpoints, setEndpoints] = useState<readonly Endpoint[]>([]);
  const [deliveries, setDeliveries] = useState<readonly Delivery[]>([]);
  const reload = useCallback(async () => {
    const [ofEndpoints, ofDeliveries] = await Promise.all([
      ask<{ endpoints: Endpoint[] }>('GET', '/outbox/endpoints'),
      ask<{ deliveries: Delivery[] }>('GET', `/outbox/deliveries?limit=${SHOWN}`),
    ]);
    if (ofEndpoints.ok) setEndpoints(ofEndpoints.value.endpoints);
    if (ofDeliveries.ok) setDeliveries(ofDeliveries.value.deliveries);
  }, []);
  // What is put in force from this page changes them too.
  const { version } = useDraft().inForce;
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew with each configuration that is in force
  useEffect(() => void reload(), [reload, version]);
  // What is under way is looked at until it has arrived or failed.
  useEffect(() => {
    if (!deliveries.some(({ state }) => state === 'due' || state === 'sending')) return;
    const soon = setTimeout(reload, UNDER_WAY_MS);
    return () => clearTimeout(soon);
  }, [deliveries, reload]);
  return { endpoints, deliveries, reload };
}

function useEndpointColumns(act: (id: string, verb: string) => unknown): Column<Endpoint>[] {
  const say = useSay(outboxPhrases);
  const formats = useFormats();
  return [
    {
      ...{ id: 'id', name: say('endpoints.id'), head: true },
      cell: ({ id, url, events }) => (
        <>
          {id}
          <span className="beneath">{url}</span>
          <span className="beneath">{events.join(', ')}</span>
        </>
      ),
    },
    {
      ...{ id: 'state', name: say('endpoints.state') },
      cell: ({ state, failures, failingSince }) => (
        <>
          <Badge tone={state === 'enabled' ? 'good' : state === 'disabled' ? 'warn' : 'bad'}>
            {say(`endpoints.${state}`)}
          </Badge>
          {failures === 0 ? null : (
            <span className="beneath">
              {say('endpoints.failures', { n: failures, at: formats.moment(failingSince, HERE) })}
            </span>
          )}
        </>
      ),
    },
    {
      ...{ id: 'waiting', name: say('endpoints.waiting'), number: true },
      cell: ({ waiting }) => formats.whole(waiting),
    },
    {
      ...{ id: 'acts', name: say('endpoints.acts') },
      cell: ({ id, state }) => (
        <Menu
          label={say('endpoints.act.of', { id })}
          text={say('endpoints.act')}
          entries={(['test', state === 'enabled' ? 'disable' : 'enable', 'rotate'] as const).map((verb) => ({
            ...{ id: verb, name: say(`endpoints.${verb}`) },
          }))}
          onChoose={(verb) => void act(id, verb)}
        />
      ),
    },
  ];
}

const TONES = {
  delivered: 'good',
  failed: 'bad',
  unknown: 'warn',
  due: 'calm',
  sending: 'calm',
  void: 'calm',
} as const;

function useDeliveryColumns(again: (id: string) => unknown): Column<Delivery>[] {
  const say = useSay(outboxPhrases);
  const formats = useFormats();
  return [
    {
      id: 'when',
      name: say('deliveries.when'),
      head: true,
      cell: ({ createdAt }) => formats.moment(createdAt, HERE),
    },
    { id: 'what', name: say('deliveries.what'), cell: ({ what }) => what },
    { id: 'target', name: say('deliveries.target'), cell: ({ target }) => target },
    {
      ...{ id: 'state', name: say('deliveries.state') },
      cell: ({ state }) => <Badge tone={TONES[state]}>{say(`delivery.${state}`)}</Badge>,
    },
    { id: 'tries', name: say('deliveries.tries'), number: true, cell: ({ tries }) => formats.whole(tries) },
    { id: 'said', name: say('deliveries.said'), cell: ({ said }) => <span lang="en">{said}</span> },
    {
      ...{ id: 'acts', name: say('endpoints.acts') },
      cell: ({ id, state }) =>
        state !== 'failed' ? null : (
          <Button size="small" aria-label={say('deliveries.retry.of', { id })} onPress={() => again(id)}>
            {say('deliveries.retry')}
          </Button>
        ),
    },
  ];
}
