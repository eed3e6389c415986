// The whole document as text, for what no form has, and its way out and in as a file. What is imported is a draft like any
// other: checked, compared, and in force only when somebody has reviewed it.

import { useId } from 'react';
import { Field } from '../../../kit/field.tsx';
import { useSay } from '../../../language/phrases.ts';
import { adminPhrases } from '../admin-phrases.ts';
import { useDraft } from './draft-room.tsx';

export function YamlSection() {
  const say = useSay(adminPhrases);
  const { text, setText } = useDraft();
  const id = useId();
  return (
    <>
      <p>{say('yaml.why')}</p>
      <div className="section-head">
        <a className="button button-plain" href="/api/v1/configuration/file" download="centre.yaml">
          {say('yaml.export')}
        </a>
        <div className="field">
          <label htmlFor={id}>{say('yaml.import')}</label>
          <input
            id={id}
            className="input"
            type="file"
            accept=".yaml,.yml,.json,application/yaml"
            aria-describedby={`${id}-hint`}
            onChange={async (event) => {
              const [file] = event.target.files ?? [];
              if (file !== undefined) setText(await file.text());
            }}
          />
          <span id={`${id}-hint`} className="field-hint">
            {say('yaml.import.hint')}
          </span>
        </div>
      </div>
      <Field label={say('yaml.text')} value={text} onChange={setText} lines={28} isCode />
    </>
  );
}
