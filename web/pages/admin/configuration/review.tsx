// Before a draft counts: what changes, in plain words and as YAML, and why. Then it is put in force, or it is said why not.

import { diffLines } from 'diff';
import { useMemo, useState } from 'react';
import { ask, type Fault } from '../../../access/api.ts';
import { Ask } from '../../../kit/dialog.tsx';
import { Field } from '../../../kit/field.tsx';
import { Table } from '../../../kit/table.tsx';
import { tell } from '../../../kit/toast.tsx';
import { common } from '../../../language/common-phrases.ts';
import { useFormats } from '../../../language/formats.ts';
import { useLanguage } from '../../../language/language.tsx';
import { useSay } from '../../../language/phrases.ts';
import { adminPhrases } from '../admin-phrases.ts';
import { valueText, type Words, whereOf } from './changes-words.ts';
import { useDraft } from './draft-room.tsx';
import { keyPhrases } from './key-phrases.ts';

/** What is missing is said at its field. */
const NOT_ASKED: Fault = { code: 'page.missing', detail: '', status: -1 };

export default function Review({ onClose }: { readonly onClose: () => void }) {
  const say = useSay(adminPhrases);
  const sayCommon = useSay(common);
  const draft = useDraft();
  const [because, setBecause] = useState('');
  const [tried, setTried] = useState(false);
  const putInForce = async (): Promise<Fault | undefined> => {
    setTried(true);
    if (because.trim() === '') return NOT_ASKED;
    const { text, inForce } = draft;
    const answer = await ask('POST', '/configuration/changes', {
      ...{ yaml: text, version: inForce.version, because: because.trim() },
    });
    if (answer.ok) {
      tell(say('review.done'));
      await draft.reload();
      draft.discard();
      return undefined;
    }
    if (answer.fault.code === 'configuration.outdated') await draft.reload();
    return answer.fault;
  };
  return (
    <Ask
      title={say('review.title')}
      act={say('review.act')}
      isOpen
      wide
      onClose={onClose}
      onAct={putInForce}
      faults={adminPhrases}
    >
      <ChangesTable />
      <YamlDifference before={draft.inForce.yaml} after={draft.text} />
      <p className="soft">{say('review.effect')}</p>
      <Field
        label={say('review.because')}
        hint={say('review.because.hint')}
        value={because}
        onChange={setBecause}
        maxLength={200}
        fault={tried && because.trim() === '' ? sayCommon('field.missing') : ''}
        autoFocus
        required
      />
    </Ask>
  );
}

export function useWords(): Words {
  const say = useSay(adminPhrases);
  const key = useSay(keyPhrases);
  const formats = useFormats();
  const { language } = useLanguage();
  return { key, formats, language, yes: say('review.yes'), no: say('review.no') };
}

function ChangesTable() {
  const say = useSay(adminPhrases);
  const words = useWords();
  const { checked, file } = useDraft();
  const changes = checked?.changes ?? [];
  const none = <span className="soft">{say('review.none')}</span>;
  return (
    <Table
      caption={say('review.title')}
      captionHidden
      rows={changes}
      keyOf={({ path }) => path.join('.')}
      empty={say('review.nothing')}
      columns={[
        {
          ...{ id: 'where', name: say('review.where'), head: true },
          cell: (change) => (
            <>
              {whereOf(change, file, words)}
              <code className="beneath-code">{change.path.join('.')}</code>
            </>
          ),
        },
        {
          ...{ id: 'before', name: say('review.before') },
          cell: ({ path, before }) => <del>{valueText(before, path, words) ?? none}</del>,
        },
        {
          ...{ id: 'after', name: say('review.after') },
          cell: ({ path, after }) => <ins>{valueText(after, path, words) ?? none}</ins>,
        },
      ]}
    />
  );
}

const CONTEXT_LINES = 2;

function YamlDifference({ before, after }: { readonly before: string; readonly after: string }) {
  const say = useSay(adminPhrases);
  const parts = useMemo(() => diffLines(before, after), [before, after]);
  const countOf = (is: 'added' | 'removed') =>
    parts.reduce((sum, part) => sum + (part[is] ? (part.count ?? 0) : 0), 0);
  const counts = { gone: countOf('removed'), come: countOf('added') };
  return (
    <details className="more" open>
      <summary>
        {say('review.yaml')}
        {` (${say('review.lines', counts)})`}
      </summary>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and this is no landmark either */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard (WCAG 2.1.1) */}
      <div className="yaml-difference" role="group" aria-label={say('review.yaml')} tabIndex={0}>
        {parts.map((part, i) => {
          const lines = part.value.replace(/\n$/, '').split('\n');
          const key = `${i} ${part.added} ${part.removed}`;
          if (part.added || part.removed) {
            const Mark = part.added ? 'ins' : 'del';
            return (
              <Mark key={key}>
                <span className="unseen">{say(part.added ? 'review.line.come' : 'review.line.gone')}</span>
                {lines.map((line) => `${part.added ? '+' : '-'} ${line}\n`).join('')}
              </Mark>
            );
          }
          return <span key={key}>{around(lines, i > 0, i < parts.length - 1)}</span>;
        })}
      </div>
    </details>
  );
}

/** Of lines that stay, those next to a change. */
function around(lines: readonly string[], isAfter: boolean, isBefore: boolean): string {
  const head = isAfter ? CONTEXT_LINES : 0;
  const tail = isBefore ? CONTEXT_LINES : 0;
  const shown =
    lines.length <= head + tail + 1
      ? lines.slice(isAfter ? 0 : Math.max(0, lines.length - tail))
      : [...lines.slice(0, head), '⋯', ...(tail === 0 ? [] : lines.slice(-tail))];
  return shown.map((line) => `  ${line}\n`).join('');
}
