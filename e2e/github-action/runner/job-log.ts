/** An annotation as GitHub shows it. */
export interface Annotation {
  readonly kind: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly properties: { readonly [name: string]: string };
}

const unescapedData = (text: string): string =>
  text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');

const unescapedProperty = (text: string): string =>
  text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');

/** The commands that the runner knows; of others, a line stays a line. */
const known =
  /^::(error|warning|notice|debug|group|endgroup|add-mask|stop-commands|set-output|save-state)( [^:]*?)?::(.*)$/s;

/** The log of a job, read line by line as the runner does: it obeys commands, and hides what was masked. */
export class JobLog {
  readonly annotations: Annotation[] = [];
  /** Commands of any kind that were obeyed, by name. */
  readonly obeyed: string[] = [];
  readonly #lines: string[] = [];
  readonly #masks = new Set<string>();
  #stoppedBy: string | undefined;

  constructor(secrets: readonly string[]) {
    for (const secret of secrets.filter((each) => each !== '')) this.#masks.add(secret);
  }

  /** What a reader of the log sees. */
  get text(): string {
    return this.#lines.map((line) => this.masked(line)).join('\n');
  }

  masked(text: string): string {
    return [...this.#masks].reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
  }

  /** What a step printed. */
  read(printed: string): void {
    for (const line of printed.split(/\r?\n/)) this.#readLine(line);
    if (this.#stoppedBy !== undefined) throw new Error('a step ended while commands were stopped');
  }

  #readLine(line: string): void {
    const trimmed = line.trimStart();
    if (this.#stoppedBy !== undefined) {
      if (trimmed === `::${this.#stoppedBy}::`) this.#stoppedBy = undefined;
      else this.#lines.push(line);
      return;
    }
    const [, name, properties = '', message = ''] = known.exec(trimmed) ?? [];
    if (name === undefined) this.#lines.push(line);
    else this.#obey(name, propertiesOf(properties), message);
  }

  #obey(name: string, properties: Annotation['properties'], message: string): void {
    this.obeyed.push(name);
    if (name === 'stop-commands') this.#stoppedBy = message;
    else if (name === 'add-mask') this.#masks.add(unescapedData(message));
    else if (name === 'error' || name === 'warning' || name === 'notice') {
      this.annotations.push({ kind: name, message: this.masked(unescapedData(message)), properties });
    }
  }
}

const propertiesOf = (text: string): Annotation['properties'] =>
  Object.fromEntries(
    text
      .trim()
      .split(',')
      .filter((part) => part !== '')
      .map((part) => [part.slice(0, part.indexOf('=')), unescapedProperty(part.slice(part.indexOf('=') + 1))]),
  );
