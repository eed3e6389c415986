// A picture of a report, drawn by uPlot on a canvas: bars of counts, shares with their intervals, waits along time with the
// phases marked. Loaded when there is something to draw. Sizes follow the text, colours those of the page; lines differ by
// dashes too. Whoever does not see it has the same in the table (WCAG 1.1.1, 1.4.1).

import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useLanguage } from '../../language/language.tsx';
import { localeOf } from '../../language/phrases.ts';
import type { BarsShape, DotsShape, LinesShape, Shape } from './picture-shapes.ts';

export default function Picture({ shape }: { readonly shape: Shape }) {
  const room = useRef<HTMLDivElement>(null);
  const { language } = useLanguage();
  useEffect(() => {
    const element = room.current;
    if (element === null) return;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      plot = plotOf(shape, element, localeOf(language));
    };
    // At first, and whenever the room or the text in it has another size.
    const watch = new ResizeObserver(draw);
    watch.observe(element);
    return () => {
      watch.disconnect();
      plot?.destroy();
    };
  }, [shape, language]);
  return <div className="picture" ref={room} aria-hidden="true" />;
}

type Ground = {
  readonly width: number;
  /** One rem, in CSS pixels. */
  readonly rem: number;
  readonly locale: string;
  readonly colour: (name: string) => string;
  readonly font: (rems: number) => string;
};

function plotOf(shape: Shape, element: HTMLElement, locale: string): uPlot | undefined {
  const style = getComputedStyle(document.documentElement);
  const rem = Number.parseFloat(style.fontSize);
  const { width } = element.getBoundingClientRect();
  if (width < 40) return undefined;
  const ground: Ground = {
    ...{ width: Math.floor(width), rem, locale },
    colour: (name) => style.getPropertyValue(name).trim() || '#333',
    font: (rems) => `${Math.round(rems * rem)}px ${style.fontFamily}`,
  };
  switch (shape.kind) {
    case 'lines':
      return new uPlot(...linesPlot(shape, ground), element);
    case 'bars':
      return new uPlot(
        ...rowsPlot(shape, ground, Math.max(...shape.rows.map(({ value }) => value), 1)),
        element,
      );
    case 'dots':
      return new uPlot(...rowsPlot(shape, ground, 1), element);
  }
}

// ------------------------------------------------------------------------------------------- rows beneath each other

const ROW_REMS = 1.75;

/** Categories from above to below, values to the right. Their names stand over each row: there is room for them at 320 px. */
function rowsPlot(
  shape: BarsShape | DotsShape,
  ground: Ground,
  most: number,
): [uPlot.Options, uPlot.AlignedData] {
  const { rem, width, colour, font, locale } = ground;
  const count = shape.rows.length;
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const isDots = shape.kind === 'dots';
  const options: uPlot.Options = {
    ...{ width, height: Math.round(rem * (count * 2 * ROW_REMS * 0.8 + 2)) },
    ...{ legend: { show: false }, cursor: { show: false }, padding: [0, rem, 0, rem * 0.25] },
    scales: {
      x: { time: false, range: () => [0, most * (isDots ? 1 : 1.02)] },
      y: { dir: -1, range: () => [-0.5, count - 0.5] },
    },
    axes: [
      {
        ...{
          show: isDots,
          stroke: colour('--ink-soft'),
          font: font(0.75),
          size: rem * 1.75,
          gap: rem * 0.25,
        },
        grid: { stroke: colour('--line'), width: 1 },
        ticks: { show: false },
        values: (_plot, at) => at.map((value) => (isDots ? share : whole).format(value)),
        ...(isDots ? { splits: () => [0, 0.25, 0.5, 0.75, 1] } : {}),
      },
      { show: false },
    ],
    series: [{}, { paths: () => null, points: { show: false } }],
    hooks: { draw: [(plot) => drawRows(plot, shape, ground)] },
  };
  return [
    options,
    [
      [0, most],
      [0, count - 1],
    ],
  ];
}

function drawRows(plot: uPlot, shape: BarsShape | DotsShape, { rem, colour, font, locale }: Ground): void {
  const { ctx } = plot;
  const unit = rem * devicePixelRatio;
  const colon = locale.startsWith('fr') ? '\u00a0: ' : ': ';
  const x = (value: number) => plot.valToPos(value, 'x', true);
  ctx.save();
  ctx.textBaseline = 'middle';
  shape.rows.forEach((row, i) => {
    const middle = plot.valToPos(i, 'y', true);
    const line = middle + unit * 0.45;
    ctx.font = scaled(font(0.8125));
    ctx.textAlign = 'left';
    const words = `${row.name}${colon}${row.text}`;
    ctx.fillStyle = colour('--paper');
    ctx.fillRect(
      x(0),
      middle - unit,
      Math.min(plot.bbox.width, ctx.measureText(words).width + unit / 4),
      unit,
    );
    ctx.fillStyle = colour('--ink');
    ctx.fillText(words, x(0), middle - unit * 0.55, plot.bbox.width);
    ctx.fillStyle = colour('--link');
    ctx.strokeStyle = colour('--link');
    if (shape.kind === 'bars') {
      ctx.fillRect(x(0), line - unit * 0.35, Math.max(unit / 16, x(row.value) - x(0)), unit * 0.7);
      return;
    }
    const { low, high } = row as DotsShape['rows'][number];
    ctx.fillStyle = colour('--calm-ground');
    ctx.fillRect(x(0), line - unit * 0.1, x(1) - x(0), unit * 0.2);
    ctx.fillStyle = colour('--link');
    if (low !== null && high !== null) {
      ctx.lineWidth = unit * 0.125;
      ctx.beginPath();
      ctx.moveTo(x(low), line);
      ctx.lineTo(x(high), line);
      for (const end of [low, high]) {
        ctx.moveTo(x(end), line - unit * 0.25);
        ctx.lineTo(x(end), line + unit * 0.25);
      }
      ctx.stroke();
    }
    ctx.beginPath();
    ctx.arc(x(row.value), line, unit * 0.3, 0, 2 * Math.PI);
    ctx.fill();
  });
  ctx.restore();
}

/** The canvas has its own pixels. */
function scaled(font: string): string {
  return font.replace(/^(\d+)px/, (_all, size: string) => `${Math.round(Number(size) * devicePixelRatio)}px`);
}

// ------------------------------------------------------------------------------------------- lines along time

const HALF_HOUR_S = 1_800;
const DAY_S = 86_400;
/** Between two times at the axis: values are of half-hours, so nothing finer. */
const STEPS_S = [
  ...[1, 2, 4, 6, 12, 24].map((halves) => halves * HALF_HOUR_S),
  ...[1, 2, 7, 14, 30, 91, 182, 365].map((days) => days * DAY_S),
];
const DASHES = [[], [8, 5], [2, 4]] as const;
const INKS = ['--link', '--bad', '--good'] as const;

function linesPlot(shape: LinesShape, ground: Ground): [uPlot.Options, uPlot.AlignedData] {
  const { rem, width, colour, font, locale } = ground;
  const minutes = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const clock = new Intl.DateTimeFormat(locale, {
    ...{ timeZone: shape.timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: shape.timeZone });
  const [first, last] = [shape.times[0] ?? 0, shape.times.at(-1) ?? 0];
  const spanS = last - first;
  const axis = { stroke: colour('--ink-soft'), font: font(0.75), ticks: { show: false } };
  const grid = { stroke: colour('--line'), width: 1 };
  const options: uPlot.Options = {
    ...{ width, height: Math.round(rem * 14), legend: { show: false }, cursor: { show: false } },
    padding: [rem * 0.75, rem * 2, 0, 0],
    tzDate: (at) => uPlot.tzDate(new Date(at * 1_000), shape.timeZone),
    scales: {
      // Not what uPlot proposes: of a single half-hour it makes days.
      x: { time: true, range: () => [first - HALF_HOUR_S, last + HALF_HOUR_S] },
      y: { range: (_plot, _low, high) => [0, Math.max(1, (high ?? 1) * 1.1)] },
    },
    axes: [
      {
        ...{ ...axis, grid, size: rem * 1.75, space: rem * 5, incrs: STEPS_S },
        values: (_plot, at) => at.map((s) => (spanS > 2 * DAY_S ? day : clock).format(s * 1_000)),
      },
      {
        ...{ ...axis, grid, size: rem * 4 },
        values: (_plot, at) => at.map((value) => `${minutes.format(value)}\u00a0min`),
      },
    ],
    series: [
      {},
      ...shape.series.map((_one, i) => ({
        ...{ stroke: colour(INKS[i] ?? '--ink'), width: 2, dash: [...(DASHES[i] ?? [])], spanGaps: false },
        points: { show: true, size: 5 },
      })),
    ],
    hooks: { draw: [(plot) => drawMarks(plot, shape, ground)] },
  };
  return [options, [[...shape.times], ...shape.series.map(({ values }) => [...values])]];
}

/** Where a phase or a pause begins: a line from top to bottom, with its name. */
function drawMarks(plot: uPlot, { marks }: LinesShape, { rem, colour, font }: Ground): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colour('--ink-soft');
  ctx.fillStyle = colour('--ink');
  ctx.font = scaled(font(0.75));
  ctx.setLineDash([4, 4]);
  marks.forEach(({ at, name }, i) => {
    const x = plot.valToPos(at, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) return;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillText(name, x + 4, bbox.top + (1 + (i % 3)) * rem * devicePixelRatio);
  });
  ctx.restore();
}
