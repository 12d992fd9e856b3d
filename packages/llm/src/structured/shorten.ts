/** At most about `most` characters: the beginning and the end, and how much is left out between them. */
export const shorten = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const end = Math.floor(most / 4);
  const leftOut = text.length - most;
  return `${text.slice(0, most - end)}\n… ${leftOut} characters left out …\n${text.slice(-end)}`;
};
