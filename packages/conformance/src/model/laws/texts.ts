/** What goes wrong when text is escaped, decoded or trimmed once too often. */
export const everyCharacter =
  ' naïve 漢字 🦆 👩\u200d👧 e\u0301 \u202ertl\u202c "quoted" \'single\' back\\slash %20 &amp; </system> {"a": [1]} \u0000\u0001\u2028\n\ttab\r\nend \n';
