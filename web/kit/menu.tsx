// What can be done with one row of a table, behind one button, so that a row has one stop of the Tab key.

import {
  Button as AriaButton,
  Menu as AriaMenu,
  MenuItem,
  MenuTrigger,
  Popover,
} from 'react-aria-components';

export type MenuEntry = { readonly id: string; readonly name: string; readonly danger?: boolean };

export type MenuProps = {
  /** Says whose menu it is, for those who do not see the row. */
  readonly label: string;
  readonly text: string;
  readonly entries: readonly MenuEntry[];
  readonly onChoose: (id: string) => void;
};

export function Menu({ label, text, entries, onChoose }: MenuProps) {
  return (
    <MenuTrigger>
      <AriaButton className="button button-plain button-small" aria-label={label}>
        {text} <span aria-hidden="true">▾</span>
      </AriaButton>
      <Popover className="popover">
        <AriaMenu className="list" items={entries} onAction={(key) => onChoose(String(key))}>
          {(entry) => (
            <MenuItem className={entry.danger ? 'list-item danger' : 'list-item'} id={entry.id}>
              {entry.name}
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
