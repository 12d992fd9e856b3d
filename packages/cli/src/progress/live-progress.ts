import stringWidth from 'string-width';
import type { CliEffects } from '../cli-effects.js';
import { duration } from '../render/amounts.js';
import type { Progress } from './progress.js';
import { Tally } from './tally.js';

const redrawMs = 100;
const barWidth = 20;
const clearLine = '\r\u001b[2K';

/** One line that is drawn over itself: a bar, the figures, the tables under way. */
export const liveProgress = ({ stderr, elapsedMs }: CliEffects): Progress => {
  const tally = new Tally();
  const startedMs = elapsedMs();
  const draw = (): void => {
    const line = progressLine(tally, elapsedMs() - startedMs);
    stderr.write(`${clearLine}${shorten(line, (stderr.columns ?? 80) - 1)}`);
  };
  const timer = setInterval(draw, redrawMs);
  timer.unref();
  return {
    show: (event) => {
      tally.add(event);
      if (event.type === 'note') stderr.write(`${clearLine}${event.message}\n`);
    },
    end: () => {
      clearInterval(timer);
      stderr.write(clearLine);
    },
  };
};

/** `████░░░░ 12/40 rules, 2 failed · orders, customers · 3.1 s`; comparisons of warehouses stand beside the tables. */
export const progressLine = (tally: Tally, spentMs: number): string => {
  const filled = tally.total === 0 ? 0 : Math.round((barWidth * Math.min(tally.done, tally.total)) / tally.total);
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
  const figures = [`${tally.done}/${tally.total} rules`, ...(tally.trouble === '' ? [] : [tally.trouble])].join(', ');
  const current = [...tally.active, ...tally.comparisons.values()].join(', ');
  const parts = [`${bar} ${figures}`, current, duration(spentMs)];
  return parts.filter((part) => part !== '').join(' · ');
};

const shorten = (line: string, width: number): string => {
  if (stringWidth(line) <= width) return line;
  let kept = '';
  for (const character of line) {
    if (stringWidth(kept + character) >= width) break;
    kept += character;
  }
  return `${kept}…`;
};
