const note = '\n> Shortened: the whole report did not fit here.\n';

/**
 * Markdown of at most `most` units as `sizeOf` counts them. It is cut between lines where no code fence and no folded part
 * is open, so that what is left renders as before, and says that it was cut.
 */
export const boundedMarkdown = (
  markdown: string,
  most: number,
  sizeOf: (text: string) => number = (text) => text.length,
): string => {
  if (sizeOf(markdown) <= most) return markdown;
  const room = most - sizeOf(note);
  return room < 0 ? '' : `${beginning(markdown, room, sizeOf)}${note}`;
};

const beginning = (markdown: string, room: number, sizeOf: (text: string) => number): string => {
  let size = 0;
  let length = 0;
  let kept = 0;
  const nesting = new Nesting();
  for (const line of markdown.split(/(?<=\n)/)) {
    size += sizeOf(line);
    if (size > room) break;
    length += line.length;
    nesting.read(line);
    if (nesting.isClosed) kept = length;
  }
  return markdown.slice(0, kept);
};

/** Which fence and how many folded parts are open after a line. */
class Nesting {
  #fence: string | undefined;
  #folded = 0;

  get isClosed(): boolean {
    return this.#fence === undefined && this.#folded === 0;
  }

  read(line: string): void {
    const marks = /^(`{3,}|~{3,})/.exec(line)?.[1];
    if (this.#fence !== undefined) {
      if (marks?.startsWith(this.#fence) && line.trim() === marks) this.#fence = undefined;
    } else if (marks !== undefined) this.#fence = marks;
    else this.#folded += count(line, '<details>') - count(line, '</details>');
  }
}

const count = (line: string, part: string): number => line.split(part).length - 1;
