// What is shown when a page breaks: a sentence and a way on, in place of an empty window.

import { Component, type ReactNode } from 'react';
import { Button } from '../kit/button.tsx';
import { common } from '../language/common-phrases.ts';
import { useSay } from '../language/phrases.ts';

export class Broken extends Component<{ readonly children: ReactNode }, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Sorry /> : this.props.children;
  }
}

function Sorry() {
  const say = useSay(common);
  return (
    <main className="alone" role="alert">
      <h1>Rappel</h1>
      <p>{say('frame.broken')}</p>
      <Button kind="primary" onPress={() => location.reload()}>
        {say('frame.reload')}
      </Button>
    </main>
  );
}
