/** As engines compare names: the letters of ASCII alone have two cases. */
export const lowerAscii = (name: string): string => name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
