// How the draft stands, on every section of the configuration: that it is what is in force, or how many changes and
// mistakes it has; where each mistake is; and the way to review it or to let it go.

import { Suspense, useState } from 'react';
import { Button } from '../../../kit/button.tsx';
import { later } from '../../../kit/later.tsx';
import { useSay } from '../../../language/phrases.ts';
import { adminPhrases } from '../admin-phrases.ts';
import { useDraft } from './draft-room.tsx';
import { MistakeText } from './mistake-text.tsx';

/** With what compares texts, which is loaded when it is used. */
const Review = later(() => import('./review.tsx'));

const SHOWN_MAX = 20;

export function DraftBar() {
  const say = useSay(adminPhrases);
  const { checked, isChanged, discard, inForce } = useDraft();
  const [reviewing, setReviewing] = useState(false);
  const mistakes = checked?.mistakes ?? [];
  const { startedWith, numbersUnsaid } = inForce;
  return (
    <section className="draft-bar" aria-labelledby="draft-title" data-tone={toneOf()}>
      <h2 id="draft-title" className="unseen">
        {say('draft.title')}
      </h2>
      <div className="draft-row">
        <p role="status">{stand()}</p>
        {isChanged ? (
          <div className="draft-acts">
            <Button onPress={discard}>{say('draft.discard')}</Button>
            <Button
              kind="primary"
              isDisabled={checked === null || mistakes.length > 0}
              onPress={() => setReviewing(true)}
            >
              {say('draft.review')}
            </Button>
          </div>
        ) : null}
      </div>
      {mistakes.length === 0 ? null : (
        <ul className="mistakes">
          {mistakes.slice(0, SHOWN_MAX).map((mistake) => (
            <li key={`${mistake.line} ${mistake.column} ${mistake.what}`}>
              {mistake.where === '' ? null : <code>{mistake.where}</code>} <MistakeText mistake={mistake} />{' '}
              {mistake.line === 0 ? null : (
                <span className="soft">{`(${say('draft.at', { line: mistake.line })})`}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {numbersUnsaid === 0 ? null : <p className="draft-note">{say('draft.unsaid', { n: numbersUnsaid })}</p>}
      {startedWith === null || isChanged ? null : (
        <p className="draft-note soft small">{say('draft.file', { file: startedWith })}</p>
      )}
      {reviewing ? (
        <Suspense>
          <Review onClose={() => setReviewing(false)} />
        </Suspense>
      ) : null}
    </section>
  );

  function toneOf() {
    if (mistakes.length > 0) return 'bad';
    return isChanged ? 'warn' : 'good';
  }

  function stand(): string {
    if (!isChanged) return say('draft.same');
    if (checked === null) return say('draft.checking');
    if (mistakes.length > 0) return say('draft.mistakes', { n: mistakes.length });
    return checked.changes.length === 0
      ? say('draft.words')
      : say('draft.changes', { n: checked.changes.length });
  }
}
