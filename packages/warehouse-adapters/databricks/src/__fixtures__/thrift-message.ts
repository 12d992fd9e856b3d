/** Reads as much of Thrift's binary protocol as a relay needs: names of calls, where messages end, a few fields. */

const type = {
  bool: 2,
  byte: 3,
  double: 4,
  i16: 6,
  i32: 8,
  i64: 10,
  string: 11,
  struct: 12,
  map: 13,
  set: 14,
  list: 15,
};

const widths = new Map([
  [type.bool, 1],
  [type.byte, 1],
  [type.double, 8],
  [type.i16, 2],
  [type.i32, 4],
  [type.i64, 8],
]);

/** Where the name of the call is: after the version and the length. */
const nameStart = 8;

export const methodOf = (message: Buffer): string =>
  message.toString('utf8', nameStart, nameStart + message.readInt32BE(4));

/** Where the arguments begin: after the name and the sequence number. */
const bodyStart = (message: Buffer): number => nameStart + message.readInt32BE(4) + 4;

/** Whether the message has all its bytes. */
export const isWhole = (message: Buffer): boolean => {
  try {
    return endOf(message, type.struct, bodyStart(message)) <= message.length;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

interface Field {
  readonly id: number;
  readonly type: number;
  /** Of its value. */
  readonly start: number;
  readonly end: number;
}

const fieldHeader = 3;

const fieldsOf = (message: Buffer, start: number): readonly Field[] => {
  const fields: Field[] = [];
  let at = start;
  while (message.readUInt8(at) !== 0) {
    const value = at + fieldHeader;
    const field = { type: message.readUInt8(at), id: message.readInt16BE(at + 1), start: value };
    at = endOf(message, field.type, value);
    fields.push({ ...field, end: at });
  }
  return fields;
};

const endOf = (message: Buffer, valueType: number, start: number): number => {
  const width = widths.get(valueType);
  if (width !== undefined) return start + width;
  if (valueType === type.string) return start + 4 + message.readInt32BE(start);
  if (valueType === type.struct) return (fieldsOf(message, start).at(-1)?.end ?? start) + 1;
  if (valueType === type.map)
    return itemsEnd(message, [message.readUInt8(start), message.readUInt8(start + 1)], start + 2);
  return itemsEnd(message, [message.readUInt8(start)], start + 1);
};

const itemsEnd = (message: Buffer, types: readonly number[], lengthAt: number): number => {
  const length = message.readInt32BE(lengthAt);
  let at = lengthAt + 4;
  for (let item = 0; item < length; item += 1) for (const each of types) at = endOf(message, each, at);
  return at;
};

/** Fields of the one argument that every call has. */
const argument = (message: Buffer): readonly Field[] => fieldsOf(message, bodyStart(message) + fieldHeader);

const textOf = (message: Buffer, { start, end }: Field): string => message.toString('utf8', start + 4, end);

/** What OpenSession sends: the protocol's version, the settings, and where names begin. */
const openSession = { version: 1, settings: 4, namespace: 0x504 };

/** The newest version of Hive's protocol that Spark speaks; its server does not know those of Databricks. */
const hiveVersion = 9;

/** An OpenSession of Databricks as Spark's own server understands it: another version, and the schema among the settings. */
export const openSessionForSpark = (message: Buffer): Buffer => {
  const fields = argument(message);
  const field = (id: number) => fields.find((each) => each.id === id);
  const version = field(openSession.version);
  const settings = field(openSession.settings);
  if (!version || !settings) throw new Error('an OpenSession has a version and settings');
  const changed = Buffer.from(message);
  changed.writeInt32BE(hiveVersion, version.start);
  const namespace = field(openSession.namespace);
  const schema = namespace && fieldsOf(message, namespace.start).find(({ id }) => id === 2);
  if (!schema) return changed;
  const count = settings.start + 2;
  changed.writeInt32BE(changed.readInt32BE(count) + 1, count);
  const entry = [thriftText('use:database'), thriftText(textOf(message, schema))];
  // An empty map has no types.
  changed.writeUInt8(type.string, settings.start);
  changed.writeUInt8(type.string, settings.start + 1);
  return Buffer.concat([changed.subarray(0, count + 4), ...entry, changed.subarray(count + 4)]);
};

const thriftText = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** Settings of an OpenSession, and the statement and its time of an ExecuteStatement. */
export const settingsOf = (message: Buffer): { readonly [name: string]: string } => {
  const settings = argument(message).find(({ id }) => id === openSession.settings);
  if (!settings) return {};
  const texts: string[] = [];
  for (let at = settings.start + 6; at < settings.end; ) {
    const end = endOf(message, type.string, at);
    texts.push(message.toString('utf8', at + 4, end));
    at = end;
  }
  return Object.fromEntries(texts.flatMap((name, index) => (index % 2 === 0 ? [[name, texts[index + 1] ?? '']] : [])));
};

export const namespaceOf = (message: Buffer): readonly string[] => {
  const namespace = argument(message).find(({ id }) => id === openSession.namespace);
  return namespace ? fieldsOf(message, namespace.start).map((field) => textOf(message, field)) : [];
};

const executeStatement = { statement: 2, timeout: 5 };

export const statementOf = (message: Buffer): { readonly sql: string; readonly timeoutSeconds: number | undefined } => {
  const fields = argument(message);
  const statement = fields.find(({ id }) => id === executeStatement.statement);
  const timeout = fields.find(({ id, type: fieldType }) => id === executeStatement.timeout && fieldType === type.i64);
  return {
    sql: statement ? textOf(message, statement) : '',
    timeoutSeconds: timeout && Number(message.readBigInt64BE(timeout.start)),
  };
};

/** The session of an ExecuteStatement, as bytes. */
export const sessionHandleOf = (message: Buffer): Buffer => {
  const [handle] = argument(message);
  if (!handle) throw new Error('a statement has a session');
  return message.subarray(handle.start, handle.end);
};

/** A CloseSession that the driver did not send. */
export const closeSession = (handle: Buffer): Buffer => {
  const structOfOne = Buffer.from([type.struct, 0, 1]);
  const sequence = Buffer.alloc(4);
  const head = Buffer.concat([Buffer.from([0x80, 0x01, 0, 1]), thriftText('CloseSession'), sequence]);
  return Buffer.concat([head, structOfOne, structOfOne, handle, Buffer.from([0, 0])]);
};
