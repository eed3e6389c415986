// What no schema can say of webhooks and messages: one place for each secret, an address that is one, no way to send
// without its settings. Whether a secret is there is looked at when a centre starts, not here.

import type { Mistake } from './mistake.ts';
import { mistake } from './mistake.ts';
import type { EmailFile, MessagesFile, SmsFile, WebhookFile } from './outgoing-schema.ts';
import type { Path } from './position.ts';
import type { ConfigurationFile } from './schema.ts';

type Outgoing = {
  readonly webhooks?: readonly WebhookFile[];
  readonly messages?: MessagesFile;
} & Pick<ConfigurationFile, 'survey' | 'lines'>;

export function outgoingMistakes({ webhooks = [], messages, survey, lines }: Outgoing): Mistake[] {
  const hasPage = [survey, ...lines.map((line) => line.survey)].some((one) => (one?.linkDays ?? 0) > 0);
  return [
    ...webhooks.flatMap((webhook, i) => webhookMistakes(webhook, i, webhooks)),
    ...(messages === undefined ? [] : messageMistakes(messages, hasPage)),
  ];
}

function webhookMistakes(webhook: WebhookFile, i: number, all: readonly WebhookFile[]): Mistake[] {
  const path: Path = ['webhooks', i];
  const found = [
    ...oneOf(path, 'secretEnv', webhook.secretEnv, 'secretFile', webhook.secretFile, true),
    ...addressMistakes([...path, 'url'], webhook.url, webhook.allowPrivate),
  ];
  if (all.findIndex(({ id }) => id === webhook.id) !== i)
    found.push(
      mistake([...path, 'id'], `"${webhook.id}" is the id of another webhook too`, 'give each its own'),
    );
  return found;
}

function messageMistakes(messages: MessagesFile, hasPage: boolean): Mistake[] {
  const { email, sms, linkBase, send = [] } = messages;
  const found = [
    ...(email === undefined ? [] : emailMistakes(email)),
    ...(sms === undefined ? [] : smsMistakes(sms)),
    ...(linkBase === undefined ? [] : addressMistakes(['messages', 'linkBase'], linkBase, true)),
  ];
  send.forEach(({ by, when, text }, i) => {
    const path: Path = ['messages', 'send', i];
    if (messages[by] === undefined)
      found.push(
        mistake([...path, 'by'], `messages.${by} is not set`, 'set it, or take this message out of send'),
      );
    if (linkBase === undefined && (text === undefined ? when !== 'missed' : hasLink(text)))
      found.push(
        mistake(path, 'has a link in it, and messages.linkBase is not set', 'set it, or give a text without'),
      );
    if (send.findIndex((other) => other.by === by && other.when === when) !== i)
      found.push(mistake(path, 'is there twice', 'remove one of the two'));
    if (when === 'survey') found.push(...surveyMistakes(path, messages, i, hasPage));
  });
  return found;
}

function surveyMistakes(path: Path, { send = [] }: MessagesFile, i: number, hasPage: boolean): Mistake[] {
  const { by, text } = send[i] as NonNullable<MessagesFile['send']>[number];
  const found: Mistake[] = [];
  if (!hasPage)
    found.push(mistake(path, 'is never sent: no survey has linkDays', 'set survey.linkDays, or remove it'));
  if (text !== undefined && !(text.en.includes('{link}') && text.fr.includes('{link}')))
    found.push(mistake([...path, 'text'], 'leads to no question', 'put {link} into it in both languages'));
  if (send.some((other) => other.when === 'survey' && other.by !== by && send.indexOf(other) < i))
    found.push(
      mistake([...path, 'by'], 'would ask everybody twice', 'send it by sms or by email, not by both'),
    );
  return found;
}

function hasLink(text: { readonly en: string; readonly fr: string }): boolean {
  return `${text.en}${text.fr}`.includes('{link}');
}

function emailMistakes({ user, passwordEnv, passwordFile }: EmailFile): Mistake[] {
  const path: Path = ['messages', 'email'];
  const needs = user !== undefined;
  return oneOf(path, 'passwordEnv', passwordEnv, 'passwordFile', passwordFile, needs);
}

function smsMistakes(sms: SmsFile): Mistake[] {
  const path: Path = ['messages', 'sms'];
  const texts = [sms.url, sms.body ?? '', ...Object.values(sms.headers ?? {})];
  const needsToken = texts.some((text) => text.includes('{token}'));
  const found = [
    ...oneOf(path, 'tokenEnv', sms.tokenEnv, 'tokenFile', sms.tokenFile, needsToken),
    ...addressMistakes([...path, 'url'], sms.url.replaceAll(/\{[a-z]+\}/g, 'x'), sms.allowPrivate),
  ];
  for (const part of ['{to}', '{text}'])
    if (!texts.some((text) => text.includes(part)))
      found.push(
        mistake(path, `${part} stands nowhere in it`, 'put it where the gateway wants it, in body or url'),
      );
  if (sms.method === 'GET' && sms.body !== undefined)
    found.push(
      mistake([...path, 'body'], 'a GET request has no body', 'put what it needs into url, or use POST'),
    );
  return found;
}

function oneOf(
  path: Path,
  oneKey: string,
  one: string | undefined,
  otherKey: string,
  other: string | undefined,
  isNeeded: boolean,
): Mistake[] {
  if (one !== undefined && other !== undefined)
    return [mistake(path, `has both ${oneKey} and ${otherKey}`, 'remove one of the two')];
  if (isNeeded && one === undefined && other === undefined)
    return [
      mistake(
        path,
        'does not say where its secret is',
        `add ${oneKey} (an environment variable) or ${otherKey}`,
      ),
    ];
  return [];
}

function addressMistakes(path: Path, text: string, allowPrivate = false): Mistake[] {
  if (!URL.canParse(text))
    return [mistake(path, `"${text}" is not an address`, 'give one as https://host/path')];
  if (new URL(text).protocol === 'http:' && !allowPrivate)
    return [
      mistake(path, 'is without TLS', 'use https, or set allowPrivate for a server of your own network'),
    ];
  return [];
}
