/** Properties of an annotation; texts may hold anything. */
export interface AnnotationProperties {
  readonly title?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly col?: number | undefined;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['%', '%25'],
  ['\r', '%0D'],
  ['\n', '%0A'],
  [':', '%3A'],
  [',', '%2C'],
]);

const escaped = (text: string, characters: RegExp): string =>
  text.replace(characters, (character) => escapes.get(character) ?? character);

/** A line that the runner obeys; the message cannot end it, and a property cannot begin another. */
export const workflowCommand = (name: string, message: string, properties: AnnotationProperties = {}): string => {
  const written = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escaped(String(value), /[%\r\n:,]/g)}`);
  const head = written.length === 0 ? name : `${name} ${written.join(',')}`;
  return `::${head}::${escaped(message, /[%\r\n]/g)}\n`;
};

/** Hides a value in everything that the job logs from here on; each line of it, as the runner compares line by line. */
export const maskCommands = (secret: string): string =>
  secret
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => workflowCommand('add-mask', line))
    .join('');
