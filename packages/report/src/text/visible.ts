/**
 * Characters that a reader would not see, or that would act instead of being shown: controls, bidirectional overrides,
 * zero-width spaces, lone surrogates, tag characters, noncharacters. Joiners stay, because emoji and several scripts need them.
 */
const invisible =
  /[\p{Cc}\p{Cs}\u{AD}\u{61C}\u{180E}\u{200B}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2060}-\u{206F}\u{FEFF}\u{FFF9}-\u{FFFB}\p{Noncharacter_Code_Point}\u{E0000}-\u{E007F}]/gu;

const named: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const escaped = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return named.get(character) ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`);
};

/** Text as one line in which nothing hides and nothing acts: control characters become `\n`, `\x1b`, `\u{202e}`. */
export const visible = (text: string): string => text.replace(invisible, escaped);

/** Like {@link visible}, but line breaks stay, as prose and SQL need them. */
export const visibleLines = (text: string): string[] => text.split(/\r\n|\r|\n/).map(visible);
