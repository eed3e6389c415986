// Where in the text of a YAML file something stands, by its path: the key that nobody knows, the value that is wrong,
// or the nearest thing around it. Aliases are followed to where they are used, not to what they repeat.

import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';

export type Path = readonly (string | number)[];

/** The offset in the text. `ofKey`: of the key itself rather than of its value. */
export function offsetOf(document: Document, path: Path, ofKey: boolean): number {
  let node = document.contents as Node | null;
  let offset = node?.range?.[0] ?? 0;
  let isRepeated = false;
  for (const [depth, part] of path.entries()) {
    // Inside of what an alias repeats, the alias itself is the place to mend.
    isRepeated ||= isAlias(node);
    const inside: Node | null | undefined = isAlias(node) ? node.resolve(document) : node;
    const pair = isMap(inside) ? pairOf(inside.items, part) : undefined;
    const isKeyWanted = ofKey && depth === path.length - 1;
    const next = isSeq(inside) ? inside.items[Number(part)] : isKeyWanted ? pair?.key : pair?.value;
    const start = (next as Node | undefined)?.range?.[0] ?? (pair?.key as Node | undefined)?.range?.[0];
    if (start === undefined || isRepeated) return offset;
    offset = start;
    node = (next ?? null) as Node | null;
  }
  return offset;
}

function pairOf(items: readonly Pair[], part: string | number): Pair | undefined {
  return items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(part));
}
