// The numbers that a text says, whatever its language writes them with: 12.5% and 12,5 %, 238,300 and 238 300 are the same.

export function numbersSaid(text: string, language: 'en' | 'fr'): string[] {
  const plain =
    language === 'en'
      ? text.replaceAll(/(?<=\d),(?=\d{3}(?!\d))/g, '')
      : text.replaceAll(/(?<=\d)\u00a0(?=\d{3}(?!\d))/g, '').replaceAll(/(?<=\d),(?=\d)/g, '.');
  return [...plain.matchAll(/-?\d+(?:\.\d+)?/g)].map(([number]) => number.replace(/^0(?=\d)/, '')).sort();
}
